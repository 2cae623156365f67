"""What could be answered: the proven sentences of the draft, a comparison's values, or a quoted sentence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from qa import polar
from qa.brief import brief
from qa.comparison import Compared
from qa.confidence import COMPUTED
from qa.corroboration import corroborate
from qa.draft import Draft
from qa.evidence import Candidate, numbered
from qa.expectation import asks_twice, counts_the_same, delivered, expected, is_polar
from qa.extract import extract
from qa.grounding import ground, sentences_cited
from qa.proof import cite
from qa.stems import content
from qa.types import Citation, Claim, Hit, Retrieval, Step, Support


@dataclass(frozen=True, slots=True)
class Proposal:
    """An answer before it is decided whether to give it; no claims when there is none to give.

    `brief` is the answer in its fewest words; `extracted` tells that it quotes a sentence, as the model wrote
    nothing that holds. `sure` is its confidence where how it was found tells that already. `unproved`
    is, where an answer was proved part by part, how many parts have no proof. `insisted` tells that the model
    wrote it only when asked once more; `prompts` names what it was asked.
    """

    claims: tuple[Claim, ...] = ()
    brief: str = ""
    extracted: bool = False
    sure: float | None = None
    steps: tuple[Step, ...] = ()
    unproved: int | None = None
    insisted: bool = False
    prompts: tuple[str, ...] = ()

    @property
    def citations(self) -> tuple[Citation, ...]:
        return tuple(citation for claim in self.claims for citation in claim.citations)


def propose(
    question: str,
    draft: Draft,
    retrieval: Retrieval,
    candidates: Sequence[Candidate],
    compared: Compared | None = None,
    *,
    strict: bool = True,
) -> Proposal:
    """The answer that could be given to a question.

    Args:
        question: standing alone.
        draft: what the model wrote.
        retrieval: what was found.
        candidates: the sentences found, the best first.
        compared: the values of a comparison; they are the answer then.
        strict: leave out sentences that nothing bears.
    """
    numbers = numbered(retrieval.hits)
    if compared is not None:
        claim = Claim(compared.text, "supported", (), _cited(compared, numbers), compared.working)
        return Proposal((claim,), brief(question, claim.text), sure=COMPUTED, steps=_steps(compared, numbers))
    claims = () if draft.refuses else _proven(question, draft, retrieval.hits, strict=strict)
    if not claims or _is_bare(question, claims):
        corroborated = _corroborated(question, draft, candidates, numbers)
        if corroborated is not None:
            return corroborated
    if claims:
        return Proposal(claims, brief(question, claims[0].text))
    sentence = extract(question, candidates, numbers, retrieval.timeframe)
    if sentence is None:
        return Proposal()
    return Proposal((sentence,), brief(question, sentence.text), extracted=True)


def _proven(question: str, draft: Draft, hits: Sequence[Hit], *, strict: bool) -> tuple[Claim, ...]:
    """The draft's sentences to show, if they answer the question at all."""
    sentences = " ".join(sentence for sentence, _ in sentences_cited(draft.text))
    word = polar.said(sentences) if is_polar(question) else None
    if word is not None:
        claims: tuple[Claim, ...] = (polar.prove(question, word, hits, numbered(hits)),)
    else:
        claims = ground(question, draft.text, hits)
    shown = tuple(claim for claim in claims if claim.support != "unsupported" or not strict)
    proven = [claim.text for claim in shown if claim.support != "unsupported"]
    quoted = "\n".join(f"{each.title}\n{each.quote}" for claim in shown for each in claim.citations)
    answers = bool(proven) and delivered(question, proven) and counts_the_same(question, quoted)
    return shown if answers else ()


def _is_bare(question: str, claims: Sequence[Claim]) -> bool:
    """Whether claims say no more than a name, as "The player is Ann Fox." does."""
    said = frozenset[str]().union(*(content(claim.text) for claim in claims))
    return said - content(question) <= content(brief(question, claims[0].text))


def _corroborated(
    question: str, draft: Draft, candidates: Sequence[Candidate], numbers: Mapping[str, int]
) -> Proposal | None:
    """The name that a draft gives, where no one passage bears its sentence but several documents do."""
    sentences = sentences_cited(draft.text)
    if draft.refuses or not sentences or not _asks_for_one_name(question):
        return None
    found = corroborate(question, brief(question, sentences[0][0]), candidates, numbers)
    if found is None:
        return None
    citations = tuple(dict.fromkeys(citation for step in found.steps for citation in step.citations))
    support: Support = "partial" if found.unproved else "supported"
    claim = Claim(f"{found.name}.", support, (), citations)
    return Proposal((claim,), found.name, steps=found.steps, unproved=found.unproved)


def _asks_for_one_name(question: str) -> bool:
    open_ended = not is_polar(question) and expected(question) in ("name", "any")
    return open_ended and not asks_twice(question)


def _cited(compared: Compared, numbers: Mapping[str, int]) -> tuple[Citation, ...]:
    return tuple(
        cite(value.found.article, *value.found.span, numbers[value.found.article.id])
        for value in compared.values
    )


def _steps(compared: Compared, numbers: Mapping[str, int]) -> tuple[Step, ...]:
    sides = zip(compared.comparison.sides, compared.values, _cited(compared, numbers), strict=True)
    return tuple(Step(side, value.text, (citation,)) for side, value, citation in sides)
