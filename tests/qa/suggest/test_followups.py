"""What is offered next can be answered from the library, differs, and was not asked before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from ingest.indexer import catch_up
from qa.answer.answer_type import expected
from qa.core.settings import Settings
from qa.core.types import Answer, Article, Citation, Claim, Filters, Passage, Timings
from qa.search.retriever import HybridRetriever, open_retriever
from qa.store.library import Library, passage_id
from qa.suggest.followups import followups, openers
from tests.qa.news import stories


@pytest.fixture
def retriever(settings: Settings, library: Library) -> HybridRetriever:
    for story in stories():
        library.put(story, passages(story))
    catch_up(library, settings)
    return open_retriever(settings, library)


def passages(story: Article) -> Sequence[Passage]:
    found, start = [], 0
    for number, text in enumerate(story.body.split("\n\n")):
        found.append(
            Passage(
                passage_id(story.id, start, text), story.id, number, number, start, start + len(text), text
            )
        )
        start += len(text) + 2
    return found


def answer(retriever: HybridRetriever, question: str, quote: str) -> Answer:
    hits = retriever.search(question).hits
    article = next(hit.article for hit in hits if quote in hit.article.body)
    start = article.body.index(quote)
    cited = Citation(
        1, article.id, article.title, "", article.published, None, quote, start, start + len(quote)
    )
    claim = Claim(f"{quote} [1]", "supported", (), (cited,))
    return Answer(question, question, "answered", claim.text, (claim,), hits, "none", Timings())


def test_what_is_offered_first_has_its_answer_in_the_best_evidence(
    retriever: HybridRetriever, library: Library
) -> None:
    offered = openers(library, retriever.search)
    assert len(offered) >= 3
    assert len({expected(each) for each in offered}) >= 2
    for question in offered:
        assert retriever.search(question).hits


def test_an_empty_library_offers_nothing(settings: Settings, library: Library) -> None:
    assert openers(library, open_retriever(settings, library).search) == ()


def test_what_comes_next_differs_and_was_not_asked(retriever: HybridRetriever) -> None:
    given = answer(
        retriever,
        "Who co-chaired the third meeting of the Estuary Council?",
        "Yann Le Goff and Marta Sousa co-chaired the meeting.",
    )
    offered = followups(given, retriever.search)
    assert offered
    assert len(offered) <= 3
    assert given.question not in offered
    asked = [*offered]
    assert not set(followups(given, retriever.search, asked=asked)) & set(asked)


def test_a_neighbour_of_which_nothing_is_known_is_not_offered(retriever: HybridRetriever) -> None:
    given = answer(
        retriever,
        "Who co-chaired the third meeting of the Estuary Council?",
        "Yann Le Goff and Marta Sousa co-chaired the meeting.",
    )
    offered = " ".join(followups(given, retriever.search))
    assert "fourth" not in offered
    assert "Who co-chaired the second" not in offered


def test_filters_hold_for_what_is_offered(retriever: HybridRetriever) -> None:
    given = answer(
        retriever, "Who opened the tidal power station in Saint-Malo?", "The station will feed 180,000 homes."
    )
    none = Filters(publishers=("Nobody",))
    assert followups(given, retriever.search, none) == ()


def test_a_refusal_is_followed_by_what_its_documents_answer(retriever: HybridRetriever) -> None:
    refused = replace(
        answer(retriever, "Who paid for the town hall of Kiruna?", "The jury praised its clock tower."),
        claims=(),
    )
    assert followups(refused, retriever.search)
