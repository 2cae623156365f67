"""A draft to an article: what stands at the head of a copied text, and what is said of it."""

from __future__ import annotations

from datetime import date

import pytest

from ingest.article import read_dateline
from ingest.plain import is_date_line
from ingest.values import Facts
from tests.ingest.conftest import SEED
from tests.ingest.pages import PARAGRAPHS


def test_the_seed_document_gives_its_headline_date_place_and_untouched_text(take):
    article = take("seed.txt", SEED).article
    assert article.title == "Meeting of CPEC Joint Working Group on International Cooperation Held"
    assert (article.published, article.published_from) == (date(2024, 1, 21), "text")
    assert article.place == "ISLAMABAD"
    assert article.language == "en"
    assert article.body == SEED[SEED.index("ISLAMABAD:") : SEED.rindex("\n\nicon")]


def test_the_days_that_the_seed_document_mentions_are_resolved(take):
    days = [(day.text, day.date, day.until) for day in take("seed.txt", SEED).article.days]
    assert days == [
        ("Sunday", date(2024, 1, 21), date(2024, 1, 21)),
        ("21 July 2022", date(2022, 7, 21), date(2022, 7, 21)),
        ("September 2022", date(2022, 9, 1), date(2022, 9, 30)),
        ("July 2023", date(2023, 7, 1), date(2023, 7, 31)),
    ]


def test_what_stood_around_an_article_on_its_page_is_left_out_of_a_copy(take):
    prose = "The ferry left Karachi for Muscat on Tuesday with 212 people on board, port officials said, nine years after."
    text = (
        "Home World Politics Business Sport\n\nWe use cookies to measure our traffic.\n\nAccept all\n\n"
        f"Ferry link resumes\n\n12 November 2024\n\n{prose}\n\n{prose} {prose}\n\nYou may also like\n\nGold falls\n\n"
        f"Actor denies rumours\n\nComments (2)\n\n{prose} I was there myself."
    )
    article = take("a.txt", text).article
    assert (article.title, article.published) == ("Ferry link resumes", date(2024, 11, 12))
    assert article.body == f"{prose}\n\n{prose} {prose}"


def test_an_article_that_goes_on_below_its_teasers_is_kept_whole(take):
    prose = "The ferry left Karachi for Muscat on Tuesday with 212 people on board, port officials said, nine years after."
    body = "\n\n".join(
        [prose, f"{prose} So it was.", "Related stories", "Gold falls", f"{prose} It came back."]
    )
    assert take("a.txt", f"Ferry link resumes\n\n{body}").article.body == body


def test_every_offset_is_of_the_body(take):
    taken = take("seed.txt", SEED)
    body = taken.article.body
    assert all(body[day.start : day.end] == day.text for day in taken.article.days)
    assert all(body[each.start : each.end] == each.text for each in taken.passages)


@pytest.mark.parametrize(
    ("body", "place", "agency"),
    [
        ("ISLAMABAD: The group met.", "ISLAMABAD", None),
        ("BEIJING, Jan 21 (Xinhua) -- The group met.", "BEIJING", "Xinhua"),
        ("LONDON (Reuters) - The group met.", "LONDON", "Reuters"),
        ("Geneva (AP) — The group met.", "Geneva", "AP"),
        ("NEW YORK: The group met.", "NEW YORK", None),
    ],
)
def test_datelines(body, place, agency):
    found = read_dateline(body)
    assert found is not None
    assert (found.place, found.agency) == (place, agency)


@pytest.mark.parametrize("body", ["The group met in Islamabad.", "UPDATE: the group met.", "It is: so."])
def test_what_is_no_dateline(body):
    assert read_dateline(body) is None


def test_front_matter_names_publisher_date_and_section(take):
    text = "---\ntitle: A meeting\npublisher: Corridor Desk\npublished: 2019-04-09\nsection: Diplomacy\n---\n\nThe group met. It was the first time."
    article = take("brief.md", text).article
    assert (article.title, article.publisher, article.section) == ("A meeting", "Corridor Desk", "Diplomacy")
    assert article.published == date(2019, 4, 9)
    assert article.body == "The group met. It was the first time."


@pytest.mark.parametrize(
    ("value", "title"),
    [
        ('"Ports: a survey"', "Ports: a survey"),
        ("'Ports: a survey'", "Ports: a survey"),
        ('"Yes" and "no" from the council', '"Yes" and "no" from the council'),
        ("'No' vote, 'yes'", "'No' vote, 'yes'"),
        ('The "long" road', 'The "long" road'),
    ],
)
def test_a_title_of_front_matter_is_without_the_quotation_marks_round_it(take, value, title):
    text = f"---\ntitle: {value}\npublished: 2019-04-09\n---\n\nThe group met. It was the first time."
    assert take("brief.md", text).article.title == title


