"""One question put to the assistant, and what came back as a row of the result."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from eval import answers, citations, retrieval, rows
from eval.baselines import Searcher
from eval.citations import Judge
from eval.evidence import Locator
from eval.following import follow
from eval.rows import Row
from eval.types import Question
from qa.core.types import Answer, Citation, Claim, Filters, Step

if TYPE_CHECKING:
    from langchain_core.callbacks import UsageMetadataCallbackHandler

    from qa.answer.assistant import Assistant

_PARTS = ("scores", "tokens", "timings")


@dataclass(frozen=True, slots=True)
class Examiner:
    """Puts questions to the retriever, to the assistant, or to both.

    `assistant` None leaves answers out, `retrieval` False the search by itself. `given` lets a
    question see only the documents that it comes with; one that comes with none sees all.
    """

    retriever: Searcher
    locator: Locator
    judge: Judge
    assistant: Assistant | None
    retrieval: bool
    given: bool

    def row(self, question: Question) -> Row:
        """The row of a question: what it was, what came back, what that is worth."""
        row = rows.asked(question)
        for part in self._parts(question):
            merged = {name: row.get(name, {}) | part[name] for name in _PARTS if name in part}
            row |= part | merged
        return row | {"problems": rows.problems(row)}

    def can_do(self, question: Question) -> bool:
        """Whether the run has anything to ask of a question."""
        return self.assistant is not None or bool(question.evidence)

    def _parts(self, question: Question) -> list[Row]:
        parts, standalone = [], question.rewrite or question.question
        if self.assistant and question.is_statement:
            parts.append(self._checked(self.assistant, question))
        elif self.assistant and question.rewrite and not question.evidence:
            return [self._rewritten(self.assistant, question)]
        elif self.assistant:
            answered = self._answered(self.assistant, question)
            standalone = answered["answer"]["standalone"]
            parts.append(answered)
        if self.retrieval:
            parts.append(self._retrieved(question, standalone))
        return parts

    def _retrieved(self, question: Question, standalone: str) -> Row:
        found = self.retriever.search(
            standalone, filters=self._filters(question), k=retrieval.DEPTH, today=question.asked_on
        )
        places = [self.locator.place(evidence) for evidence in question.evidence]
        return {
            **rows.retrieved(found, places),
            "scores": retrieval.scores(found.hits, places),
            "timings": {"retrieve_ms": round(found.ms, 1)},
        }

    def _answered(self, assistant: Assistant, question: Question) -> Row:
        with _usage() as usage:
            given = follow(
                assistant.stream(
                    question.question, question.history, self._filters(question), question.asked_on
                )
            )
        answer = given.answer
        row = rows.answered(answer)
        if answer.withheld:
            row["withheld"] = answer.withheld
        if given.sources_ms:
            row["timings"]["sources_ms"] = round(given.sources_ms, 1)
        row["right"] = answers.is_right(
            question, answer.withheld if row["refused"] else answers.as_read(answer)
        )
        scores = answers.answer_scores(question, answer)
        scores |= answers.proof_scores(given=not row["refused"], right=row["right"])
        scores |= answers.outcome_scores(question, given=not row["refused"], right=row["right"])
        scores |= answers.confidence_scores(answer.confidence, row["right"])
        scores |= citations.scores(answer, self.judge)
        scores |= self._quotes(_cited(answer))
        scores |= answers.rewrite_scores(question, answer.standalone)
        return row | {"scores": scores, "tokens": _tokens(usage)}

    def _checked(self, assistant: Assistant, question: Question) -> Row:
        with _usage() as usage:
            verdict = assistant.check(question.question, self._filters(question), question.asked_on)
        scores = answers.verdict_scores(question, verdict)
        scores |= self._quotes([*verdict.supporting, *verdict.opposing])
        return rows.checked(verdict) | {"scores": scores, "tokens": _tokens(usage)}

    def _rewritten(self, assistant: Assistant, question: Question) -> Row:
        from qa.answer import prompts
        from qa.answer.conversation import standalone
        from qa.models.llm import chat_model

        text = standalone(question.question, question.history, chat_model(assistant.settings))
        used = prompts.rewrite(question.question, question.history).name
        return {"standalone": text, "prompts": [used], "scores": answers.rewrite_scores(question, text)}

    def _quotes(self, cited: Sequence[Citation]) -> dict[str, float]:
        wrong = citations.violations(cited, self.retriever.library)
        return {"citations": len(cited), "quote_violations": len(wrong)}

    def _filters(self, question: Question) -> Filters:
        if not self.given:
            return Filters()
        ids = (self.locator.article_id(url) for url in question.documents)
        return Filters(articles=tuple(id_ for id_ in ids if id_))


def _cited(answer: Answer) -> list[Citation]:
    """Every quote that an answer shows, whatever it stands beside."""
    claims: tuple[Claim | Step, ...] = (*answer.claims, *answer.corrections, *answer.steps)
    sides = (side.citation for each in answer.disagreements for side in each.sides)
    return [*(each for claim in claims for each in claim.citations), *answer.nearest, *sides]


def _usage() -> AbstractContextManager[UsageMetadataCallbackHandler]:
    from langchain_core.callbacks import get_usage_metadata_callback

    return get_usage_metadata_callback()


def _tokens(usage: UsageMetadataCallbackHandler) -> dict[str, int]:
    """Tokens in and out of all calls of the model for one question, where it reports them."""
    calls = usage.usage_metadata.values()
    if not calls:
        return {}
    return {
        "input_tokens": sum(call["input_tokens"] for call in calls),
        "output_tokens": sum(call["output_tokens"] for call in calls),
    }
