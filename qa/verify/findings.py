"""What the documents found say of a statement: which windows are for it, which against it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from qa.core.types import Citation, Hit
from qa.search.sentence_ranking import Scorer
from qa.verify.entailment import Entailment, Pair, Verifier
from qa.verify.hard_facts import Mismatch, in_its_numbers, lacking, of_another, with_its_figures
from qa.verify.number_binding import bound_elsewhere
from qa.verify.spans import Window, narrowed, windows

SUPPORTED = 0.6
CONTRADICTED = 0.6
"""The probabilities from which a window is for a statement, or against it (see "The verifier" in
eval/BENCHMARKS.md)."""

SURELY = 0.75
"""The probability that it takes where a name of the statement is missing, which the text may word otherwise,
or where a figure of it goes with another thing."""

IN_DOUBT = 0.2
"""The probability, of one or the other, from which a silent window's nearest sentence is read by itself."""

RESTATED = 0.75
"""The probability from which a window that lacks a statement's figure is against it, as it entails the same
statement with its own. Of 65 claims of Fool Me Twice and FEVER-Symmetric whose evidence has one other figure
instead, 38 of the 45 false ones are then contradicted, 34 without; of the 20 true ones 8 either way."""

Stance = Literal["for", "against", "silent"]
_WINDOWS = 3
_NEAR = 3  # times as many windows as are read
_NEARLY_AS_NEAR = 0.8  # Of the best window's score: what may tell the same matter otherwise.


@dataclass(frozen=True, slots=True)
class Finding:
    """A window, what the verifier makes of it, and what of the statement's hard facts it lacks.

    A number, a day or a quotation that the window lacks it does not say, however probable. `context` is the
    window as wide as it was read first: what tells which meeting "the meeting" is may stand only there.
    """

    window: Window
    statement: str
    entailment: Entailment
    missing: tuple[Mismatch, ...]
    context: Window

    @property
    def stance(self) -> Stance:
        """Whether it is for the statement, against it, or silent."""
        kinds, judged = {each.kind for each in self.missing}, self.entailment
        doubtful = "name" in kinds or bound_elsewhere(self.statement, self.window.text)
        entailed = judged.entails >= (SURELY if doubtful else SUPPORTED)
        if entailed and judged.entails > judged.contradicts and kinds <= {"name"}:
            return "for"
        return "against" if judged.contradicts >= CONTRADICTED else "silent"

    def cite(self, number: int) -> Citation:
        """The window's quote: the fewest of its sentences that bear on the statement."""
        return self.window.cite(self.statement, number)


def findings(
    statement: str, hits: Sequence[Hit], score: Scorer, verifier: Verifier, limit: int = _WINDOWS
) -> tuple[Finding, ...]:
    """What windows say of a statement, the nearest first.

    They are read one by one, as each costs seconds, until one is for or against it; then only those of other
    documents that come nearly as near and lack a number or a day of the statement's: they may say otherwise.
    Of the third meeting nothing is read that is told of the fourth.
    """
    found: list[Finding] = []
    near = windows(statement, hits, score, _NEAR * limit)
    for window in [each for each in near if not of_another(statement, each.text)][:limit]:
        decided = [each for each in found if each.stance != "silent"]
        if decided and not _may_differ(statement, window, decided[0]):
            continue
        found.append(_found(statement, window, verifier))
    return tuple(found)


def _found(statement: str, window: Window, verifier: Verifier) -> Finding:
    """What a window says of a statement, looked at more closely where it is in doubt."""
    finding = _judged(statement, window, verifier)
    doubt = max(finding.entailment.entails, finding.entailment.contradicts)
    if finding.stance == "silent" and doubt >= IN_DOUBT:
        closer = _judged(statement, narrowed(window), verifier)
        finding = finding if closer.stance == "silent" else replace(closer, context=window)
    return finding if finding.stance != "silent" else _refuted(finding, verifier)


def _judged(statement: str, window: Window, verifier: Verifier) -> Finding:
    (entailment,) = verifier.judge([Pair(window.text, in_its_numbers(statement, window.text))])
    return Finding(window, statement, entailment, missing_of(statement, window), window)


def _refuted(finding: Finding, verifier: Verifier) -> Finding:
    """A finding that is against its statement if the window says the same with another figure or day.

    A small model overlooks that a figure is another one. That it is, code tells; that the rest is told of the
    same matter, the model.
    """
    window = finding.window
    restated = with_its_figures(finding.statement, window.passage, window.article.published)
    if restated is None:
        return finding
    (judged,) = verifier.judge([Pair(window.text, restated)])
    if judged.entails < RESTATED:
        return finding
    entails = min(finding.entailment.entails, 1 - judged.entails)
    return replace(finding, entailment=Entailment(entails, judged.entails))


def missing_of(statement: str, window: Window) -> tuple[Mismatch, ...]:
    """The hard facts of a statement that a window lacks; "it" may be what its article named before."""
    article = window.article
    before = article.body[: window.sentences[-1][1]]
    return lacking(statement, window.text, article.published, before)


def _may_differ(statement: str, window: Window, decided: Finding) -> bool:
    near = window.score >= _NEARLY_AS_NEAR * decided.window.score
    if window.article.id == decided.window.article.id or not near:
        return False
    kinds = {each.kind for each in missing_of(statement, window)}
    return bool(kinds) and kinds <= {"number", "day"}
