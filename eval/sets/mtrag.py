"""MTRAG and MTRAG-UN (IBM, Katsis et al. 2025 and 2026): the last turns of conversations.

Two kinds of question. `rewrite`: a follow-up and the turns before it (the data has only the user's)
beside a person's wording that stands alone; nothing is searched. `answerable`, `partial`,
`unanswerable`, `underspecified`: MTRAG-UN's tasks, the whole conversation, over the passages of all
tasks. As its authors do, a good assistant says of the last two that it doesn't know, or asks back;
partial answers are answers.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from eval.jsonl import read_lines
from eval.types import Document, EvalSet, Evidence, Question
from qa.core.types import Turn

_USER = "|user|:"


def load(folder: Path) -> EvalSet:
    """The set in `folder`: `{clapnq,govt}_{lastturn,questions,rewrite}.jsonl` and `mtragun_tasks.jsonl`."""
    tasks = list(read_lines(folder / "mtragun_tasks.jsonl"))
    documents = {each["document_id"]: _document(each) for task in tasks for each in task["contexts"]}
    rewrites = [question for domain in ("clapnq", "govt") for question in _rewrites(folder, domain)]
    return EvalSet(
        name="mtrag",
        documents=tuple(documents.values()),
        questions=(*rewrites, *(_task(task) for task in tasks)),
    )


def _rewrites(folder: Path, domain: str) -> Iterator[Question]:
    """Follow-ups only: a conversation's first turn needs no rewriting."""
    rewritten = {line["_id"]: line["text"] for line in read_lines(folder / f"{domain}_rewrite.jsonl")}
    for line in read_lines(folder / f"{domain}_questions.jsonl"):
        turns = [turn.strip() for turn in line["text"].split(_USER) if turn.strip()]
        if len(turns) > 1:
            yield Question(
                id=f"{domain}:{line['_id']}",
                question=turns[-1],
                kind="rewrite",
                history=tuple(Turn("user", turn) for turn in turns[:-1]),
                rewrite=rewritten[line["_id"]].removeprefix(_USER).strip(),
            )


def _document(context: dict[str, Any]) -> Document:
    title = context.get("title") or context["text"].strip().split("\n", 1)[0][:100]
    return Document(url=f"urn:mtrag:{context['document_id']}", title=title, body=context["text"].strip())


def _task(task: dict[str, Any]) -> Question:
    kind = task["answerability"][0].lower()
    answerable = kind in ("answerable", "partial")
    urls = tuple(f"urn:mtrag:{each['document_id']}" for each in task["contexts"])
    return Question(
        id=task["task_id"],
        question=task["input"][-1]["text"],
        kind=kind,
        answers=(task["targets"][0]["text"],) if answerable else (),
        answerable=answerable,
        evidence=tuple(Evidence(url) for url in urls) if answerable else (),
        history=tuple(
            Turn("user" if turn["speaker"] == "user" else "assistant", turn["text"])
            for turn in task["input"][:-1]
        ),
        documents=urls,
    )
