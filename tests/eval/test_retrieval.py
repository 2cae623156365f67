"""Hits against evidence."""

from __future__ import annotations

from eval.evidence import Place, contains, find_quote
from eval.retrieval import found, scores
from qa.core.types import Article, Hit, Passage

BODY = "One fact stands here. Another stands there. A third is elsewhere."


def hit(article: str, start: int, end: int, rank: int = 1, also: str | None = None) -> Hit:
    """A hit on some characters of an article that says BODY."""
    also_in = (Article(id=also, title="copy", body=BODY, source=also),) if also else ()
    passage = Passage(f"{article}-{start}", article, 0, 0, start, end, BODY[start:end])
    return Hit(passage, Article(id=article, title="t", body=BODY, source=article), 0.5, rank, also_in)


def place(article: str, quote: str) -> Place:
    """Where a quote stands in such an article."""
    return Place(article, quote, *(find_quote(BODY, quote) or (0, 0)))


def test_a_quote_is_borne_by_a_passage_that_holds_half_of_it() -> None:
    fact = place("a", "Another stands there.")
    assert contains(hit("a", 0, 43), fact)
    assert contains(hit("a", 0, 34), fact)
    assert not contains(hit("a", 0, 28), fact)
    assert not contains(hit("b", 0, 43), fact)


def test_a_copy_of_the_story_counts_if_it_says_the_same() -> None:
    assert contains(hit("b", 0, 43, also="a"), place("a", "Another stands there."))
    assert not contains(hit("b", 0, 21, also="a"), place("a", "Another stands there."))


def test_a_quote_is_found_whatever_the_white_space() -> None:
    assert find_quote("so  many\n\nmillions", "many millions") == (4, 18)


def test_hits_of_one_article_take_one_place_when_articles_are_sought() -> None:
    hits = [hit("b", 0, 21), hit("b", 22, 43), hit("a", 0, 21)]
    assert found(hits, [Place("a")]) == [[], [0]]
    assert scores(hits, [Place("a")])["mrr@10"] == 0.5


def test_a_hit_that_bears_two_facts_finds_both_but_takes_two_places_where_ranks_are_discounted() -> None:
    facts = [place("a", "One fact stands here."), place("a", "Another stands there.")]
    measured = scores([hit("a", 0, 43)], facts)
    assert measured["recall@1"] == measured["all@1"] == 1
    assert measured["map@1"] == 0.5
    assert measured["article_recall@1"] == 1


def test_evidence_counts_at_its_first_hit_only() -> None:
    facts = [place("a", "One fact stands here."), place("c", "A third is elsewhere.")]
    assert found([hit("a", 0, 21), hit("a", 0, 43), hit("c", 43, 65)], facts) == [[0], [], [1]]


def test_all_asks_for_all_and_hits_for_any() -> None:
    facts = [place("a", "One fact stands here."), place("c", "A third is elsewhere.")]
    measured = scores([hit("b", 0, 21), hit("a", 0, 21)], facts)
    assert [measured[name] for name in ("hits@1", "hits@4", "all@10", "recall@10")] == [0, 1, 0, 0.5]


def test_a_better_grade_counts_for_more() -> None:
    graded = [Place("a", grade=2), Place("b", grade=1)]
    best, worst = ([hit(name, 0, 21) for name in order] for order in ("ab", "ba"))
    assert scores(best, graded)["ndcg@10"] == 1
    assert scores(worst, graded)["ndcg@10"] < 1


def test_nothing_found_scores_nothing_and_no_evidence_no_score() -> None:
    assert set(scores([], [Place("a")]).values()) == {0.0}
    assert scores([hit("a", 0, 21)], []) == {}
