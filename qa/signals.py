"""What is known of a proposed answer, in numbers: what its confidence is estimated from."""

from __future__ import annotations

from collections.abc import Sequence

from qa.evidence import Candidate
from qa.extract import in_context
from qa.proof import Run, run_of, weigh
from qa.proposal import Proposal
from qa.question import without_publishers
from qa.support import read
from qa.types import Article, Hit
from qa.verification import Verification

_MOST_MISSING = 3


def contexts(proposal: Proposal, hits: Sequence[Hit]) -> tuple[Run, ...]:
    """Each cited quote with the sentences before it, which may name what it speaks of."""
    articles: dict[str, Article] = {hit.article.id: hit.article for hit in hits}
    spans = dict.fromkeys((each.article_id, each.start, each.end) for each in proposal.citations)
    return tuple(in_context(articles[id_], (start, end)) for id_, start, end in spans)


def signals(
    question: str,
    proposal: Proposal,
    runs: Sequence[Run],
    candidates: Sequence[Candidate],
    verification: Verification,
) -> dict[str, float]:
    """The signals of a proposed answer by name, each within -1..1.

    missing     numbers, days and names of the question that no quote has, of at most three; of an answer
                proved part by part, the parts without a proof
    closeness   how near the best quoted sentence comes by late interaction
    answerable  whether the model takes the quotes to hold an answer
    matching    whether it takes them to be about just what the question is about
    stated      whether it takes them to state this one
    insisted    1 if the model wrote it only when asked once more

    The share of the question's words that the quotes have, whether a sentence was quoted for want of an
    answer and whether one is borne in part only tell nothing beside these (eight-fold, 412 questions).
    """
    asked = read(without_publishers(question, (run.article.publisher for run in runs)))
    # The sentences before a quote may name what it speaks of; they take nothing from what it says itself.
    quotes = (run_of(run.article, run.sentences[-1:]) for run in runs)
    lacking = [set(weigh(asked, asked, each).missing) for each in (*runs, *quotes)]
    missing = len(set.intersection(*lacking)) if lacking else 0
    if proposal.unproved is not None:
        missing = proposal.unproved
    cited = {(each.article_id, each.start) for each in proposal.citations}
    near = [each.closeness for each in candidates if (each.article.id, each.span[0]) in cited]
    return {
        "missing": min(missing, _MOST_MISSING) / _MOST_MISSING,
        "closeness": max(near, default=0.0),
        "answerable": verification.answerable,
        "matching": verification.matching,
        "stated": verification.stated,
        "insisted": float(proposal.insisted),
    }
