"""From a draft to what could be answered: held to proof, asked for once more, in its fewest words.

A small model refuses, or errs in its wording, where the answer is plain. So where nothing that it wrote
holds it is asked again, without the way out of refusing; if that doesn't hold either but its answer stands
word for word in a sentence that it read, the sentence is quoted. Whether to give any of it is decided after.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from langchain_core.language_models import BaseChatModel

from qa import prompts
from qa.comparison import Compared
from qa.draft import Draft
from qa.evidence import Candidate, Evidence, numbered
from qa.expectation import is_polar
from qa.extract import extract
from qa.grounding import sentences_cited
from qa.proposal import Proposal, propose
from qa.short_answer import short_answer
from qa.types import Retrieval


def prove(
    question: str,
    draft: Draft,
    evidence: Sequence[Evidence],
    retrieval: Retrieval,
    candidates: Sequence[Candidate],
    compared: Compared | None,
    model: BaseChatModel,
    *,
    strict: bool,
) -> Proposal:
    """The answer that could be given to a question; see `qa.proposal.propose` for what goes in.

    Args:
        evidence: what the model read.
        model: asked again where its draft doesn't hold, and for the short answer.
    """
    first = propose(question, draft, retrieval, candidates, compared, strict=strict)
    if not draft.prompts or (first.claims and not first.extracted):
        return _in_short(question, first, model)
    prompt = prompts.again(question, evidence)
    redraft = Draft(str(model.invoke(list(prompt.messages)).text), (prompt.name,))
    second = propose(question, redraft, retrieval, candidates, strict=strict)
    if second.claims and not second.extracted:
        chosen = _in_short(question, replace(second, insisted=True), model)
    else:
        chosen = _quoted(question, redraft, retrieval, candidates, model) or _in_short(question, first, model)
    return replace(chosen, prompts=redraft.prompts + chosen.prompts)


def _quoted(
    question: str, redraft: Draft, retrieval: Retrieval, candidates: Sequence[Candidate], model: BaseChatModel
) -> Proposal | None:
    """The sentence that has, word for word, the answer of a draft which doesn't hold in its own words."""
    sentences = sentences_cited(redraft.text)
    if redraft.refuses or not sentences or is_polar(question):
        return None
    picked = short_answer(question, [sentence for sentence, _ in sentences], model)
    claim = extract(question, candidates, numbered(retrieval.hits), retrieval.timeframe, holding=picked.text)
    if claim is None:
        return None
    return Proposal((claim,), picked.text, extracted=True, insisted=True, prompts=picked.prompts)


def _in_short(question: str, proposal: Proposal, model: BaseChatModel) -> Proposal:
    """A proposal with the words that answer; what was computed, a name, a yes or no are short already."""
    if not proposal.claims or proposal.steps or is_polar(question):
        return proposal
    picked = short_answer(question, [claim.text for claim in proposal.claims], model)
    return replace(proposal, brief=picked.text, prompts=picked.prompts)
