"""The sample library reads as meant, and the eval sets over it are true to it."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from eval.evidence import find_quote
from eval.jsonl import read_lines
from eval.matching import words
from eval.sets import folder
from ingest.article import compose
from ingest.containers import CONTAINER_SUFFIXES, unfold
from ingest.readers.formats import DOCUMENT_SUFFIXES, read_document
from ingest.values import Blob, Draft, Options, Refusal
from qa.core.types import Article

ROOT = Path(__file__).parents[1]
SAMPLE = ROOT / "sample"
SETS = ROOT / "eval" / "sets"
KINDS = {
    "fact", "date", "number", "list", "comparison", "follow_up",
    "latest", "yes_no", "unanswerable", "false_premise",
}  # fmt: skip
DESK_KINDS = {
    "summary", "who", "list", "count", "change", "latest", "disagreement", "follow_up",
    "misspelt", "negated", "fact", "yes_no", "unanswerable", "false_premise",
}  # fmt: skip
POLAR = {"yes", "no"}


def read(home: Path) -> dict[str, Article]:
    """A folder's articles, by file name and, where a file holds several, by title."""
    named: dict[str, Article] = {}
    for path in sorted(home.iterdir()):
        if path.name == "README":
            continue
        items = list(unfold(Blob(str(path), path.name, path=path), Options()))
        for item in items:
            assert not isinstance(item, Refusal), item
            article = compose(item if isinstance(item, Draft) else read_document(item, Options()), Options())
            name = path.name if len(items) == 1 else article.title
            assert name not in named
            named[name] = article
    return named


@pytest.fixture(scope="module")
def articles() -> dict[str, Article]:
    """The sample's articles."""
    return read(SAMPLE)


@pytest.fixture(scope="module")
def added() -> dict[str, Article]:
    """The articles that the desk's questions are asked over beside the sample's."""
    return read(SETS / "desk" / "documents")


@pytest.fixture(scope="module")
def questions() -> list[dict[str, Any]]:
    return list(read_lines(SETS / "cpec" / "questions.jsonl"))


@pytest.fixture(scope="module")
def desk() -> list[dict[str, Any]]:
    return list(read_lines(SETS / "desk" / "questions.jsonl"))


@pytest.fixture(scope="module")
def claims() -> list[dict[str, Any]]:
    return list(read_lines(SETS / "cpec_claims" / "questions.jsonl"))


def test_every_brief_has_what_a_reader_sorts_by(articles: dict[str, Article]) -> None:
    """Title, desk and date are found in each format; all but the opinion piece have a dateline."""
    assert len(articles) >= 40
    for name, article in articles.items():
        assert article.title
        assert article.publisher, name
        assert article.published_from in ("metadata", "text"), name
        assert article.language == "en", name
        assert article.place or article.publisher == "Opinion Page", name
    days = [article.published for article in articles.values() if article.published]
    assert len(days) == len(articles)
    assert (min(days).year, max(days).year) == (2013, 2025)
    assert len({article.publisher for article in articles.values()}) >= 7


def test_files_are_named_after_the_day_they_tell_of(articles: dict[str, Article]) -> None:
    """A file's day is at most three days before the publication of its brief."""
    for name, article in articles.items():
        if name.startswith("20") and article.published:
            day = article.published.fromisoformat(name[:10])
            assert 0 <= (article.published - day).days <= 3, name


def test_every_brief_is_short_and_names_its_sources(articles: dict[str, Article]) -> None:
    for name, article in articles.items():
        assert 120 <= len(article.body.split()) <= 320, name
        last = article.body.rstrip().split("\n")[-1]
        assert "Facts from: " in article.body, name
        assert article.body.count("Facts from: ") == 1, name
        assert last.endswith("."), name


def test_nothing_of_the_page_or_the_head_is_left_in_a_body(articles: dict[str, Article]) -> None:
    for name, article in articles.items():
        for debris in ("publisher:", "published:", "Share on", "cookies", "newsletter", "Most read", "---"):
            assert debris not in article.body, (name, debris)


def test_an_ingest_of_the_folder_takes_all_but_the_read_me() -> None:
    for path in SAMPLE.iterdir():
        assert (path.suffix in DOCUMENT_SUFFIXES | CONTAINER_SUFFIXES) == (path.name != "README"), path


def test_seed_meeting_names_both_chairs_in_one_sentence(articles: dict[str, Article]) -> None:
    body = articles["2024-01-21-fourth-jwg-meeting.md"].body
    assert "Muhammad Syrus Sajjad Qazi and China's Vice Foreign Minister Sun Weidong co-chaired" in body


@pytest.mark.parametrize("name", ["cpec", "cpec_claims", "desk"])
def test_sets_load_and_every_quote_stands_in_its_article(
    name: str, articles: dict[str, Article], added: dict[str, Article]
) -> None:
    loaded = folder.load(SETS / name, documents=SAMPLE)
    known = articles | added if name == "desk" else articles
    assert len(loaded.files) == (2 if name == "desk" else 1)
    for question in loaded.questions:
        for evidence in question.evidence:
            assert find_quote(known[evidence.url].body, evidence.quote), (question.id, evidence.quote)


def test_questions_are_mixed_as_promised(questions: list[dict[str, Any]]) -> None:
    """At least 120, a third without an answer, twelve false premises, halved for tuning."""
    kinds = Counter(question["kind"] for question in questions)
    assert len(questions) >= 120
    assert set(kinds) == KINDS
    assert kinds["false_premise"] >= 12
    unanswerable = sum(not question["answerable"] for question in questions)
    assert unanswerable / len(questions) >= 1 / 3
    splits = Counter(question["split"] for question in questions)
    assert abs(splits["dev"] - splits["test"]) <= len(KINDS)
    assert len({question["question"] + str(question.get("history")) for question in questions}) == len(
        questions
    )


