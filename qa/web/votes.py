"""What readers thought of answers, as questions for the evaluation."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from qa.core.types import Turn
from qa.web import wording
from qa.web.conversations import Conversations, Exchange, Judged


def questions(kept: Conversations, *, everyone: bool = False) -> str:
    """The answers that a reader judged, or everyone, as a `questions.jsonl` for `python -m eval run FOLDER`.

    A liked answer is right and its quotes are the evidence, a liked refusal says that nothing is
    there; of a disliked one only the question is known, and what the reader wrote to it.
    """
    lines = (_line(each, kept.before(each)) for each in kept.judged(everyone=everyone))
    return "".join(f"{json.dumps(line, ensure_ascii=False)}\n" for line in lines)


def _line(judged: Judged, history: list[Turn]) -> dict[str, Any]:
    exchange = judged.exchange
    line: dict[str, Any] = {
        "id": f"{judged.conversation}-{judged.position}",
        "question": exchange.question,
        "kind": "liked" if exchange.vote else "disliked",
        "asked_on": exchange.asked_at.date().isoformat(),
    }
    if history:
        line["history"] = [asdict(turn) for turn in history]
    if exchange.standalone and exchange.standalone != exchange.question:
        line["rewrite"] = exchange.standalone
    if exchange.remark:
        line["note"] = exchange.remark
    return line | dict(_known(exchange)) if exchange.vote else line


def _known(exchange: Exchange) -> Iterator[tuple[str, Any]]:
    answered = exchange.outcome == "answered"
    yield "answerable", answered
    if answered:
        yield "answers", [exchange.brief or " ".join(wording.unmarked(each.text) for each in exchange.claims)]
        yield (
            "evidence",
            [
                {"url": quote.url or quote.title, "quote": quote.quote}
                for quote in wording.cited(exchange.claims)
            ],
        )
