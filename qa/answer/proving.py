"""From what the model wrote to what could be answered: held to proof, and in its fewest words.

A small model refuses, or errs in its wording, where the answer is plain. So where nothing that it wrote is
proved it is asked once more, for the sentence of its sources that comes nearest to an answer; that is held to
the same proof.
"""

from __future__ import annotations

from collections.abc import Sequence

from langchain_core.language_models import BaseChatModel

from qa.answer import confidence, prompts
from qa.answer.answering import signals
from qa.answer.brief import brief
from qa.answer.comparison import Compared
from qa.answer.draft import Draft
from qa.answer.evidence import Evidence
from qa.answer.proposal import Proposal
from qa.answer.short_answer import short_answer
from qa.core.types import Citation, Claim, Hit, Step, numbered
from qa.search.sentence_ranking import Scorer
from qa.verify.entailment import Verifier
from qa.verify.grounding import Grounded, ground
from qa.verify.spans import cite


def prove(
    question: str,
    draft: Draft,
    evidence: Sequence[Evidence],
    hits: Sequence[Hit],
    model: BaseChatModel,
    verifier: Verifier,
    score: Scorer,
    *,
    joins: bool,
    strict: bool,
    probabilities: bool,
) -> Proposal:
    """The answer that could be given to a question.

    Args:
        question: standing alone.
        draft: what the model wrote.
        evidence: what it read.
        hits: what was found.
        model: asked again where its draft isn't proved, and for the short answer.
        verifier: judges each sentence.
        score: late interaction.
        joins: whether the question asks of several documents at once.
        strict: leave out sentences that nothing proves.
        probabilities: whether the model's server gives log-probabilities.
    """
    if not draft.prompts:
        return Proposal()
    grounded = ground(question, draft.text, hits, score, verifier, joins=joins) if not draft.refuses else ()
    asked: tuple[str, ...] = ()
    if not _proved(grounded):
        prompt = prompts.nearest(question, evidence)
        copied = Draft(str(model.invoke(list(prompt.messages)).text), (prompt.name,))
        asked = copied.prompts
        if not copied.refuses:
            grounded = ground(question, copied.text, hits, score, verifier) or grounded
    proved = _proved(grounded)
    if not proved:
        return Proposal(prompts=asked)
    shown = proved if strict else grounded
    picked = short_answer(question, [each.claim.text for each in proved], model)
    told, verified = signals(
        question, picked.text, proved, model, copied=bool(asked), probabilities=probabilities
    )
    return Proposal(
        claims=tuple(each.claim for each in shown),
        brief=picked.text,
        confidence=confidence.estimate(told),
        prompts=asked + picked.prompts + verified,
        signals=told,
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
    return Proposal((claim,), brief(question, claim.text), confidence.COMPUTED, steps)


def _proved(grounded: Sequence[Grounded]) -> tuple[Grounded, ...]:
    return tuple(each for each in grounded if each.claim.support == "supported")
