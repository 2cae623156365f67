"""Records as news services, search engines and spreadsheets export them."""

from __future__ import annotations

import json
from datetime import date

import pytest

from ingest.containers import unfold
from ingest.prepare import prepare
from ingest.values import Blob, Draft, Options, Prepared, Refusal
from tests.ingest.pages import PARAGRAPHS

STORY = " ".join(PARAGRAPHS)
DAY = "2024-01-21"


def one(name: str, data: str | bytes) -> Draft:
    found = list(
        unfold(Blob(f"/x/{name}", name, data.encode() if isinstance(data, str) else data), Options())
    )
    assert len(found) == 1, found
    assert isinstance(found[0], Draft), found
    return found[0]


@pytest.mark.parametrize(
    "record",
    [
        # The shapes of NewsAPI, the Guardian, the New York Times, WordPress, Event Registry, Bing,
        # Elasticsearch, Solr, JSON Feed, schema.org, webz.io and the AP.
        {"articles": [{"source": {"id": None, "name": "Wire"}, "author": "Ann Lee", "title": "Ferry sinks",
                       "description": "Short.", "url": "https://w.example/a", "publishedAt": f"{DAY}T10:00:00Z", "content": STORY}]},
        {"response": {"status": "ok", "results": [{"webTitle": "Ferry sinks", "webUrl": "https://w.example/a", "webPublicationDate": DAY,
                       "sectionName": "World", "fields": {"bodyText": STORY, "byline": "Ann Lee"}, "source": "Wire"}]}},
        {"response": {"docs": [{"headline": {"main": "Ferry sinks"}, "abstract": "Short.", "lead_paragraph": STORY, "pub_date": f"{DAY}T10:00:00+0000",
                       "byline": {"original": "By Ann Lee"}, "source": "Wire"}]}},
        [{"title": {"rendered": "Ferry sinks"}, "content": {"rendered": f"<p>{STORY}</p>"}, "excerpt": {"rendered": "Short."}, "date": f"{DAY}T10:00:00",
          "author": "Ann Lee", "publisher": "Wire"}],
        {"articles": {"results": [{"title": "Ferry sinks", "body": STORY, "dateTime": f"{DAY}T10:00:00Z", "source": {"uri": "w.example", "title": "Wire"},
                       "authors": [{"name": "Ann Lee", "uri": "ann"}]}]}},
        {"value": [{"name": "Ferry sinks", "description": STORY, "provider": [{"_type": "Organization", "name": "Wire"}], "datePublished": f"{DAY}T10:00:00Z",
                    "author": "Ann Lee"}]},
        {"took": 2, "hits": {"total": {"value": 1}, "hits": [{"_index": "news", "_id": "1", "_score": 1.0,
                       "_source": {"Headline": "Ferry sinks", "text": STORY, "@timestamp": DAY, "publisher": "Wire", "author": "Ann Lee"}}]}},
        {"responseHeader": {}, "response": {"numFound": 1, "docs": [{"title": ["Ferry sinks"], "body": [STORY], "date": [DAY], "source": ["Wire"], "author": ["Ann Lee"]}]}},
        {"version": "https://jsonfeed.org/version/1.1", "items": [{"id": "1", "title": "Ferry sinks", "content_html": f"<p>{STORY}</p>", "date_published": DAY,
                       "authors": [{"name": "Ann Lee"}], "publisher": "Wire"}]},
        {"@type": "NewsArticle", "headline": "Ferry sinks", "articleBody": STORY, "datePublished": DAY, "author": {"@type": "Person", "name": "Ann Lee"},
         "publisher": {"@type": "Organization", "name": "Wire"}},
        {"posts": [{"thread": {"site_full": "Wire"}, "title": "Ferry sinks", "text": STORY, "published": f"{DAY}T10:00:00.000+02:00", "author": "Ann Lee"}]},
        {"data": {"items": [{"meta": {}, "item": {"headline": "Ferry sinks", "body_nitf": f"<p>{STORY}</p>", "versioncreated": f"{DAY}T10:00:00Z",
                       "byline": "By Ann Lee", "source": "Wire"}}]}},
    ],
)  # fmt: skip
def test_json_of_news_services_and_search_engines(record):
    draft = one("a.json", json.dumps(record))
    taken = prepare(draft, "", Options())
    assert isinstance(taken, Prepared), taken
    article = taken.article
    assert (article.title, article.published, article.publisher) == ("Ferry sinks", date(2024, 1, 21), "Wire")
    assert article.authors == ("Ann Lee",)
    assert " ".join(article.body.split()) == STORY


def test_the_actions_of_a_bulk_file_are_no_records():
    lines = [{"index": {"_id": "1"}}, {"title": "Ferry sinks", "text": STORY}]
    assert one("a.ndjson", "\n".join(map(json.dumps, lines))).facts.title == "Ferry sinks"


def test_what_a_news_service_cut_off_is_not_counted_in_the_text():
    assert one(
        "a.json", json.dumps({"title": "A", "content": f"{STORY[:200]}… [+4103 chars]"})
    ).text.endswith("…")


@pytest.mark.parametrize(
    ("head", "row", "encoding"),
    [
        ("sep=;\r\ntitle;text;date\r\n", f'Ferry sinks;"{STORY}; and more";{DAY}\r\n', "utf-8"),
        ("Export of the press desk\n\ntitle,text,date\n", f'Ferry sinks,"{STORY}",{DAY}\n', "utf-8-sig"),
        ("Export,,\nmade on 3 May,,\nTitle,Text,Date\n", f'Ferry sinks,"{STORY}",{DAY}\n', "utf-8"),
        ("titre;texte;date\n", f'Ferry sinks;"{STORY} Fin d’été.";{DAY}\n', "cp1252"),
        (
            "заголовок\tтекст\tдата\n",
            f"Ferry sinks\t{STORY} Паром затонул у стены гавани.\t{DAY}\n",
            "cp1251",
        ),
        ("标题,正文,日期\n", f'Ferry sinks,"{STORY} 渡轮星期一在港口墙附近沉没。",{DAY}\n', "gb18030"),
        ("العنوان,النص,التاريخ\n", f'Ferry sinks,"{STORY} غرقت العبارة قرب جدار الميناء",{DAY}\n', "utf-16"),
        ("सुर्खी,विवरण,दिनांक,शीर्षक\n", f'x,"{STORY}",{DAY},Ferry sinks\n', "utf-8"),
    ],
)
def test_tables_as_spreadsheets_write_them(head, row, encoding):
    draft = one("a.csv", (head + row).encode(encoding))
    assert (draft.facts.title, draft.facts.published) == ("Ferry sinks", DAY)
    assert draft.text.startswith(STORY)
    assert "�" not in draft.text


def test_a_table_without_a_known_heading_is_refused_row_by_row():
    found = list(unfold(Blob("/x/a.csv", "a.csv", b"foo,bar\n1,2\n"), Options()))
    assert [type(each) for each in found] == [Refusal]
