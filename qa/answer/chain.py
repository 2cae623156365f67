"""The chain: a question, its search, its evidence, the words of the answer, the proven answer.

A LangChain runnable. Streamed, it gives each of these as soon as it is there: the sources
come before the first word, and the words as the model writes them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, zip_longest
from typing import Any, NotRequired, TypedDict, TypeVar

from langchain_core.language_models import BaseChatModel
from langchain_core.output_parsers import StrOutputParser
from langchain_core.runnables import Runnable, RunnableLambda, RunnablePassthrough

from qa.answer import comparison, prompts
from qa.answer.answer_type import brings, is_polar
from qa.answer.comparison import Compared, Comparison
from qa.answer.confidence import Judge
from qa.answer.conversation import standalone
from qa.answer.declarative import declarative
from qa.answer.draft import Draft
from qa.answer.evidence import Evidence, select
from qa.answer.proposal import Proposal
from qa.answer.propose import computed, propose
from qa.answer.provenance import with_provenance
from qa.answer.response import respond
from qa.answer.yes_or_no import yes_or_no
from qa.core.settings import Settings
from qa.core.types import Answer, Claim, Filters, Hit, Retrieval, Turn
from qa.models.llm import spoken
from qa.search.parts import parts
from qa.search.retriever import HybridRetriever
from qa.search.sentence_ranking import Candidate, ranked
from qa.verify.check import check
from qa.verify.disagreement import disagreements
from qa.verify.entailment import Verifier
from qa.verify.parser import Parser
from qa.verify.premise import premise

T = TypeVar("T")


class Asked(TypedDict):
    """What goes in. `today` is the day from which "last month" counts; None is the clock's."""

    question: str
    history: Sequence[Turn]
    filters: Filters
    today: NotRequired[dt.date | None]


class State(Asked):
    """What the steps add, in their order; `answer` comes out."""

    standalone: str
    compares: Comparison | None
    retrieval: Retrieval
    found: Found
    evidence: tuple[Evidence, ...]
    draft: Draft
    proposal: Proposal
    answer: Answer


@dataclass(frozen=True, slots=True)
class Found:
    """The sentences found for a question, the best first; of a comparison, the values of its sides."""

    candidates: tuple[Candidate, ...]
    compared: Compared | None = None


def build_chain(
    settings: Settings,
    retriever: HybridRetriever,
    model: BaseChatModel,
    verifier: Verifier,
    judge: Judge,
    parser: Parser,
) -> Runnable[dict[str, Any], dict[str, Any]]:
    """The whole way of a question: an `Asked` goes in, a `State` comes out.

    Args:
        settings: how many passages are read, and how sure an answer must be.
        retriever: searches the library.
        model: writes, and rewrites what leans on a conversation.
        verifier: judges what proves what.
        judge: judges whether a proved answer is the answer.
        parser: reads the grammar of questions.
    """
    steps = Steps(settings, retriever, model, verifier, judge, parser)
    return (
        RunnablePassthrough.assign(standalone=_runnable(steps.understand))
        | RunnablePassthrough.assign(compares=_runnable(steps.recognise))
        | RunnablePassthrough.assign(retrieval=_runnable(steps.retrieve))
        | RunnablePassthrough.assign(found=_runnable(steps.read))
        | RunnablePassthrough.assign(evidence=_runnable(steps.choose))
        | RunnablePassthrough.assign(draft=_runnable(steps.write))
        | RunnablePassthrough.assign(proposal=_runnable(steps.prove))
        | RunnablePassthrough.assign(answer=_runnable(steps.decide))
    )


