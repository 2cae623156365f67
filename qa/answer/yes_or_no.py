"""Yes or no: the statements that a question asks about, checked one by one.

A small language model says yes to nearly all such questions. So each statement is held against the documents
by the verifier, like any other; "No" is proved as well as "Yes". A question of what reports tell is answered
by those reports: what the publisher's nearest passages do not tell, it is not reported to have told.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from qa.answer.conjunction import Statement, statements
from qa.answer.declarative import declarative
from qa.answer.proposal import Proposal
from qa.core.types import Claim, Hit, Step, numbered
from qa.search.parts import Publishers
from qa.search.sentence_ranking import Scorer
from qa.verify.entailment import Verifier
from qa.verify.findings import Finding, findings
from qa.verify.parser import Parser

_WINDOWS = 2  # a statement
_NEVER = dt.date.min


@dataclass(frozen=True, slots=True)
class _Judged:
    """A statement and the window that decided on it; `holds` is None where none did."""

    statement: Statement
    finding: Finding | None
    holds: bool | None

    @property
    def probability(self) -> float:
        """How probable it is, 0..1, that this is right of the statement."""
        if self.finding is None or self.holds is None:
            return 0.0
        judged = self.finding.entailment
        if self.holds:
            return judged.entails
        return judged.contradicts if self.finding.stance == "against" else 1 - judged.entails


def yes_or_no(
    question: str,
    hits: Sequence[Hit],
    publishers: Publishers,
    score: Scorer,
    verifier: Verifier,
    parser: Parser,
) -> Proposal:
    """Yes if all statements of a question hold, no if one doesn't; no claims where that isn't known.

    Args:
        question: standing alone; one for yes or no.
        hits: what was found for it.
        publishers: recognises the library's publishers.
        score: late interaction.
        verifier: judges each statement.
        parser: tells where the question's subject ends.
    """
    asked = statements(question, publishers) or (_single(question, parser),)
    judged = [_judge(each, hits, score, verifier) for each in asked]
    failing = [each for each in judged if each.holds is False]
    if not failing and not all(each.holds for each in judged):
        return Proposal()
    deciding = failing or judged
    numbers = numbered(hits)
    cited = [each.finding.cite(numbers[each.finding.window.article.id]) for each in deciding if each.finding]
    proved = all(each.finding and each.finding.stance != "silent" for each in deciding)
    word = "No" if failing else "Yes"
    claim = Claim(f"{word}.", "supported" if proved else "partial", (), tuple(dict.fromkeys(cited)))
    steps = tuple(_step(each, numbers) for each in judged) if len(judged) > 1 else ()
    best = max if failing else min
    return Proposal((claim,), word, best(each.probability for each in deciding), steps)


def _single(question: str, parser: Parser) -> Statement:
    statement = declarative(question, parser)
    return Statement(statement, None, statement)


def _judge(statement: Statement, hits: Sequence[Hit], score: Scorer, verifier: Verifier) -> _Judged:
    theirs = [hit for hit in hits if statement.publisher in (None, hit.article.publisher)]
    found = findings(statement.told, theirs, score, verifier, limit=_WINDOWS)
    decided = [each for each in found if each.stance != "silent"]
    if len({each.stance for each in decided}) == 1:
        return _Judged(statement, decided[0], decided[0].stance == "for")
    if decided:  # Documents differ: the newest tells how it is.
        newest = max(decided, key=lambda each: each.window.article.published or _NEVER)
        return _Judged(statement, newest, newest.stance == "for")
    if statement.publisher and found:
        return _Judged(statement, max(found, key=lambda each: each.entailment.entails), False)
    return _Judged(statement, None, None)


def _step(judged: _Judged, numbers: dict[str, int]) -> Step:
    if judged.finding is None:
        return Step(judged.statement.text, "Nothing found says this or the contrary.")
    citation = judged.finding.cite(numbers[judged.finding.window.article.id])
    mark = {"for": "", "against": " (contradicted)", "silent": " (not reported)"}[judged.finding.stance]
    return Step(f"{judged.statement.text}{mark}", " ".join(citation.quote.split()), (citation,))
