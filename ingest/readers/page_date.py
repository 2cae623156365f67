"""The day on which a page was published, as its metadata or the page itself says."""

from __future__ import annotations

from datetime import date
from typing import Any


def find_day(tree: Any, url: str | None) -> date | None:
    """The day that htmldate finds on a page; None where it only guesses at a year.

    The tree stays as it was.
    """
    from htmldate import find_date

    found = find_date(tree, url=url, original_date=True)
    day = date.fromisoformat(found) if found else None
    # From a copyright notice alone htmldate makes the first of January.
    return None if day is None or (day.month, day.day) == (1, 1) else day