@dataclass(frozen=True, slots=True)
class Steps:
    """The steps of the chain, each from the state before it to what it adds."""

    settings: Settings
    retriever: HybridRetriever
    model: BaseChatModel
    verifier: Verifier
    judge: Judge
    parser: Parser

    def understand(self, state: State) -> str:
        """The question standing alone."""
        return standalone(state["question"], state["history"], self.model)

    def recognise(self, state: State) -> Comparison | None:
        """What the question compares; None where it compares nothing."""
        return comparison.parse(state["standalone"])

    def retrieve(self, state: State) -> Retrieval:
        """The hits; of a comparison, those of each side in turn."""
        found, compares = self._search(state["standalone"], state), state["compares"]
        if compares is None:
            return found
        sides = [self._search(query, state) for query in compares.queries]
        hits = _interleaved([*(side.hits for side in sides), found.hits])
        return replace(found, hits=hits, ms=found.ms + sum(side.ms for side in sides))

    def read(self, state: State) -> Found:
        """The hits' sentences that bear on the question; of a comparison, its values."""
        question, hits, compares = state["standalone"], state["retrieval"].hits, state["compares"]
        compared = self._compared(compares, hits) if compares else None
        return Found(self._ranked(question, hits), compared)

    def choose(self, state: State) -> tuple[Evidence, ...]:
        """What the model gets to read."""
        return select(state["found"].candidates, state["retrieval"].hits)

    def write(self, state: State) -> Iterator[Draft]:
        """The model's answer, streamed; nothing where code or the verifier answers."""
        found, question = state["found"], state["standalone"]
        if found.compared is not None:
            yield Draft(found.compared.text)
        elif not state["evidence"] or is_polar(question):
            yield Draft()
        else:
            prompt = prompts.answer(question, state["evidence"])
            yield Draft(prompts=(prompt.name,))
            words = (self.model | StrOutputParser()).stream(list(prompt.messages))
            yield from _unless_refusal(Draft(word) for word in spoken(words, self.settings))

    def prove(self, state: State) -> Proposal:
        """What of it is proved, or what else answers."""
        question, found, hits = state["standalone"], state["found"], state["retrieval"].hits
        publishers, score = self.retriever.publishers(), self.retriever.sentence_scores
        if found.compared is not None:
            return computed(question, found.compared, hits)
        if is_polar(question):
            return yes_or_no(question, hits, publishers, score, self.verifier, self.parser)
        return propose(
            question,
            state["draft"],
            found.candidates,
            hits,
            self.model,
            self.verifier,
            self.judge,
            self.parser,
            score,
            joins=bool(parts(question, publishers)),
            strict=self.settings.strict,
            enough=self.settings.caution,
        )

    def decide(self, state: State) -> Answer:
        """The answer that leaves, with what stands behind it."""
        question, retrieval = state["standalone"], state["retrieval"]
        decided = respond(
            state["question"],
            question,
            state["proposal"],
            retrieval,
            self.settings,
            candidates=state["found"].candidates,
            corrections=self._corrections(state),
            asked_with=state["draft"].prompts + state["proposal"].prompts,
        )
        score = self.retriever.sentence_scores
        differing = disagreements(question, decided.claims, retrieval.hits, score, self.verifier)
        decided = replace(decided, disagreements=differing)
        return with_provenance(decided, retrieval, self.retriever.library, self.retriever.lexical)

    def _search(self, query: str, state: State) -> Retrieval:
        settings = self.settings
        return self.retriever.search(query, filters=state["filters"], k=settings.k, today=state.get("today"))

    def _ranked(self, query: str, hits: Sequence[Hit]) -> tuple[Candidate, ...]:
        score = self.retriever.sentence_scores
        return ranked(query, hits, score, preferred=lambda sentence: brings(query, sentence))

    def _compared(self, compares: Comparison, hits: Sequence[Hit]) -> Compared | None:
        return comparison.compare(compares, [self._ranked(side, hits) for side in compares.queries])

    def _corrections(self, state: State) -> tuple[Claim, ...]:
        """What the library has against what the question takes for granted.

        Where an answer is given, that shows that it was granted rightly: of cpec's eight questions with a
        false premise none has an answer above 0.4.
        """
        presumed = premise(state["standalone"])
        if presumed is None or state["proposal"].reaches(self.settings.caution):
            return ()
        stated = declarative(presumed, self.parser)
        verdict = check(stated, self.retriever, self.verifier, state["filters"], state.get("today"))
        if verdict.verdict != "contradicted":
            return ()
        return tuple(Claim(each.quote, "supported", (), (each,)) for each in verdict.opposing)


def _runnable(step: Callable[[Any], T]) -> RunnableLambda[Any, T]:
    return RunnableLambda(step)


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