def test_a_byline_and_share_counts_are_no_part_of_the_text(take):
    text = "Ferry resumes\nBy Sana Mirza and Ali Khan\n12 November 2024\n14 shares\nShare on Facebook\n\nThe ferry left. It was full.\n\nTags: ferry, port\n© 2024 The Gazette. All rights reserved."
    article = take("ferry.txt", text).article
    assert article.title == "Ferry resumes"
    assert article.authors == ("Sana Mirza", "Ali Khan")
    assert article.published == date(2024, 11, 12)
    assert article.body == "The ferry left. It was full."


def test_a_text_that_starts_with_prose_keeps_all_of_it(take):
    text = "The ferry left Karachi on Tuesday. It was full.\n\nIt will be back."
    article = take("prose.txt", text).article
    assert article.body == text
    assert article.published is None
    assert article.published_from == "none"


def test_the_file_name_gives_the_date_where_nothing_else_does(take):
    article = take("2023-07-11-meeting.txt", "A meeting\n\nThe group met. It was the first time.").article
    assert (article.published, article.published_from) == (date(2023, 7, 11), "file name")


def test_an_ambiguous_date_is_decided_by_the_texts_own_dates_or_marked_as_inferred(take):
    american = take("a.txt", "Talks\n03/04/2024\n\nThe talks of 02/25/2024 went on. They were long.").article
    assert (american.published, american.inferred) == (date(2024, 3, 4), True)
    other = take("b.txt", "Talks\n03/04/2024\n\nThe talks of 25/02/2024 went on. They were long.").article
    assert (other.published, other.inferred) == (date(2024, 4, 3), True)
    certain = take("c.txt", "Talks\n25/02/2024\n\nThe talks went on. They were long.").article
    assert (certain.published, certain.inferred) == (date(2024, 2, 25), False)


@pytest.mark.parametrize(
    ("written", "day", "precision"),
    [
        ("2024-01-21T10:30:00+05:00", date(2024, 1, 21), "moment"),
        ("2024-01", date(2024, 1, 1), "month"),
        ("20240121", date(2024, 1, 21), "day"),
        ("1705831200", date(2024, 1, 21), "moment"),
        ("Sun, 21 Jan 2024 08:00:00 GMT", date(2024, 1, 21), "moment"),
        ("January 2024", date(2024, 1, 1), "month"),
        ("2024年1月21日", date(2024, 1, 21), "day"),
        ("21 janvier 2024", date(2024, 1, 21), "day"),
    ],
)
def test_dates_of_metadata_and_their_precision(take, written, day, precision):
    article = take(
        "a.txt", "The group met. It was the first time.", facts=Facts(title="T", published=written)
    ).article
    assert (article.published, article.precision) == (day, precision)


def test_a_date_in_the_future_is_no_publication_date(take):
    article = take("a.txt", "The group met here.", facts=Facts(title="T", published="2091-01-01")).article
    assert article.published is None


def test_what_the_reader_says_wins(take):
    article = take(
        "seed.txt", SEED, publisher="Dawn", collection="cpec", language="ur", kind="official"
    ).article
    assert (article.publisher, article.collection, article.language, article.kind) == (
        "Dawn",
        "cpec",
        "ur",
        "official",
    )


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (
            "اسلام آباد میں پاک چین مشترکہ ورکنگ گروپ کا چوتھا اجلاس اتوار کو منعقد ہوا۔ دونوں ممالک نے تعاون بڑھانے پر اتفاق کیا۔",
            "ur",
        ),
        ("中巴经济走廊国际合作协调工作组第四次会议星期日在伊斯兰堡举行。双方同意加强合作。", "zh"),
        (
            "La quatrième réunion du groupe de travail s'est tenue dimanche à Islamabad avec les deux parties.",
            "fr",
        ),
    ],
)
def test_languages(take, text, language):
    assert take("a.txt", text).article.language == language


@pytest.mark.parametrize(
    "line",
    [
        "21 января 2024 г.", "2024. január 21.", "2024년 1월 21일", "21 de enero de 2024", "۲۱ جنوری ۲۰۲۴", "२१ जनवरी २०२४",
        "Islamabad | January 21, 2024", "Press release, 21 January 2024", "Islamabad, 21 January 2024",
        "Berlin, den 21. Januar 2024", "Paris, le 21 janvier 2024", "Press Release No. 12 | 21 January 2024",
    ],
)  # fmt: skip
def test_date_lines_beside_a_place_or_label_and_in_other_languages(take, line):
    article = take("a.txt", f"The ferry sinks in the old harbour\n\n{line}\n\n{' '.join(PARAGRAPHS)}").article
    assert (article.title, article.published) == ("The ferry sinks in the old harbour", date(2024, 1, 21))
    assert line not in article.body


@pytest.mark.parametrize(
    "line", ["Budget 2024", "The fourth meeting, 21 January 2024", "It was held on 21 January 2024"]
)
def test_a_headline_with_a_year_or_a_day_in_it_is_no_date_line(line):
    assert not is_date_line(line)
