"""Decides: the answer if its confidence is high enough, else a refusal that says what to do."""

from __future__ import annotations

from collections.abc import Sequence

from qa.answer import prompts
from qa.answer.advice import advice
from qa.answer.proposal import Proposal
from qa.answer.provenance import provenance_of
from qa.core.settings import Settings
from qa.core.types import Answer, Citation, Claim, Retrieval, Timings, numbered
from qa.models.llm import name
from qa.search.sentence_ranking import Candidate
from qa.verify.spans import cite, is_order

_NEAREST = 3  # documents


def respond(
    question: str,
    standalone: str,
    proposal: Proposal,
    retrieval: Retrieval,
    settings: Settings,
    *,
    candidates: Sequence[Candidate] = (),
    corrections: Sequence[Claim] = (),
    asked_with: Sequence[str] = (),
) -> Answer:
    """The answer to a question, or the refusal.

    Args:
        question: as asked.
        standalone: as it was understood.
        proposal: what could be answered.
        retrieval: what was found.
        settings: `caution` is the confidence from which an answer is given.
        candidates: the sentences found, the best first.
        corrections: what the library says against the question's premise; with any, the answer is a refusal.
        asked_with: the names of the prompts that were used.
    """
    answered = proposal.reaches(settings.caution) and not corrections
    text = " ".join(map(written, proposal.claims))
    return Answer(
        question=question,
        standalone=standalone,
        status="answered" if answered else "not_in_library",
        text=text if answered else prompts.REFUSAL,
        claims=proposal.claims if answered else (),
        hits=retrieval.hits,
        model=name(settings),
        timings=Timings(retrieve_ms=retrieval.ms),
        basis=provenance_of(retrieval.hits),
        timeframe=retrieval.timeframe,
        note=retrieval.note,
        brief=proposal.brief if answered else "",
        confidence=proposal.confidence,
        steps=proposal.steps if answered else (),
        corrections=() if answered else tuple(corrections),
        nearest=() if answered else nearest(candidates, retrieval),
        advice=() if answered else advice(standalone, retrieval, settings),
        prompts=tuple(asked_with),
        withheld="" if answered else text,
    )


def written(claim: Claim) -> str:
    """A claim as it is shown: its words, then the numbers of its citations."""
    marks = "".join(f" [{number}]" for number in sorted({cited.number for cited in claim.citations}))
    stem, stop = (claim.text[:-1], claim.text[-1]) if claim.text[-1] in ".!?" else (claim.text, ".")
    return f"{stem}{marks}{stop}"


def nearest(candidates: Sequence[Candidate], retrieval: Retrieval) -> tuple[Citation, ...]:
    """The best sentence of each of the nearest documents, as quotes."""
    numbers = numbered(retrieval.hits)
    best: dict[str, Candidate] = {}
    for candidate in candidates:
        if not is_order(candidate.article, candidate.span):
            best.setdefault(candidate.article.id, candidate)
    return tuple(
        cite(each.article, *each.span, numbers[each.article.id]) for each in list(best.values())[:_NEAREST]
    )
