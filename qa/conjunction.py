"""A question for yes or no that joins statements: "Does A report X, while B reports Y?", "Do A and B say X?"

A small language model gets such a question wrong as a whole; of one statement and the sentences that come
nearest to it, it says well whether they bear it out (MultiHop-RAG, 29 comparisons over their gold evidence:
right to 0.55 as a whole, to 0.86 statement by statement). So each is put to what the publisher that it names
has on it: yes if all are borne out, no if one is not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from langchain_core.language_models import BaseChatModel

from qa import confidence, prompts
from qa.evidence import Candidate
from qa.expectation import is_polar, stated
from qa.extract import in_context
from qa.polar import is_borne_out
from qa.proof import cite, weigh, whole
from qa.proposal import Proposal
from qa.question import Part, Publishers
from qa.support import Bearing, GapKind, read
from qa.types import Claim, Step
from qa.verification import as_read, odds

_JOINS = re.compile(
    r"\s*;\s*|,?\s+(?:while|whereas|but)\s+|,?\s+with\s+(?=one\s)|,?\s+and\s+(?=the other\s)", re.IGNORECASE
)
_ALTERNATIVE = re.compile(
    r",?\s+or\s+(?:is|are|do|does|did|was|were|has|have)\s+(?:both|neither|they|it|the)\b.*$", re.IGNORECASE
)
# What relates two sides is said by neither.
_RELATES = re.compile(
    r"\b(?:same|similar\w*|differ\w*|consistent\w*|contradict\w*|disagree\w*|agree\w*|discrepanc\w*|change[ds]?"
    r"|compared|than|before|after|between)\b",
    re.IGNORECASE,
)
_NEAREST = 2  # sentences that a statement is put to
_HARD: frozenset[GapKind] = frozenset({"number", "day"})


@dataclass(frozen=True, slots=True)
class Judged:
    """A statement, the sentence that it was held to, how far its words bear it, and whether the model takes
    it to be right by that, -1 (surely not) to 1 (surely)."""

    statement: str
    candidate: Candidate
    bearing: Bearing
    odds: float


def statements(question: str, publishers: Publishers) -> tuple[Part, ...]:
    """The statements that a question for yes or no joins, each with the publishers that it names.

    One that names several stands once for each. None where there are fewer than two, or where the question
    asks how they relate.
    """
    asked = _ALTERNATIVE.sub("?", question.strip())
    if not is_polar(asked) or _RELATES.search(asked):
        return ()
    texts = [text.strip(" ,") for text in _JOINS.split(stated(asked))]
    found = []
    for text in filter(None, texts):
        named = publishers.named(text)
        found += [Part(text, (name,)) for name in named] or [Part(text)]
    return tuple(found) if len(found) > 1 else ()


def judge(
    stated: Sequence[Part],
    nearest: Sequence[Sequence[Candidate]],
    model: BaseChatModel,
    *,
    probabilities: bool,
) -> tuple[Judged, ...]:
    """Each statement held to the sentences that come nearest.

    Those that no sentence can be held to are left out if another isn't borne out, for then the answer is no
    all the same; else nothing is judged.

    Args:
        stated: see `statements`.
        nearest: of each statement, the sentences to hold it to, the best first.
        model: asked once or twice for each statement, for a word.
        probabilities: whether its server gives log-probabilities.
    """
    found = []
    for part, candidates in zip(stated, nearest, strict=True):
        held: list[Judged] = []
        for candidate in candidates[:_NEAREST]:
            if not any(each.odds > 0 for each in held):
                held += _held(part, candidate, model, probabilities=probabilities)
        if held:
            found.append(max(held, key=lambda each: each.odds))
    settled = len(found) == len(stated) or any(each.odds < 0 for each in found)
    return tuple(found) if settled else ()


def answered(judged: Sequence[Judged], numbers: Mapping[str, int]) -> Proposal:
    """What judged statements answer: yes if all are borne out, no if one is not, with what was read of each.

    Args:
        judged: see `judge`.
        numbers: the number by which each article is cited.
    """
    answer = word(judged)
    steps = []
    for each in judged:
        article = each.candidate.article
        citation = cite(article, *each.candidate.span, numbers[article.id])
        stated = each.statement if each.odds > 0 else f"{each.statement} (not borne out)"
        steps.append(Step(stated, " ".join(citation.quote.split()), (citation,)))
    whole = answer == "Yes" and all(is_borne_out(each.bearing) for each in judged)
    citations = tuple(dict.fromkeys(citation for step in steps for citation in step.citations))
    claim = Claim(f"{answer}.", "supported" if whole else "partial", (), citations)
    margin = abs(min(each.odds for each in judged))
    sure = confidence.JUDGED + (1 - confidence.JUDGED) * margin
    return Proposal((claim,), answer, sure=sure, steps=tuple(steps), prompts=(prompts.HOLDS,))


def word(judged: Sequence[Judged]) -> str:
    """ "Yes" or "No", as the least of judged statements has it."""
    return "Yes" if min(each.odds for each in judged) > 0 else "No"


def _held(part: Part, candidate: Candidate, model: BaseChatModel, *, probabilities: bool) -> Iterator[Judged]:
    """A statement held to a sentence with those before it.

    Nothing where its document names nothing that the statement names, or where the model takes it to be right
    though the document lacks one of its names, figures or days.
    """
    run = in_context(candidate.article, candidate.span)
    claim = read(Publishers(part.publishers).removed(part.text))
    known = whole(candidate.article).words
    named = [bool(known.intersection(name.words)) for name in claim.names]
    if named and not any(named):
        return
    bearing = weigh(claim, claim, run)
    lacks = not all(named) or any(gap.kind in _HARD for gap in bearing.missing)
    said = odds(prompts.holds(part.text, [as_read(run)]), model, probabilities=probabilities)
    if said < 0 or (said > 0 and not lacks):
        yield Judged(part.text, candidate, bearing, said)
