from __future__ import annotations

import datetime as dt

import pytest

from qa.core.types import Article, Hit, Passage
from qa.search.diversity import SUMMARY, broad, distinct

BODY = "The port was dredged. It cost 14 million dollars.\n\nA railway will follow next year."


def hit(article: str, start: int, end: int, rank: int, *, paragraph: int = 0, story: str = "") -> Hit:
    passage = Passage(f"{article}-{start}", article, rank, paragraph, start, end, BODY[start:end])
    return Hit(passage, Article(article, "Port", BODY, article, story=story or article), 1 / rank, rank)


def test_the_same_story_takes_one_place_and_says_where_else_it_is() -> None:
    found = distinct([hit("dawn", 0, 21, 1, story="s"), hit("app", 0, 21, 2, story="s")], 5)
    assert len(found) == 1
    assert [article.id for article in found[0].also_in] == ["app"]


def test_another_fact_of_the_same_story_keeps_its_place() -> None:
    found = distinct([hit("dawn", 0, 21, 1, story="s"), hit("app", 51, 83, 2, story="s")], 5)
    assert [each.article.id for each in found] == ["dawn", "app"]


def test_neighbours_in_a_paragraph_are_joined_with_exact_offsets() -> None:
    found = distinct([hit("dawn", 22, 49, 1), hit("dawn", 0, 21, 2), hit("dawn", 51, 83, 3, paragraph=1)], 5)
    assert [each.passage.text for each in found] == [BODY[:49], BODY[51:83]]
    assert found[0].passage.start == 0
    assert found[0].article.body[found[0].passage.start : found[0].passage.end] == found[0].passage.text


def test_others_move_up_and_ranks_are_counted_anew() -> None:
    found = distinct([hit("a", 0, 21, 1), hit("a", 22, 49, 2), hit("b", 0, 21, 3), hit("c", 0, 21, 4)], 2)
    assert [(each.article.id, each.rank) for each in found] == [("a", 1), ("b", 2)]


def test_a_summary_takes_many_stories_and_months_before_more_of_the_first() -> None:
    def dated(article: str, day: dt.date, rank: int) -> Hit:
        passage = Passage(f"{article}-{rank}", article, rank, rank, 0, 21, BODY[:21])
        return Hit(
            passage,
            Article(article, "Port", BODY, article, published=day, story=article),
            1 - rank / 100,
            rank,
        )

    january, march = dt.date(2024, 1, 5), dt.date(2024, 3, 5)
    hits = [dated("a", january, rank) for rank in (1, 2, 3)] + [dated("b", january, 4), dated("c", march, 5)]
    found = broad(hits, 4)
    assert [(each.article.id, each.rank) for each in found] == [("a", 1), ("c", 2), ("b", 3), ("a", 4)]


@pytest.mark.parametrize(
    ("question", "about"),
    [
        ("Summarise what the library says about Gwadar port", "Gwadar port"),
        ("What is known about the Lowari tunnel?", "the Lowari tunnel?"),
        ("Give me an overview of the power plants", "the power plants"),
        ("Tell me about the railway", "the railway"),
        ("What has been reported on debt?", "debt?"),
    ],
)
def test_a_question_for_a_summary_is_known_and_its_asking_is_no_search_word(
    question: str, about: str
) -> None:
    assert SUMMARY.sub(" ", question).strip() == about


def test_a_question_for_a_fact_is_none_for_a_summary() -> None:
    assert not SUMMARY.search("Who said what the tunnel is for, and what was known of it?")
