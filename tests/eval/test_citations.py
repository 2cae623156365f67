"""Citation recall and precision."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from eval.citations import HardFactsJudge, scores, violations
from qa.core.types import Answer, Article, Citation, Claim, Timings
from qa.store.library import Library, article_id

BODY = (
    "Ines Torres opened the harbour on 8 May 2023. It cost 40 million crowns. The ferry sails at noon. "
    "The plan of 2019 had it at 25 million crowns."
)
SOURCE = "https://example.org/harbour"


@pytest.fixture
def library(tmp_path: Path) -> Library:
    """A library of one article."""
    kept = Library(tmp_path / "library", create=True)
    kept.put(Article(id=article_id(SOURCE), title="Harbour opens", body=BODY, source=SOURCE), ())
    return kept


def citation(quote: str) -> Citation:
    """A citation of some words of the article."""
    start = BODY.index(quote)
    return Citation(
        1, article_id(SOURCE), "Harbour opens", None, None, None, quote, start, start + len(quote)
    )


OPENED = citation("Ines Torres opened the harbour on 8 May 2023.")
COST = citation("It cost 40 million crowns.")
FERRY = citation("The ferry sails at noon.")
PLANNED = citation("The plan of 2019 had it at 25 million crowns.")


def answer(*claims: Claim) -> Answer:
    """An answer of these claims."""
    return Answer("q", "q", "answered", "", claims, (), "none", Timings())


def test_a_borne_sentence_is_recalled_and_its_citation_counts(library: Library) -> None:
    claim = Claim("Ines Torres opened the harbour on 8 May 2023.", "supported", (), (OPENED,))
    assert scores(answer(claim), HardFactsJudge(library)) == {
        "citation_recall": 1,
        "citation_precision": 1,
        "unsupported_share": 0,
    }


def test_an_idle_citation_costs_precision(library: Library) -> None:
    claim = Claim("Ines Torres opened the harbour on 8 May 2023.", "supported", (), (OPENED, FERRY))
    assert scores(answer(claim), HardFactsJudge(library))["citation_precision"] == 0.5


def test_a_computed_sentence_is_held_to_what_it_was_computed_from(library: Library) -> None:
    said, working = (
        "It rose by 15 million crowns.",
        "40 million crowns - 25 million crowns = 15 million crowns",
    )
    both = Claim(said, "supported", (), (COST, PLANNED), working)
    assert scores(answer(both), HardFactsJudge(library))["citation_recall"] == 1
    assert scores(answer(both), HardFactsJudge(library))["citation_precision"] == 1
    one = Claim(said, "supported", (), (COST,), working)
    assert scores(answer(one), HardFactsJudge(library))["citation_recall"] == 0


def test_another_figure_is_not_recalled(library: Library) -> None:
    claim = Claim("The harbour cost 50 million crowns.", "supported", (), (COST,))
    found = scores(answer(claim), HardFactsJudge(library))
    assert found["citation_recall"] == found["citation_precision"] == 0


def test_two_citations_that_need_one_another_both_count() -> None:
    def both(sentence: str, citations: Sequence[Citation]) -> bool:
        return len(citations) == 2

    claim = Claim("Torres opened it and it cost 40 million.", "supported", (), (OPENED, COST))
    assert scores(answer(claim), both)["citation_precision"] == 1


def test_no_claims_no_scores_and_no_citations_no_precision(library: Library) -> None:
    judge = HardFactsJudge(library)
    assert scores(answer(), judge) == {}
    bare = scores(answer(Claim("Something.", "unsupported")), judge)
    assert bare == {"citation_recall": 0, "unsupported_share": 1}


def test_a_quote_that_is_not_at_its_offsets_is_a_violation(library: Library) -> None:
    moved = Citation(1, article_id(SOURCE), "t", None, None, None, OPENED.quote, 1, 1 + len(OPENED.quote))
    gone = Citation(1, "nowhere", "t", None, None, None, "x", 0, 1)
    assert violations([OPENED, COST], library) == []
    assert len(violations([moved, gone], library)) == 2
