"""Proposes an answer: what is proved of the model's draft, and its short answer.

A small model refuses, or errs, where the answer is plain. So where nothing of the draft is proved, or it is
not sure to answer the question, the judge reads the nearest sentences as answers, too; the surest of all is
the answer, a sentence word for word.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from langchain_core.language_models import BaseChatModel

from qa.answer.answer_type import brings
from qa.answer.brief import brief
from qa.answer.comparison import Compared
from qa.answer.confidence import COMPUTED, SURE, Judge, Reply
from qa.answer.draft import Draft
from qa.answer.proposal import Proposal
from qa.answer.short_answer import short_answer
from qa.core.types import Citation, Claim, Hit, Step, numbered
from qa.search.sentence_ranking import Candidate, Scorer
from qa.verify.entailment import Verifier
from qa.verify.grounding import Grounded, ground
from qa.verify.hard_facts import asks_of_another
from qa.verify.parser import Parser
from qa.verify.spans import around, cite, is_order, without_dateline

_NEAREST = 4  # sentences that the judge reads; it takes about a second for each


def propose(
    question: str,
    draft: Draft,
    candidates: Sequence[Candidate],
    hits: Sequence[Hit],
    model: BaseChatModel,
    verifier: Verifier,
    judge: Judge,
    parser: Parser,
    score: Scorer,
    *,
    joins: bool,
    strict: bool,
    enough: float,
) -> Proposal:
    """The answer that could be given to a question; whether it is given, `response` decides.

    Args:
        question: standing alone.
        draft: what the model wrote.
        candidates: the sentences found, the best first.
        hits: what was found.
        model: asked for the short answer.
        verifier: judges each sentence.
        judge: says how probable it is that the quotes answer the question.
        parser: tells a sentence from a bare name.
        score: late interaction.
        joins: whether the question asks of several documents at once.
        strict: leave out the sentences that are not proved.
        enough: the confidence from which no other answer is tried.
    """
    if not draft.prompts:
        return Proposal()
    written = (
        () if draft.refuses else ground(question, draft.text, hits, score, verifier, parser, joins=joins)
    )
    written = tuple(each for each in written if not _of_another(question, each))
    best = _proposed(question, written, model, judge, strict=strict)
    if best.reaches(enough):
        return best
    read = _read(question, candidates, hits, judge)
    if read.confidence <= best.confidence:
        return best
    if not read.reaches(enough):
        return read
    picked = short_answer(question, [claim.text for claim in read.claims], model)
    return replace(read, brief=picked.text, prompts=picked.prompts)


def _proposed(
    question: str, grounded: Sequence[Grounded], model: BaseChatModel, judge: Judge, *, strict: bool
) -> Proposal:
    """What sentences propose as the answer; nothing where none is proved."""
    proved = [each for each in grounded if each.claim.support == "supported"]
    if not proved:
        return Proposal()
    picked = short_answer(question, [each.claim.text for each in proved], model)
    windows = dict.fromkeys(window.text for each in proved for window in each.windows)
    return Proposal(
        claims=tuple(each.claim for each in (proved if strict else grounded)),
        brief=picked.text,
        confidence=judge.probability(Reply("\n".join(windows), question, picked.text)),
        prompts=picked.prompts,
    )


def computed(question: str, compared: Compared, hits: Sequence[Hit]) -> Proposal:
    """The answer to a comparison whose values were found."""
    numbers = numbered(hits)
    cited: tuple[Citation, ...] = tuple(
        cite(value.found.article, *value.found.span, numbers[value.found.article.id])
        for value in compared.values
    )
    claim = Claim(compared.text, "supported", (), cited, compared.working)
    sides = zip(compared.comparison.sides, compared.values, cited, strict=True)
    steps = tuple(Step(side, value.text, (citation,)) for side, value, citation in sides)
    return Proposal((claim,), brief(question, claim.text), COMPUTED, steps)


def _read(question: str, candidates: Sequence[Candidate], hits: Sequence[Hit], judge: Judge) -> Proposal:
    """The nearest sentence that most probably is the answer, quoted as a claim; nothing if there is none."""
    numbers = numbered(hits)
    best = Proposal()
    for each in candidates[:_NEAREST]:
        article, window = each.article, around(each)
        # "When ...?" is not answered by a sentence without a day, nor for the fifth meeting by the fourth's.
        if (
            is_order(article, each.span)
            or not brings(question, each.text)
            or asks_of_another(question, window.text)
        ):
            continue
        text = " ".join(without_dateline(article, each.text).split())
        confidence = judge.probability(Reply(window.text, question, text))
        if confidence > best.confidence:
            citation = cite(article, *each.span, numbers[article.id])
            best = Proposal((Claim(text, "supported", (), (citation,)),), text, confidence)
        if best.confidence >= SURE:
            break
    return best


def _of_another(question: str, grounded: Grounded) -> bool:
    """Whether a claim is proved by a text about the fourth meeting, where the question is about the fifth."""
    return any(asks_of_another(question, window.text) for window in grounded.windows)
