"""The chain: a question, its search, its evidence, the words of the answer, the proven answer.

A LangChain runnable. Streamed, it gives each of these as soon as it is there: the sources
come before the first word, and the words as the model writes them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, zip_longest
from typing import Any, NotRequired, TypedDict

from langchain_core.language_models import BaseChatModel
from langchain_core.output_parsers import StrOutputParser
from langchain_core.runnables import Runnable, RunnableLambda, RunnablePassthrough

from qa import comparison, judgement, prompts
from qa.advice import unknown_names
from qa.basis import behind
from qa.checker import check
from qa.comparison import Compared
from qa.conjunction import Statement, statements
from qa.conversation import standalone
from qa.disagreement import disagreements
from qa.draft import Draft
from qa.evidence import Candidate, Evidence, ranked, select
from qa.judgement import Judged
from qa.llm import tells_probabilities
from qa.premise import premise
from qa.proposal import Proposal
from qa.proving import prove as prove_draft
from qa.question import without_publishers
from qa.response import respond
from qa.retriever import HybridRetriever
from qa.settings import Settings
from qa.signals import contexts, signals
from qa.types import Answer, Claim, Filters, Hit, Retrieval, Turn, Verdict
from qa.verification import verify


class Asked(TypedDict):
    """What goes in. `today` is the day from which "last month" counts; None is the clock's."""

    question: str
    history: Sequence[Turn]
    filters: Filters
    today: NotRequired[dt.date | None]


@dataclass(frozen=True, slots=True)
class Found:
    """The sentences found for a question, the best first; of a comparison, the values of its sides; of a
    question that joins statements, each of them judged."""

    candidates: tuple[Candidate, ...]
    compared: Compared | None = None
    judged: tuple[Judged, ...] = ()


