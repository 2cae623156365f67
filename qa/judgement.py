"""Statements judged one by one, for the yes or no to all of them (see `qa.conjunction`).

A small language model gets such a question wrong as a whole. So each statement is checked against the
library by code (see `qa.checker`), in the documents of the publisher that it names, and the model, which
reads the quote, must agree. Where words alone don't settle it, the model is asked by itself, with the
sentence that comes nearest: of a report it says well whether it tells something (MultiHop-RAG, 29 comparisons
over their gold evidence: right to 0.55 as a whole, to 0.86 statement by statement). Of the world it isn't
asked: that what was found is silent is no reason for a no.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from langchain_core.language_models import BaseChatModel

from qa import confidence, prompts
from qa.conjunction import Statement
from qa.evidence import Candidate, numbered
from qa.extract import in_context
from qa.facts import Name
from qa.proof import cite, weigh, whole
from qa.proposal import Proposal
from qa.question import without_publishers
from qa.sides import TITLES
from qa.support import Bearing, GapKind, read
from qa.types import Article, Citation, Claim, Hit, Step, Verdict
from qa.verification import as_read, odds

_NEAREST = 6  # sentences from which the one that a statement is held to is taken
_HARD: frozenset[GapKind] = frozenset({"number", "day", "denial", "instance", "role"})
_SHARE_OF_NAME = 0.5  # "Alameda" is Alameda Research; "the chamber" is not the Lahore Chamber of Commerce.


@dataclass(frozen=True, slots=True)
class Judged:
    """A statement, the quote that it was held to, and whether the model takes that to bear it out, -1 (surely
    not) to 1 (surely); `proven` tells that its words have it so as well."""

    statement: str
    citation: Citation
    odds: float
    proven: bool


def judge(
    statements: Sequence[Statement],
    hits: Sequence[Hit],
    check: Callable[[Statement], Verdict],
    nearest: Callable[[Statement], Sequence[Candidate]],
    model: BaseChatModel,
    *,
    probabilities: bool,
) -> tuple[Judged, ...]:
    """Each statement held to what its publisher has; none where that doesn't settle the question.

    Args:
        statements: see `qa.conjunction`.
        hits: what was found.
        check: the verdict on a statement, in its publisher's documents.
        nearest: its publisher's sentences that come nearest to a statement, the best first.
        model: asked of each statement, for a word.
        probabilities: whether its server gives log-probabilities.
    """
    numbers, articles = numbered(hits), {hit.article.id: hit.article for hit in hits}

    def says(statement: Statement, article: Article, span: tuple[int, int]) -> float:
        prompt = prompts.holds(statement.text, [as_read(in_context(article, span))])
        return odds(prompt, model, probabilities=probabilities)

    def by_words(statement: Statement, verdict: Verdict) -> Judged | None:
        sign = {"supported": 1, "contradicted": -1}.get(verdict.verdict, 0)
        quotes = verdict.supporting if sign > 0 else verdict.opposing
        # What several quotes prove together, the model would have to read together.
        if not sign or len(quotes) != 1 or quotes[0].article_id not in articles:
            return None
        (quote,) = quotes
        said = says(statement, articles[quote.article_id], (quote.start, quote.end))
        quote = replace(quote, number=numbers[quote.article_id])
        return Judged(statement.text, quote, said, proven=True) if said * sign > 0 else None

    def by_reading(statement: Statement) -> Judged | None:
        found = _nearest(statement, nearest(statement))
        if found is None:
            return None
        candidate, complete = found
        said = says(statement, candidate.article, candidate.span)
        quote = cite(candidate.article, *candidate.span, numbers[candidate.article.id])
        settled = said < 0 or (said > 0 and complete)
        return Judged(statement.text, quote, said, proven=False) if settled else None

    found = []
    for statement in statements:
        verdict = check(statement)
        unknown = verdict.verdict == "not_in_library"
        held = by_reading(statement) if unknown and statement.publisher else by_words(statement, verdict)
        if held is not None:
            found.append(held)
    settled = len(found) == len(statements) or any(each.odds < 0 for each in found)
    return tuple(found) if settled else ()


def word(judged: Sequence[Judged]) -> str:
    """ "Yes" or "No", as the least of judged statements has it."""
    return "Yes" if min(each.odds for each in judged) > 0 else "No"


def answered(judged: Sequence[Judged]) -> Proposal:
    """What judged statements answer: yes if all are borne out, no if one isn't, each shown as a step."""
    if word(judged) == "Yes":
        proven = all(each.proven for each in judged)
    else:
        proven = any(each.proven for each in judged if each.odds < 0)
    citations = tuple(dict.fromkeys(each.citation for each in judged))
    claim = Claim(f"{word(judged)}.", "supported" if proven else "partial", (), citations)
    sure = confidence.COMPUTED if proven else confidence.JUDGED
    steps = tuple(map(_step, judged))
    return Proposal((claim,), word(judged), sure=sure, steps=steps, prompts=(prompts.HOLDS,))


def _step(judged: Judged) -> Step:
    against = " (contradicted)" if judged.proven else " (not borne out)"
    quote = " ".join(judged.citation.quote.split())
    return Step(f"{judged.statement}{against if judged.odds < 0 else ''}", quote, (judged.citation,))


def _nearest(statement: Statement, candidates: Sequence[Candidate]) -> tuple[Candidate, bool] | None:
    """The sentence that comes nearest to a statement about a report, and whether it has all figures and days
    of the statement and its document the names; None where there is nothing of it."""
    claim = read(without_publishers(statement.text, (statement.publisher,)))
    weighed = [
        (weigh(claim, claim, in_context(each.article, each.span)), each) for each in candidates[:_NEAREST]
    ]
    if not weighed:
        return None
    bearing, best = min(weighed, key=lambda each: (-each[0].coverage, _lacks(each[0])))
    known = whole(best.article).words
    named = [_is_known(name, known) for name in claim.names]
    if not bearing.coverage or (named and not any(named)):
        return None
    return best, all(named) and not _lacks(bearing)


def _is_known(name: Name, words: frozenset[str]) -> bool:
    own = set(name.words) - TITLES or set(name.words)
    return len(own & words) >= _SHARE_OF_NAME * len(own)


def _lacks(bearing: Bearing) -> bool:
    return any(gap.kind in _HARD for gap in bearing.missing)
