"""The assistant: a library, its retriever and a language model, opened once and asked often."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from qa.core.disk import trouble
from qa.core.errors import DatelineError, LibraryEmptyError, UnavailableError
from qa.core.settings import Settings
from qa.core.types import Answer, Filters, Retrieval, Timings, Turn, Verdict
from qa.search.as_of import Understood, understood
from qa.search.parts import bounded
from qa.search.spelling import Form, in_library
from qa.store.library import Library
from qa.verify.parser import Parser

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from langchain_core.runnables import Runnable

    from qa.search.retriever import HybridRetriever
    from qa.verify.entailment import Verifier

MAX_STATEMENT_CHARS = 20_000  # A paragraph, each of whose sentences is checked.
_ANSWER_TOKENS = 220


class Assistant:
    """Answers questions about one library. Shared safely between threads."""

    def __init__(self, settings: Settings, library: Library, retriever: HybridRetriever) -> None:
        self.settings = settings
        self.library = library
        self.retriever = retriever
        self._chain: Runnable[dict[str, Any], dict[str, Any]] | None = None
        self._verifier: Verifier | None = None
        self.parser = Parser(settings)

    @classmethod
    def open(cls, settings: Settings) -> Assistant:
        """Opens the library and its indexes; the language model starts with the first question.

        Raises:
            LibraryEmptyError: there is no library where the settings say, or nothing in it.
        """
        from qa.search.retriever import open_retriever

        library = Library(settings.library)
        if not library.count():
            raise LibraryEmptyError(
                f"The library in {str(settings.library)!r} is empty. Add documents with: "
                f"python -m ingest PATH --library {settings.library}"
            )
        return cls(settings, library, open_retriever(settings, library))

    def with_model(self, llm: str) -> Assistant:
        """This assistant with another language model, as DATELINE_LLM would name it."""
        other = Assistant(self.settings.model_copy(update={"llm": llm}), self.library, self.retriever)
        other.parser = self.parser
        return other

    def warm(self) -> None:
        """Starts what the first question would wait for: the language model and the indexes."""
        self._started()
        self.retriever.search("news", k=1)

    def close(self) -> None:
        """Lets go of the language model; the next question starts it again."""
        if self._chain is not None or self._verifier is not None:
            from qa.models.llm import stop

            self._chain = self._verifier = None
            stop()

    def stream(
        self,
        question: str,
        history: Sequence[Turn] = (),
        filters: Filters = Filters(),
        today: dt.date | None = None,
    ) -> Iterator[dict[str, Any]]:
        """An answer as it comes into being.

        Args:
            question: what is asked.
            history: the turns before it.
            filters: what may be searched.
            today: the day from which "last month" counts; the clock's if None.

        Yields:
            `{"standalone": str}`, `{"retrieval": Retrieval}`, `{"closest": tuple[Citation, ...]}`,
            `{"text": str}` for each few words, `{"checking": True}` when all are written, and
            `{"answer": Answer}` at the end. Closing the iterator stops the model.

        Raises:
            DatelineError: the model can't be had, in a sentence for the reader.
        """
        from qa.models.llm import explain

        began, first_token_ms = time.perf_counter(), 0.0
        question = bounded(question)
        spelt, forms = in_library(self.library, self.retriever.lexical, question)
        asked = understood(spelt, history, filters, today or dt.date.today())
        try:
            for event in self._broadly(asked, history) or self._narrowly(asked, history):
                if "text" in event:
                    first_token_ms = first_token_ms or _since(began)
                if "answer" in event:
                    answer = _as_asked(event["answer"], question, asked, forms)
                    total_ms = _since(began)
                    event = {"answer": _timed(answer, first_token_ms or total_ms, total_ms)}
                yield event
        except (DatelineError, GeneratorExit):
            raise
        except Exception as error:
            said = trouble(error)
            raise (UnavailableError(said) if said else explain(error, self.settings)) from error

    def _broadly(self, asked: Understood, history: Sequence[Turn]) -> Sequence[dict[str, Any]]:
        """The events of a broad question, answered by quotes alone; none of another question."""
        from qa.answer.broad import about_the_last, read
        from qa.answer.digest import answered, digest, refused

        question = asked.question
        reading = about_the_last(read(question, self.parser), history)
        if reading is None:
            return ()
        retrieval, found = digest(reading, self.retriever, self.parser, asked.filters, asked.today)
        if found is not None:
            answer = answered(question, question, retrieval, found)
        elif reading.kind in ("list", "count", "change"):
            return ()  # It may ask for what a sentence says as it stands.
        else:
            answer = refused(question, question, reading, retrieval)
        return {"standalone": asked.in_full(question)}, {"answer": answer}

    def _narrowly(self, asked: Understood, history: Sequence[Turn]) -> Iterator[dict[str, Any]]:
        """The events of a question that the language model answers."""
        from qa.answer.response import nearest

        given = {
            "question": asked.question,
            "history": tuple(history),
            "filters": asked.filters,
            "today": asked.today,
        }
        for event in self._started().stream(given):
            if "standalone" in event:
                yield {"standalone": asked.in_full(event["standalone"])}
            if "retrieval" in event:
                retrieval = event["retrieval"]
                yield {"retrieval": retrieval}
            if "found" in event:
                yield {"closest": nearest(event["found"].candidates, retrieval)}
            if "draft" in event and event["draft"].text:
                yield {"text": event["draft"].text}
            if "proposal" in event:
                yield {"checking": True}
            if "answer" in event:
                yield {"answer": event["answer"]}

    def ask(
        self,
        question: str,
        history: Sequence[Turn] = (),
        filters: Filters = Filters(),
        today: dt.date | None = None,
    ) -> Answer:
        """The answer to a question, whole."""
        answer: Answer
        for event in self.stream(question, history, filters, today):
            if "answer" in event:
                answer = event["answer"]
        return answer

    def search(self, question: str, filters: Filters = Filters()) -> Retrieval:
        """What would be read for a question; no model is asked."""
        asked = understood(bounded(question), (), filters, dt.date.today())
        k = self.settings.k
        return self.retriever.search(asked.question, filters=asked.filters, k=k, today=asked.today)

    def sentence_scores(self, query: str, sentences: Sequence[str]) -> Sequence[float]:
        """How near sentences come to a query; no model is asked."""
        return self.retriever.sentence_scores(query, sentences)

    def check(self, statement: str, filters: Filters = Filters(), today: dt.date | None = None) -> Verdict:
        """What the library says of a statement or a paragraph; relative days count from `today`."""
        from qa.verify.check import together

        return together(statement.strip(), list(self.check_each(statement, filters, today)))

    def check_each(
        self, text: str, filters: Filters = Filters(), today: dt.date | None = None
    ) -> Iterator[Verdict]:
        """The verdict on each statement of a text, as soon as it is there."""
        from qa.models.llm import explain
        from qa.verify.check import check_each

        text = bounded(text, MAX_STATEMENT_CHARS, "statement")
        try:
            yield from check_each(text, self.retriever, self.verifier(), filters, today)
        except (DatelineError, GeneratorExit):
            raise
        except Exception as error:
            raise explain(error, self.settings) from error

    def _started(self) -> Runnable[dict[str, Any], dict[str, Any]]:
        if self._chain is None:
            from qa.answer.chain import build_chain
            from qa.answer.judge import open_judge

            judge = open_judge(self.settings, self._model)
            self._chain = build_chain(
                self.settings, self.retriever, self._model(), self.verifier(), judge, self.parser
            )
        return self._chain

    def verifier(self) -> Verifier:
        """What judges whether a text proves a statement; the language model starts if it is that."""
        if self._verifier is None:
            from qa.verify.verifier import open_verifier

            self._verifier = open_verifier(self.settings, self._model, self.parser)
        return self._verifier

    def _model(self) -> BaseChatModel:
        from qa.models.llm import chat_model

        return chat_model(self.settings, max_tokens=_ANSWER_TOKENS)


def _as_asked(answer: Answer, question: str, asked: Understood, forms: Sequence[Form]) -> Answer:
    """The answer under the question's own words, with what was read into them: a day, other spellings."""
    said = [f'No document has "{each.word}"; searched for "{each.spelling}".' for each in forms]
    answer = replace(answer, question=question, note=" ".join([*said, answer.note or ""]).strip() or None)
    if asked.as_of is None:
        return answer
    return replace(
        answer,
        standalone=asked.in_full(answer.standalone),
        timeframe=answer.timeframe or asked.timeframe,
    )


def _timed(answer: Answer, first_token_ms: float, total_ms: float) -> Answer:
    return replace(answer, timings=Timings(answer.timings.retrieve_ms, first_token_ms, total_ms))


def _since(began: float) -> float:
    return (time.perf_counter() - began) * 1_000
