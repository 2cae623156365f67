"""`/v1/chat/completions`: a library for any chat client. Only words that are proved leave."""

from __future__ import annotations

import json
import time
import uuid
from collections.abc import AsyncIterator
from functools import partial
from typing import TYPE_CHECKING, Any

from fastapi import FastAPI, Response
from fastapi.responses import StreamingResponse

from qa.cli.as_json import citation_json
from qa.core.errors import RefusedError
from qa.core.types import Answer, Citation, Turn
from qa.serve.answers import Answers, explained
from qa.serve.asked import Chat

if TYPE_CHECKING:
    from collections.abc import Callable

MODEL = "dateline"
_STILL_HERE = ": the answer is being proved\n\n"


def add_completions(app: FastAPI, answers: Answers) -> None:
    """Adds the two paths that chat clients call."""

    @app.get("/v1/models")
    def models() -> dict[str, Any]:
        """The one model that there is."""
        return {"object": "list", "data": [{"id": MODEL, "object": "model", "owned_by": MODEL, "created": 0}]}

    @app.post("/v1/chat/completions", response_model=None)
    async def complete(chat: Chat) -> Response | dict[str, Any]:
        """The answer to the last message, with its sources under it and as `citations`."""
        question, history = _asked(chat)
        begin = partial(answers.assistant.stream, question, history)
        if chat.stream:
            answers.admit()
            return StreamingResponse(_chunks(answers, begin), media_type="text/event-stream")
        answer = await _answer(answers, begin)
        message = {"role": "assistant", "content": told(answer)}
        choice = {"index": 0, "message": message, "finish_reason": "stop"}
        none = {"prompt_tokens": 0, "completion_tokens": 0, "total_tokens": 0}
        return _head("chat.completion") | {"choices": [choice], "usage": none, **_more(answer)}


def told(answer: Answer) -> str:
    """An answer and its quotes, as a chat shows it."""
    notes = [f"[{each.number}] {_origin(each)}: “{' '.join(each.quote.split())}”" for each in cited(answer)]
    return "\n\n".join([answer.text, *notes])


def cited(answer: Answer) -> list[Citation]:
    """The quotes of an answer, each once, in the order of their numbers."""
    found = dict.fromkeys(each for claim in answer.claims for each in claim.citations)
    return sorted(found, key=lambda each: each.number)


def _origin(citation: Citation) -> str:
    parts = (citation.publisher, str(citation.published or ""), citation.title, citation.url)
    return ", ".join(part for part in parts if part)


def _asked(chat: Chat) -> tuple[str, list[Turn]]:
    turns = [
        Turn("user" if each.role == "user" else "assistant", each.text)
        for each in chat.messages
        if each.role in ("user", "assistant") and each.text.strip()
    ]
    if not turns or turns[-1].role != "user":
        raise RefusedError("The last message must be a question of the user's.")
    return turns[-1].content, turns[:-1]


async def _answer(answers: Answers, begin: Callable[[], Any]) -> Answer:
    async with answers.events(begin) as events:
        async for event in events:
            if "answer" in event:
                answer: Answer = event["answer"]
                return answer
    raise RefusedError("No answer came; ask again.")


async def _chunks(answers: Answers, begin: Callable[[], Any]) -> AsyncIterator[str]:
    head = _head("chat.completion.chunk")
    try:
        async with answers.events(begin) as events:
            async for event in events:
                if "answer" not in event:
                    yield _STILL_HERE
                    continue
                delta = {"role": "assistant", "content": told(event["answer"])}
                yield _data(head | {"choices": [_choice(delta, None)], **_more(event["answer"])})
        yield _data(head | {"choices": [_choice({}, "stop")]})
    except Exception as error:
        yield _data({"error": {"message": explained(error)[1], "type": "dateline"}})
    yield "data: [DONE]\n\n"


def _choice(delta: dict[str, str], finish: str | None) -> dict[str, Any]:
    return {"index": 0, "delta": delta, "finish_reason": finish}


def _head(kind: str) -> dict[str, Any]:
    created = int(time.time())
    return {"id": f"chatcmpl-{uuid.uuid4().hex}", "object": kind, "created": created, "model": MODEL}


def _more(answer: Answer) -> dict[str, Any]:
    return {"status": answer.status, "citations": [citation_json(each) for each in cited(answer)]}


def _data(value: dict[str, Any]) -> str:
    return f"data: {json.dumps(value, ensure_ascii=False)}\n\n"