def test_what_is_not_answerable_has_no_answer(questions: list[dict[str, Any]]) -> None:
    for question in questions:
        assert question["answerable"] == (question["kind"] not in ("unanswerable", "false_premise"))
        assert question["answerable"] == bool(question.get("answers")), question["id"]
        if question["answerable"] or question["kind"] == "false_premise":
            assert question["evidence"], question["id"]


def test_every_answer_stands_in_its_evidence(questions: list[dict[str, Any]]) -> None:
    """Yes, no and choices are drawn from the evidence; any other answer is words of it."""
    for question in questions:
        answers = question.get("answers", [])
        if not answers or set(answers) <= POLAR or "choices" in question:
            continue
        quoted = " ".join(words(" ".join(evidence["quote"] for evidence in question["evidence"])))
        assert any(" ".join(words(answer)) in quoted for answer in answers), question["id"]


def test_follow_ups_come_with_their_conversation(questions: list[dict[str, Any]]) -> None:
    for question in questions:
        if question["kind"] == "follow_up":
            assert [turn["role"] for turn in question["history"]] == ["user", "assistant"]
            assert question["rewrite"]


def test_claims_are_originals_and_their_alterations(claims: list[dict[str, Any]]) -> None:
    """Fifty true statements and twenty of each of the five alterations."""
    made = Counter(claim.get("alteration", "none") for claim in claims)
    assert made.pop("none") == 50
    assert set(made) == {"fabricated quote", "changed number", "changed date", "swapped name", "negated"}
    assert set(made.values()) == {20}
    assert len({claim["statement"] for claim in claims}) == len(claims)


def test_claims_have_the_verdict_of_their_making(claims: list[dict[str, Any]]) -> None:
    """Nobody said a fabricated quote, so the library has nothing on it; the rest it contradicts."""
    for claim in claims:
        alteration = claim.get("alteration")
        expected = {None: "supported", "fabricated quote": "not_in_library"}.get(alteration, "contradicted")
        assert claim["verdict"] == expected, claim["id"]
        assert (alteration is None) == ("original" not in claim), claim["id"]
        assert bool(claim.get("evidence")) == (expected != "not_in_library"), claim["id"]


def test_the_desks_own_documents_are_news_of_several_formats(
    articles: dict[str, Article], added: dict[str, Article]
) -> None:
    """Ten or more, each with its publisher and day, none of them called as one of the sample's."""
    assert len(added) >= 10
    assert not added.keys() & articles.keys()
    for name, article in added.items():
        assert article.publisher, name
        assert article.published, name
        assert article.place, name
        assert article.language == "en", name
        for debris in ("publisher:", "Publisher:", "Most read", "Privacy", "---"):
            assert debris not in article.body, (name, debris)
    formats = {path.suffix for path in (SETS / "desk" / "documents").iterdir()}
    assert formats == {".md", ".txt", ".html", ".eml"}


def test_the_desk_asks_in_every_way_in_both_halves(desk: list[dict[str, Any]]) -> None:
    """At least 120 questions, each kind halved, a whole conversation in one half."""
    assert len(desk) >= 120
    assert len({question["id"] for question in desk}) == len(desk)
    kinds = Counter((question["kind"], question["split"]) for question in desk)
    assert {kind for kind, _ in kinds} == DESK_KINDS
    for kind in DESK_KINDS:
        assert abs(kinds[kind, "dev"] - kinds[kind, "test"]) <= 2, kind
    refused = Counter(question["split"] for question in desk if not question["answerable"])
    assert sum(refused.values()) >= len(desk) / 5
    assert abs(refused["dev"] - refused["test"]) <= len(DESK_KINDS) / 2
    openings: dict[str, set[str]] = {}
    for question in desk:
        if question["kind"] == "follow_up":
            openings.setdefault(question["history"][0]["content"], set()).add(question["split"])
    assert len(openings) >= 8
    assert all(len(halves) == 1 for halves in openings.values())


def test_a_follow_up_of_the_desk_goes_on_from_the_turn_before(desk: list[dict[str, Any]]) -> None:
    """A third turn's history is the second's and the second itself; what has an answer has a rewriting."""
    asked = {question["id"]: question for question in desk if question["kind"] == "follow_up"}
    for name, question in asked.items():
        turns = question["history"]
        assert [turn["role"] for turn in turns] == ["user", "assistant"] * (len(turns) // 2)
        assert all(turn["content"] for turn in turns)
        assert ("rewrite" in question) == question["answerable"], name
        if name.endswith("-3"):
            before = asked[name.removesuffix("3") + "2"]
            assert turns[:-2] == before["history"]
            assert turns[-2]["content"] == before["question"]


def test_what_the_desk_is_to_be_told_stands_in_the_documents(
    desk: list[dict[str, Any]], articles: dict[str, Article], added: dict[str, Article]
) -> None:
    """Of a disagreement each side; else an answer in its evidence, but for what is counted or yes or no."""
    said = " ".join(words(" ".join(article.body for article in (articles | added).values())))
    for question in desk:
        answers, kind = question.get("answers", []), question["kind"]
        assert question["answerable"] or not answers, question["id"]
        assert question["answerable"] or "note" in question or question["id"].startswith("broad-")
        if kind == "disagreement":
            for side in answers:
                assert f" {' '.join(words(side))} " in f" {said} ", (question["id"], side)
        elif answers and kind != "count":
            quoted = " ".join(words(" ".join(each["quote"] for each in question["evidence"])))
            told = [answer for answer in answers if answer not in POLAR]
            assert any(" ".join(words(answer)) in quoted for answer in told), question["id"]
