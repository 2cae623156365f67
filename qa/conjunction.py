"""A question for yes or no that joins statements: "Does A report X, while B reports Y?", "Do A and B say X?"

A small language model gets such a question wrong as a whole. So each statement is checked against the
library by code (see `qa.checker`), in the documents of the publisher that it names. Where their words alone
don't settle it, the model is asked, with the sentence that comes nearest: of a report it says well whether it
tells something (MultiHop-RAG, 29 comparisons over their gold evidence: right to 0.55 as a whole, to 0.86
statement by statement). Of the world it doesn't: silence of what was found is no reason for a no.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from langchain_core.language_models import BaseChatModel

from qa import confidence, prompts
from qa.evidence import Candidate
from qa.expectation import is_polar, stated
from qa.extract import in_context
from qa.proof import cite, weigh, whole
from qa.proposal import Proposal
from qa.question import Part, Publishers
from qa.support import Bearing, GapKind, read
from qa.types import Citation, Claim, Step, Verdict
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
_ORDINAL = r"the\s(?:first|second|third|fifth|last|\w+th)"
_VERB = r"(?:is|was|are|were|did|does|has|had|have|will|would|took|take|came|began)\b"
# "The fourth meeting was in Islamabad, while the third was in Beijing": the third meeting.
_NUMBERED = re.compile(rf"\b{_ORDINAL}\s(?!{_VERB})(?P<noun>[a-z]+)", re.IGNORECASE)
_NUMBER_ALONE = re.compile(rf"^(?P<ordinal>{_ORDINAL})\s(?={_VERB})", re.IGNORECASE)
_ELLIPTIC = re.compile(
    rf"^(?:{_ORDINAL}|it|they|he|she|this|that|these|those|one|the\s(?:former|latter|others?))\s{_VERB}",
    re.IGNORECASE,
)
_REPORTS = re.compile(
    r"^.{0,80}?\b(?:say|state|report|claim|suggest|indicate|mention|write|note|find|argue)(?:s|d|ed)?\s(?:that\s)?",
    re.IGNORECASE,
)
_NEAREST = 6  # sentences from which the one that a statement is held to is taken
_HARD: frozenset[GapKind] = frozenset({"number", "day", "instance", "role"})


@dataclass(frozen=True, slots=True)
class Judged:
    """A statement, the quotes that it was held to, and whether they bear it out, -1 (surely not) to 1.

    `proven` tells that it is so word by word; else it is as the model takes it.
    """

    statement: str
    citations: tuple[Citation, ...]
    odds: float
    proven: bool


def statements(question: str, publishers: Publishers) -> tuple[Part, ...]:
    """The statements that a question for yes or no joins, each with the publisher that it names.

    One that names several stands once for each. None where there are fewer than two, where one leaves to
    another what it is about, or where the question asks how they relate.
    """
    asked = _ALTERNATIVE.sub("?", question.strip())
    if not is_polar(asked) or _RELATES.search(asked):
        return ()
    found: list[Part] = []
    for text in (each.strip(" ,") for each in _JOINS.split(stated(asked))):
        if found and (numbered := _NUMBERED.search(found[-1].text)):
            text = _NUMBER_ALONE.sub(rf"\g<ordinal> {numbered['noun']} ", text)
        if _ELLIPTIC.match(text):
            return ()
        named = publishers.named(text)
        found += [Part(text, (name,)) for name in named] or [Part(text)] * bool(text)
    return tuple(found) if len(found) > 1 else ()


def judge(
    stated: Sequence[Part],
    numbers: Mapping[str, int],
    check: Callable[[str, tuple[str, ...]], Verdict],
    nearest: Callable[[Part], Sequence[Candidate]],
    model: BaseChatModel,
    *,
    probabilities: bool,
) -> tuple[Judged, ...]:
    """Each statement held to what its publisher has; none where that doesn't settle the question.

    Args:
        stated: see `statements`.
        numbers: the number of each article found.
        check: the verdict on a statement, in the documents of some publishers.
        nearest: the sentences that come nearest to a statement, the best first.
        model: asked of the statements that the check doesn't find.
        probabilities: whether its server gives log-probabilities.
    """
    found: list[Judged] = []
    for part in stated:
        verdict = check(_told(part), part.publishers)
        for ruling, quotes, sign in (
            ("supported", verdict.supporting, 1.0),
            ("contradicted", verdict.opposing, -1.0),
        ):
            if verdict.verdict == ruling and all(each.article_id in numbers for each in quotes):
                numbered = tuple(replace(each, number=numbers[each.article_id]) for each in quotes)
                found.append(Judged(part.text, numbered, sign, proven=True))
                break
        else:
            if part.publishers and verdict.verdict != "disputed":
                found += _read(part, nearest(part)[:_NEAREST], numbers, model, probabilities=probabilities)
    settled = len(found) == len(stated) or any(each.odds < 0 for each in found)
    return tuple(found) if settled else ()


def answered(judged: Sequence[Judged]) -> Proposal:
    """What judged statements answer: yes if all are borne out, no if one isn't, each shown as a step."""
    steps = tuple(_step(each) for each in judged)
    if word(judged) == "Yes":
        proven = all(each.proven for each in judged)
    else:
        proven = any(each.proven for each in judged if each.odds < 0)
    citations = tuple(dict.fromkeys(citation for step in steps for citation in step.citations))
    claim = Claim(f"{word(judged)}.", "supported" if proven else "partial", (), citations)
    return Proposal(
        (claim,),
        word(judged),
        sure=confidence.COMPARED if proven else confidence.JUDGED,
        steps=steps,
        prompts=() if all(each.proven for each in judged) else (prompts.HOLDS,),
    )


