"""A question for yes or no that joins statements: "Does A report X, while B reports Y?", "Do A and B say X?"

A small language model gets such a question wrong as a whole. So each statement is checked against the
library by code (see `qa.checker`), in the documents of the publisher that it names, and the model, which
reads the quote, must agree. Where words alone don't settle it, the model is asked by itself, with the
sentence that comes nearest: of a report it says well whether it tells something (MultiHop-RAG, 29 comparisons
over their gold evidence: right to 0.55 as a whole, to 0.86 statement by statement). Of the world it isn't
asked: that what was found is silent is no reason for a no.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from langchain_core.language_models import BaseChatModel

from qa import confidence, prompts
from qa.evidence import Candidate, numbered
from qa.expectation import is_polar, stated
from qa.extract import in_context
from qa.proof import cite, weigh, whole
from qa.proposal import Proposal
from qa.question import Part, Publishers
from qa.support import Bearing, GapKind, read
from qa.types import Article, Citation, Claim, Hit, Step, Verdict
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
    """A statement, the quote that it was held to, and whether the model takes that to bear it out, -1 (surely
    not) to 1 (surely); `proven` tells that its words have it so as well."""

    statement: str
    citation: Citation
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
    hits: Sequence[Hit],
    check: Callable[[str, tuple[str, ...]], Verdict],
    nearest: Callable[[Part], Sequence[Candidate]],
    model: BaseChatModel,
    *,
    probabilities: bool,
) -> tuple[Judged, ...]:
    """Each statement held to what its publisher has; none where that doesn't settle the question.

    Args:
        stated: see `statements`.
        hits: what was found.
        check: the verdict on a statement, in the documents of some publishers.
        nearest: the sentences that come nearest to a statement, the best first.
        model: asked of each statement, for a word.
        probabilities: whether its server gives log-probabilities.
    """
    numbers, articles = numbered(hits), {hit.article.id: hit.article for hit in hits}

    def says(part: Part, article: Article, span: tuple[int, int]) -> float:
        prompt = prompts.holds(part.text, [as_read(in_context(article, span))])
        return odds(prompt, model, probabilities=probabilities)

    def judged(part: Part) -> Judged | None:
        verdict = check(_told(part), part.publishers)
        quotes = {"supported": verdict.supporting, "contradicted": verdict.opposing}.get(verdict.verdict, ())
        if quotes and quotes[0].article_id in articles:
            sign = 1 if verdict.verdict == "supported" else -1
            first = replace(quotes[0], number=numbers[quotes[0].article_id])
            said = says(part, articles[first.article_id], (first.start, first.end))
            return Judged(part.text, first, said, proven=True) if said * sign > 0 else None
        if not part.publishers or verdict.verdict == "disputed":
            return None
        found = _nearest(part, nearest(part))
        if found is None:
            return None
        candidate, whole = found
        said = says(part, candidate.article, candidate.span)
        quote = cite(candidate.article, *candidate.span, numbers[candidate.article.id])
        return Judged(part.text, quote, said, proven=False) if said < 0 or (said > 0 and whole) else None

    found = [each for part in stated if (each := judged(part)) is not None]
    settled = len(found) == len(stated) or any(each.odds < 0 for each in found)
    return tuple(found) if settled else ()


def answered(judged: Sequence[Judged]) -> Proposal:
    """What judged statements answer: yes if all are borne out, no if one isn't, each shown as a step."""
    steps = tuple(_step(each) for each in judged)
    if word(judged) == "Yes":
        proven = all(each.proven for each in judged)
    else:
        proven = any(each.proven for each in judged if each.odds < 0)
    citations = tuple(dict.fromkeys(each.citation for each in judged))
    claim = Claim(f"{word(judged)}.", "supported" if proven else "partial", (), citations)
    sure = confidence.COMPARED if proven else confidence.JUDGED
    return Proposal((claim,), word(judged), sure=sure, steps=steps, prompts=(prompts.HOLDS,))


def _step(judged: Judged) -> Step:
    against = " (contradicted)" if judged.proven else " (not borne out)"
    quote = " ".join(judged.citation.quote.split())
    return Step(f"{judged.statement}{against if judged.odds < 0 else ''}", quote, (judged.citation,))


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


def _nearest(part: Part, candidates: Sequence[Candidate]) -> tuple[Candidate, bool] | None:
    """The sentence that comes nearest to a statement about a report, and whether it has all figures and days
    of the statement and its document all names; None where that has none of them."""
    claim = read(Publishers(part.publishers).removed(part.text))
    weighed = [
        (weigh(claim, claim, in_context(each.article, each.span)), each) for each in candidates[:_NEAREST]
    ]
    if not weighed:
        return None
    bearing, best = min(weighed, key=lambda each: (_lacks(each[0]), -each[0].coverage))
    known = whole(best.article).words
    named = [bool(known.intersection(name.words)) for name in claim.names]
    if named and not any(named):
        return None
    return best, all(named) and not _lacks(bearing)


def _lacks(bearing: Bearing) -> bool:
    return any(gap.kind in _HARD for gap in bearing.missing)
