"""Watched questions as a terminal and other programs show them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from qa.cli.as_json import answer_json, citation_json
from qa.core.printable import printable
from qa.core.types import Answer, Citation, Filters
from qa.watch.watched import Change, DocumentRef, Watched


def show_kept(watched: Watched, new: bool) -> None:
    """A question that was just kept, and its answer."""
    console = Console()
    watched = printable(watched)
    said = "Watched" if new else "Watched already"
    console.print(Text(f"{said}, as number {watched.id}{_filters(watched.filters)}.", "bold"))
    _now(console, watched)
    console.print("\nAsk again what is watched, when documents have come in: python -m qa watch", style="dim")


def show_list(questions: Sequence[Watched]) -> None:
    """The questions, a block each: number, question, answer, when it was asked."""
    console = Console()
    if not questions:
        console.print('No question is watched yet. Keep one with: python -m qa watch "QUESTION"')
    for each in map(printable, questions):
        console.print(_head(each))
        _now(console, each)
        console.print()


def show_changes(told: Sequence[Watched], watched: int, outcomes: Sequence[str]) -> None:
    """What changed, question by question, and how the round went."""
    console = Console()
    for each in map(printable, told):
        console.print(_head(each))
        for change in each.changes if each.unseen else ():
            _change(console, change)
        if each.unseen and each.before is not None and each.last is not None:
            _answer(console, "Before", each.before.answer, each.before.asked_at)
            _answer(console, "Now", each.last.answer, each.last.asked_at)
        if each.failure:
            console.print(Padding(Text(f"Not asked again: {each.failure}", "yellow"), (0, 0, 0, 3)))
        console.print()
    changed = sum(each.unseen for each in told)
    asked = sum(outcome in ("asked", "changed") for outcome in outcomes)
    line = f"{_count(watched, 'question')} watched, {len(outcomes)} searched for again, {asked} asked again, "
    console.print(Text(f"{line}{changed or 'none'} changed.", "dim"))


def watched_json(watched: Watched) -> dict[str, Any]:
    """A watched question as other programs read it."""
    return {
        "number": watched.id,
        "question": watched.question,
        "filters": {name: value for name, value in _plain(asdict(watched.filters)).items() if value},
        "kept_at": watched.kept_at.isoformat(),
        "looked_at": watched.looked_at.isoformat() if watched.looked_at else None,
        "unseen": watched.unseen,
        "failure": watched.failure,
        "changes": [_change_json(change) for change in watched.changes],
        "before": None if watched.before is None else answer_json(watched.before.answer),
        "now": None if watched.last is None else answer_json(watched.last.answer),
    }


def _change_json(change: Change) -> dict[str, Any]:
    return {
        "kind": change.kind,
        "text": change.text,
        "documents": [_plain(asdict(document)) for document in change.documents],
        "citations": [citation_json(cited) for cited in change.citations],
    }


def _plain(fields: dict[str, Any]) -> dict[str, Any]:
    return {
        name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in fields.items()
    }


def _head(watched: Watched) -> Text:
    number = Text(f"{watched.id}  ", "bold cyan")
    return number + Text(watched.question, "bold") + Text(_filters(watched.filters), "dim")


def _now(console: Console, watched: Watched) -> None:
    if watched.failure:
        console.print(Padding(Text(f"Not asked yet: {watched.failure}", "yellow"), (0, 0, 0, 3)))
    if watched.last is not None:
        _answer(console, "Answer", watched.last.answer, watched.last.asked_at)


def _change(console: Console, change: Change) -> None:
    console.print(Padding(Text(change.text, "yellow"), (0, 0, 0, 3)))
    quotes = {cited.article_id: cited for cited in reversed(change.citations)}
    for document in change.documents:
        console.print(Padding(Text(f"{_byline(document)}", "dim"), (0, 0, 0, 5)))
        if document.article_id in quotes:
            quote = " ".join(quotes[document.article_id].quote.split())
            console.print(Padding(Text(f"“{quote}”"), (0, 0, 0, 7)), highlight=False)


def _answer(console: Console, label: str, answer: Answer, asked_at: datetime) -> None:
    """An answer in a line, and under it where it is from."""
    when = f"{asked_at.astimezone():%-d %B %Y, %H:%M}"
    said = Text.assemble((f"{label} ({when}): ", "dim"), answer.text)
    console.print(Padding(said, (0, 0, 0, 3)), highlight=False)
    cited: dict[str, Citation] = {}
    for claim in answer.claims:
        for citation in claim.citations:
            cited.setdefault(citation.article_id, citation)
    for each in cited.values():
        document = DocumentRef(each.article_id, each.title, each.publisher, each.published)
        console.print(Padding(Text(f"[{each.number}] {_byline(document)}", "dim"), (0, 0, 0, 5)))


def _byline(document: DocumentRef) -> str:
    day = f"{document.published:%-d %B %Y}" if document.published else ""
    return ", ".join(part for part in (document.publisher, day, document.title) if part)


def _filters(filters: Filters) -> str:
    """What a question is restricted to, in words; "" if to nothing."""
    parts = [*filters.publishers, *filters.languages, *filters.sections, *filters.collections, *filters.kinds]
    if filters.since:
        parts.append(f"since {filters.since:%-d %B %Y}")
    if filters.until:
        parts.append(f"until {filters.until:%-d %B %Y}")
    if filters.articles:
        parts.append(_count(len(filters.articles), "document"))
    return f" ({', '.join(parts)})" if parts else ""


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