def build_chain(
    settings: Settings, retriever: HybridRetriever, model: BaseChatModel
) -> Runnable[dict[str, Any], dict[str, Any]]:
    """The whole way of a question.

    The input is an `Asked`; the output adds `standalone` (str), `retrieval` (Retrieval), `found` (Found),
    `evidence` (tuple of Evidence), `draft` (Draft, as the model wrote it), `proposal` (Proposal, what of
    it is proven) and `answer` (Answer).
    """
    probabilities = tells_probabilities(settings)

    def understand(asked: dict[str, Any]) -> str:
        return standalone(asked["question"], asked["history"], model)

    def retrieve(asked: dict[str, Any]) -> Retrieval:
        question = asked["standalone"]
        found = search(question, asked)
        compares = comparison.parse(question)
        if compares is None:
            return found
        sides = [search(query, asked) for query in compares.queries]
        hits = _interleaved([*(side.hits for side in sides), found.hits])
        return replace(found, hits=hits, ms=found.ms + sum(side.ms for side in sides))

    def search(query: str, asked: dict[str, Any]) -> Retrieval:
        return retriever.search(query, filters=asked["filters"], k=settings.k, today=asked.get("today"))

    def read(asked: dict[str, Any]) -> Found:
        question, hits = asked["standalone"], asked["retrieval"].hits
        candidates = ranked(question, hits, score)
        compares = comparison.parse(question)
        if compares is None:
            return Found(candidates, judged=judge(asked))
        return Found(
            candidates, comparison.compare(compares, [ranked(side, hits, score) for side in compares.queries])
        )

    def judge(asked: dict[str, Any]) -> tuple[Judged, ...]:
        hits, filters = asked["retrieval"].hits, asked["filters"]
        stated = statements(asked["standalone"], retriever.publishers())

        def checked(each: Statement) -> Verdict:
            theirs = replace(filters, publishers=(each.publisher,)) if each.publisher else filters
            return check(each.told, retriever, theirs, asked.get("today"))

        def nearest(each: Statement) -> tuple[Candidate, ...]:
            theirs = [hit for hit in hits if hit.article.publisher == each.publisher]
            return ranked(without_publishers(each.text, (each.publisher,)), theirs, score) if theirs else ()

        return judgement.judge(stated, hits, checked, nearest, model, probabilities=probabilities)

    def score(question: str, sentences: Sequence[str]) -> list[float]:
        scores = retriever.late.score(question, {str(i): text for i, text in enumerate(sentences)})
        return [scores[str(i)] for i in range(len(sentences))]

    def choose(asked: dict[str, Any]) -> tuple[Evidence, ...]:
        return select(asked["found"].candidates, asked["retrieval"].hits)

    def write(asked: dict[str, Any]) -> Iterator[Draft]:
        question, evidence, found = asked["standalone"], asked["evidence"], asked["found"]
        if found.compared is not None:
            yield Draft(found.compared.text)
        elif found.judged:
            yield Draft(judgement.word(found.judged))
        elif not evidence or unknown_names(question, asked["retrieval"]):
            yield Draft()
        else:
            prompt = prompts.answer(question, evidence)
            yield Draft(prompts=(prompt.name,))
            words = (model | StrOutputParser()).stream(list(prompt.messages))
            yield from _unless_refusal(Draft(word) for word in words)

    def prove(asked: dict[str, Any]) -> Proposal:
        found = asked["found"]
        if found.judged:
            return judgement.answered(found.judged)
        return prove_draft(
            asked["standalone"],
            asked["draft"],
            asked["evidence"],
            asked["retrieval"],
            found.candidates,
            found.compared,
            model,
            strict=settings.strict,
        )

    def decide(asked: dict[str, Any]) -> Answer:
        retrieval, candidates, proposal = asked["retrieval"], asked["found"].candidates, asked["proposal"]
        asked_with, measured = asked["draft"].prompts + proposal.prompts, dict[str, float]()
        if proposal.citations and proposal.sure is None:
            runs = contexts(proposal, retrieval.hits)
            verified = verify(
                asked["standalone"],
                proposal.brief,
                runs,
                model,
                probabilities=probabilities,
            )
            measured = signals(asked["standalone"], proposal, runs, candidates, verified)
            asked_with += verified.prompts
        decided = respond(
            asked["question"],
            asked["standalone"],
            proposal,
            retrieval,
            settings,
            signals=measured,
            candidates=candidates,
            corrections=corrections(asked),
            asked_with=asked_with,
        )
        differing = disagreements(asked["standalone"], decided.claims, retrieval.hits)
        decided = replace(decided, disagreements=differing)
        return behind(decided, retrieval, retriever.library, retriever.lexical)

    def corrections(asked: dict[str, Any]) -> tuple[Claim, ...]:
        presumed = premise(asked["standalone"])
        if presumed is None:
            return ()
        verdict = check(presumed, retriever, asked["filters"], asked.get("today"))
        if verdict.verdict != "contradicted":
            return ()
        return tuple(Claim(each.quote, "supported", (), (each,)) for each in verdict.opposing)

    return (
        RunnablePassthrough.assign(standalone=RunnableLambda(understand))
        | RunnablePassthrough.assign(retrieval=RunnableLambda(retrieve))
        | RunnablePassthrough.assign(found=RunnableLambda(read))
        | RunnablePassthrough.assign(evidence=RunnableLambda(choose))
        | RunnablePassthrough.assign(draft=RunnableLambda(write))
        | RunnablePassthrough.assign(proposal=RunnableLambda(prove))
        | RunnablePassthrough.assign(answer=RunnableLambda(decide))
    )


def _unless_refusal(drafts: Iterator[Draft]) -> Iterator[Draft]:
    """Passes words on; what may yet be the refusal is held back until it is sure to be none, or the end."""
    held, passed = Draft(), False
    for each in drafts:
        held += each
        passed = passed or not prompts.REFUSAL.startswith(held.text.strip())
        if passed:
            yield held
            held = Draft()
    yield held


def _interleaved(found: Sequence[Sequence[Hit]]) -> tuple[Hit, ...]:
    """Hits of several searches in turn, each passage once, ranked anew."""
    in_turn = (hit for hit in chain.from_iterable(zip_longest(*found)) if hit is not None)
    distinct = {hit.passage.id: hit for hit in reversed(list(in_turn))}
    return tuple(replace(hit, rank=rank) for rank, hit in enumerate(reversed(distinct.values()), start=1))