def _step(judged: Judged) -> Step:
    said = " ".join(" ".join(each.quote.split()) for each in judged.citations)
    against = " (contradicted)" if judged.proven else " (not borne out)"
    return Step(f"{judged.statement}{against if judged.odds < 0 else ''}", said, judged.citations)


def word(judged: Sequence[Judged]) -> str:
    """ "Yes" or "No", as the least of judged statements has it."""
    return "Yes" if min(each.odds for each in judged) > 0 else "No"


def _told(part: Part) -> str:
    """What a statement says that its publisher says."""
    if not part.publishers:
        return part.text
    lead = _REPORTS.match(part.text)
    names = Publishers(part.publishers)
    told = part.text[lead.end() :] if lead and names.named(lead[0]) else names.removed(part.text)
    return told.strip(" '\"")


def _read(
    part: Part,
    candidates: Sequence[Candidate],
    numbers: Mapping[str, int],
    model: BaseChatModel,
    *,
    probabilities: bool,
) -> Iterator[Judged]:
    """A statement about a report held by the model to the sentence that comes nearest.

    Nothing where its document names nothing that the statement names, or where the model takes it to be right
    though the document lacks one of its names, or the sentence a figure or day.
    """
    claim = read(Publishers(part.publishers).removed(part.text))
    weighed = [(weigh(claim, claim, in_context(each.article, each.span)), each) for each in candidates]
    if not weighed:
        return
    bearing, best = min(weighed, key=lambda each: (_lacks(each[0]), -each[0].coverage))
    known = whole(best.article).words
    named = [bool(known.intersection(name.words)) for name in claim.names]
    if named and not any(named):
        return
    text = as_read(in_context(best.article, best.span))
    said = odds(prompts.holds(part.text, [text]), model, probabilities=probabilities)
    if said < 0 or (said > 0 and all(named) and not _lacks(bearing)):
        quote = cite(best.article, *best.span, numbers[best.article.id])
        yield Judged(part.text, (quote,), said, proven=False)


def _lacks(bearing: Bearing) -> bool:
    return any(gap.kind in _HARD for gap in bearing.missing)
