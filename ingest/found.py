"""The summary at the end of a run: headline, publisher and day of the stored documents."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ingest.values import Event

_SHOWN = 20
_FROM = {
    "metadata": "from its metadata",
    "page": "from its page",
    "text": "from its text",
    "file name": "from its file name",
}


class StoredDocuments:
    """The first documents that a run stored, and all stored documents without a day or a publisher."""

    def __init__(self) -> None:
        self._first: list[Event] = []
        self._stored = 0
        self._lacking: dict[str, list[Event]] = {"day": [], "publisher": []}

    def note(self, event: Event) -> None:
        """Adds the document of an event, if it was stored."""
        if event.event not in ("added", "updated", "near_duplicate"):
            return
        self._stored += 1
        if self._stored <= _SHOWN:
            self._first.append(event)
        for what, value in (("day", event.published), ("publisher", event.publisher)):
            if not value:
                self._lacking[what].append(event)

    def lines(self) -> Iterator[str]:
        """A line for each document, then which of them lack something and how to add it."""
        for event in self._first:
            yield f"  {_short(event)}  {event.title}  [{event.publisher or 'publisher unknown'}]{_day(event)}"
        if self._stored > _SHOWN:
            yield f"  and {self._stored - _SHOWN:,} more: python -m ingest list"
        for what, events in self._lacking.items():
            if events:
                yield f"Without a {what}: {_named(events)}."
        if any(self._lacking.values()):
            yield "To say it: python -m ingest amend ID --day YYYY-MM-DD --publisher NAME"


def _named(events: Sequence[Event]) -> str:
    names = [f"{each.title} ({_short(each)})" for each in events[:_SHOWN]]
    left = len(events) - len(names)
    return "; ".join(names) + (f"; and {left:,} more" if left else "")


def _short(event: Event) -> str:
    return (event.article_id or "")[:8]


def _day(event: Event) -> str:
    if not event.published:
        return " undated"
    found = _FROM.get(event.published_from or "", "")
    return f" {event.published}, {found}" if found else f" {event.published}"
