"""The chain: a question, its search, its evidence, the words of the answer, the proven answer.

A LangChain runnable. Streamed, it gives each of these as soon as it is there: the sources
come before the first word, and the words as the model writes them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Generator, Iterator, Sequence
from typing import Any, NotRequired, TypedDict

from langchain_core.language_models import BaseChatModel
from langchain_core.output_parsers import StrOutputParser
from langchain_core.runnables import Runnable, RunnableLambda, RunnablePassthrough

from qa import prompts
from qa.basis import basis_of, behind
from qa.conversation import standalone
from qa.evidence import Evidence, ranked, select
from qa.expectation import counts_the_same, delivered
from qa.grounding import ground
from qa.retriever import HybridRetriever
from qa.settings import Settings
from qa.stems import coverage
from qa.support import has_name, read
from qa.types import Answer, Claim, Filters, Hit, Retrieval, Timings, Turn

# A small model refuses one clear question in five. Where a sentence has this share of the question's words
# it is asked again, with that source alone and without leave to refuse; grounding has the last word.
ASK_AGAIN_COVERAGE = 0.7
# An answer whose quotes and headlines have less than this share of the question's words is about
# something else. Of 31 recorded answers (cpec, dev), it costs 1 of 23 right ones and stops 3 of 8 wrong ones.
QUESTION_COVERAGE = 0.52


class Asked(TypedDict):
    """What goes in. `today` is the day from which "last month" counts; None is the clock's."""

    question: str
    history: Sequence[Turn]
    filters: Filters
    today: NotRequired[dt.date | None]


def build_chain(
    settings: Settings, retriever: HybridRetriever, model: BaseChatModel
) -> Runnable[dict[str, Any], dict[str, Any]]:
    """The whole way of a question.

    The input is an `Asked`; the output adds `standalone` (str), `retrieval` (Retrieval),
    `evidence` (tuple of Evidence), `text` (str, as the model wrote it) and `answer` (Answer).
    """

    def understand(asked: dict[str, Any]) -> str:
        return standalone(asked["question"], asked["history"], model)

    def retrieve(asked: dict[str, Any]) -> Retrieval:
        return retriever.search(
            asked["standalone"], filters=asked["filters"], k=settings.k, today=asked.get("today")
        )

    def choose(asked: dict[str, Any]) -> tuple[Evidence, ...]:
        hits = asked["retrieval"].hits
        return select(ranked(asked["standalone"], hits, score), hits)

    def score(question: str, sentences: Sequence[str]) -> list[float]:
        scores = retriever.late.score(question, {str(i): text for i, text in enumerate(sentences)})
        return [scores[str(i)] for i in range(len(sentences))]

    def write(asked: dict[str, Any]) -> Iterator[str]:
        question, evidence = asked["standalone"], asked["evidence"]
        if unknown_names(question, asked["retrieval"].hits) or not evidence:
            yield prompts.REFUSAL
            return
        refused = yield from _unless_refusal(words(prompts.answer(question, evidence)))
        if not refused:
            return
        best = max(evidence, key=lambda each: each.coverage)
        if best.coverage < ASK_AGAIN_COVERAGE:
            yield prompts.REFUSAL
        else:
            yield from words(prompts.answer(question, [best], may_refuse=False))

    def words(prompt: prompts.Prompt) -> Iterator[str]:
        return (model | StrOutputParser()).stream(list(prompt.messages))

    def prove(asked: dict[str, Any]) -> Answer:
        retrieval = asked["retrieval"]
        proven = answer(asked["question"], asked["standalone"], asked["text"], retrieval, settings)
        return behind(proven, retrieval, retriever.library, retriever.lexical)

    return (
        RunnablePassthrough.assign(standalone=RunnableLambda(understand))
        | RunnablePassthrough.assign(retrieval=RunnableLambda(retrieve))
        | RunnablePassthrough.assign(evidence=RunnableLambda(choose))
        | RunnablePassthrough.assign(text=RunnableLambda(write))
        | RunnablePassthrough.assign(answer=RunnableLambda(prove))
    )


def _unless_refusal(words: Iterator[str]) -> Generator[str, None, bool]:
    """Passes words on; held back, and True at the end, when they are the refusal and no more."""
    held, passed = "", False
    for word in words:
        held += word
        if not prompts.REFUSAL.startswith(held.strip()):
            passed = True
        if passed:
            yield held
            held = ""
    return not passed


def unknown_names(question: str, hits: Sequence[Hit]) -> tuple[str, ...]:
    """Names in a question that stand in none of the articles found: nothing there can answer it."""
    if not hits:
        return ()
    articles = {hit.article.id: hit.article for hit in hits}.values()
    known = [read(f"{article.title}\n{article.publisher or ''}\n{article.body}") for article in articles]
    return tuple(
        name.text for name in read(question).names if not any(has_name(name, facts) for facts in known)
    )


def answer(question: str, standalone: str, text: str, retrieval: Retrieval, settings: Settings) -> Answer:
    """The answer that remains of what the model wrote, once each sentence has been held to proof."""
    claims = () if _refuses(text) else ground(standalone, text, retrieval.hits)
    shown = [claim for claim in claims if claim.support != "unsupported" or not settings.strict]
    proven = [claim.text for claim in shown if claim.support != "unsupported"]
    quoted = "\n".join(f"{each.title}\n{each.quote}" for claim in shown for each in claim.citations)
    answered = (
        bool(proven)
        and delivered(standalone, proven)
        and counts_the_same(standalone, quoted)
        and coverage(standalone, quoted) >= QUESTION_COVERAGE
    )
    return Answer(
        question=question,
        standalone=standalone,
        status="answered" if answered else "not_in_library",
        text=" ".join(map(written, shown)) if answered else prompts.REFUSAL,
        claims=tuple(shown) if answered else (),
        hits=retrieval.hits,
        model=settings.llm,
        timings=Timings(retrieve_ms=retrieval.ms),
        basis=basis_of(retrieval.hits),
        timeframe=retrieval.timeframe,
        note=retrieval.note,
    )


def written(claim: Claim) -> str:
    """A claim as it is shown: its words, then the numbers of its citations."""
    marks = "".join(f" [{number}]" for number in sorted({cited.number for cited in claim.citations}))
    stem, stop = (claim.text[:-1], claim.text[-1]) if claim.text[-1] in ".!?" else (claim.text, ".")
    return f"{stem}{marks}{stop}"


def _refuses(text: str) -> bool:
    return not text.strip() or prompts.REFUSAL.rstrip(".").lower() in text.lower()
