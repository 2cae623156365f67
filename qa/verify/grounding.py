"""Grounding: finds the quote that proves each sentence of an answer, or that none does.

The language model's citations are only a hint. The verifier reads the windows that are nearest to a sentence.
A window that entails it becomes the citation, a verbatim quote at checked offsets. A sentence that no window
entails is unsupported.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from qa.core.types import Claim, Hit, numbered
from qa.search.sentence_ranking import Scorer
from qa.text.sentences import spans
from qa.verify.entailment import Pair, Verifier
from qa.verify.findings import SUPPORTED, Finding, findings, missing_of
from qa.verify.parser import Parser
from qa.verify.spans import Window, windows

_CITED = re.compile(r"(?<!\s)\s*+\[(\d{1,2})(?:\s*[,;]\s*(\d{1,2}))*\]")
_CITED_AFTER_STOP = re.compile(r"([.!?])((?:\s*\[\d{1,2}(?:\s*[,;]\s*\d{1,2})*\])+)")
_OPENER = re.compile(r"^according to (?:the )?sources?,?\s*", re.IGNORECASE)
_WINDOWS = 1  # besides the nearest one of the cited documents; each takes seconds
DRAFTED = 0.35
"""The probability from which a window proves what the model wrote with the documents before it. More of such
sentences are true than of the pairs that the verifier was fitted to, and the judge of answers checks them
again."""
_JOINED = 3  # windows that may prove an answer together, each of another document


@dataclass(frozen=True, slots=True)
class Grounded:
    """A claim, the windows that prove it, as wide as they were read, and how probable it is that they do."""

    claim: Claim
    probability: float
    windows: tuple[Window, ...] = ()


def ground(
    question: str,
    text: str,
    hits: Sequence[Hit],
    score: Scorer,
    verifier: Verifier,
    parser: Parser,
    *,
    joins: bool = False,
) -> tuple[Grounded, ...]:
    """The claims of an answer, each with its support and the quotes that prove it.

    Args:
        question: as it was understood, standing alone.
        text: what the language model wrote, with its `[n]`.
        hits: what was found; `n` numbers their articles (see `types.numbered`).
        score: late interaction.
        verifier: judges each sentence.
        parser: tells a sentence from a bare name.
        joins: whether the question asks of several documents at once, so that they may prove it together.
    """
    return tuple(
        _grounded(sentence, _in_full(question, sentence, parser), cited, hits, score, verifier, joins)
        for sentence, cited in sentences_cited(text)
    )


def sentences_cited(text: str) -> list[tuple[str, frozenset[int]]]:
    """An answer's sentences without their `[n]`, and the numbers of each."""
    found: list[tuple[str, frozenset[int]]] = []
    # A citation after the full stop belongs to the sentence before it.
    joined = _CITED_AFTER_STOP.sub(r"\2\1", text)
    for start, end in spans(joined):
        sentence = joined[start:end]
        cited = frozenset(int(n) for mark in _CITED.finditer(sentence) for n in re.findall(r"\d+", mark[0]))
        bare = _CITED.sub("", sentence).strip()
        if re.search(r"\w", bare):
            found.append((bare, cited))
    return found


def _grounded(
    sentence: str,
    statement: str,
    cited: frozenset[int],
    hits: Sequence[Hit],
    score: Scorer,
    verifier: Verifier,
    joins: bool,
) -> Grounded:
    numbers = numbered(hits)
    first = [hit for hit in hits if numbers[hit.article.id] in cited]
    tried = findings(statement, first, score, verifier, limit=1) if first else ()
    if not any(map(_proves, tried)):
        tried += findings(statement, hits, score, verifier, limit=_WINDOWS)
    best = max(tried, key=lambda each: (_proves(each), each.entailment.entails), default=None)
    if best is None:
        return Grounded(Claim(sentence, "unsupported"), 0.0)
    if _proves(best):
        claim = Claim(sentence, "supported", (), (best.cite(numbers[best.window.article.id]),))
        return Grounded(claim, best.entailment.entails, (best.context,))
    together = _together(statement, sentence, hits, score, verifier) if joins else None
    missing = tuple(each.text for each in best.missing)
    return together or Grounded(Claim(sentence, "unsupported", missing), best.entailment.entails)


def _proves(finding: Finding) -> bool:
    """Whether a window proves a sentence of an answer."""
    judged = finding.entailment
    drafted = judged.entails >= DRAFTED and judged.entails > judged.contradicts and not finding.missing
    return finding.stance == "for" or drafted


def _in_full(question: str, sentence: str, parser: Parser) -> str:
    """A sentence of an answer as a statement: an answer without a verb stands with its question."""
    return _OPENER.sub("", sentence) if parser.states(sentence) else f"{question.strip()} {sentence}"


def _together(
    statement: str, sentence: str, hits: Sequence[Hit], score: Scorer, verifier: Verifier
) -> Grounded | None:
    """The nearest window of each of several documents, read as one text: each may tell a part."""
    numbers = numbered(hits)
    nearest = {each.article.id: each for each in reversed(windows(statement, hits, score, 2 * _JOINED))}
    chosen = sorted(nearest.values(), key=lambda each: -each.score)[:_JOINED]
    if len(chosen) < 2 or set.intersection(*(set(missing_of(statement, each)) for each in chosen)):
        return None
    (entailment,) = verifier.judge([Pair("\n\n".join(each.text for each in chosen), statement)])
    if entailment.entails < max(SUPPORTED, entailment.contradicts):
        return None
    citations = tuple(each.cite(statement, numbers[each.article.id]) for each in chosen)
    return Grounded(Claim(sentence, "supported", (), citations), entailment.entails, tuple(chosen))
