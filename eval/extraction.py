"""How well web pages are read: ours and the libraries', page by page, in the same run.

Each measure is its project's. htmldate: the day is right, wrong, or none is found. trafilatura: of the
strings that must and must not be in the text, how many are; the title, the day and the authors. The
article-extraction-benchmark: precision and recall of 4-grams of words, averaged over pages, and their F1.
"""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from eval.environment import machine
from eval.metrics import Figure, resamples, spread
from eval.rows import Row
from eval.run import Progress, Result, result
from eval.sets.pages import Page

_WORD = re.compile(r"\w+")
_NAMES = re.compile(r"\s*[;,/&]\s*|\s+(?:and|und|et|y|e)\s+", re.IGNORECASE)
_GRAM = 4
_STRINGS = {"must": "with", "debris": "without"}
Scores = dict[str, float]


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader makes of a page; `refused` says that it gives nothing."""

    text: str = ""
    title: str = ""
    authors: tuple[str, ...] = ()
    day: str | None = None
    refused: bool = False


Reader = Callable[[bytes], Reading]


def ours(html: bytes) -> Reading:
    """The page as it would come into a library."""
    from ingest.prepare import prepare
    from ingest.values import Blob, Options, Prepared

    taken = prepare(Blob("/page.html", "page.html", html), "", Options())
    if not isinstance(taken, Prepared):
        return Reading(refused=True)
    article = taken.article
    day = article.published.isoformat() if article.published else None
    return Reading(article.body, article.title, article.authors, day)


def libraries(html: bytes) -> Reading:
    """The page as trafilatura and htmldate read it by themselves."""
    import htmldate
    import trafilatura

    text = trafilatura.extract(html, include_comments=False, include_tables=True) or ""
    described = trafilatura.extract_metadata(html)
    day = htmldate.find_date(html, original_date=True)
    authors = tuple(filter(None, (described.author or "").split("; ")))
    return Reading(text, described.title or "", authors, day, refused=not text)


READERS: Mapping[str, Reader] = {"": ours, "peer_": libraries}
OURS: Mapping[str, Reader] = {"": ours}


def evaluate(pages: Sequence[Page], progress: Progress) -> Result:
    """Both readers on some pages, in the shape of any other set's result."""
    rows = list(scored(pages, READERS, progress))
    found = result("pages", rows, {"machine": machine()})
    for part in (found, *found["kinds"].values()):
        mine = [row for row in rows if part is found or part is found["kinds"][row["kind"]]]
        for name, figure in _of_all(mine).items():
            part["metrics"][name] = round(figure.value, 6)
            part["intervals"][name] = {
                "n": figure.n,
                "low": round(figure.low, 6),
                "high": round(figure.high, 6),
            }
    return found | {"failures": {}}


def scored(pages: Sequence[Page], readers: Mapping[str, Reader], progress: Progress) -> Iterator[Row]:
    """Each page's scores, a reader's under its prefix, with the milliseconds of processor time it took."""
    for number, page in enumerate(pages, start=1):
        scores: Scores = {}
        timings: Scores = {}
        for prefix, reader in readers.items():
            began = time.process_time()
            reading = reader(page.html)
            timings[f"{prefix}page_ms"] = round(1000 * (time.process_time() - began), 1)
            scores |= {f"{prefix}{name}": value for name, value in score(page, reading).items()}
        counts = {name: len(page.expected.get(key, ())) for name, key in _STRINGS.items()}
        yield {
            "id": page.id,
            "kind": page.project,
            "question": page.expected.get("url") or page.name,
            "scores": scores,
            "counts": counts,
            "timings": timings,
        }
        progress.advance(number, len(pages))


def score(page: Page, reading: Reading) -> Scores:
    """A reading's scores by the measures of the page's project."""
    measure = {"htmldate": _dated, "trafilatura": _kept, "aeb": _grams}[page.project]
    return {"refused": float(reading.refused)} | measure(page.expected, reading)


def _dated(expected: Mapping[str, Any], reading: Reading) -> Scores:
    right = reading.day == expected["date"]
    return {"date_right": float(right), "date_wrong": float(bool(reading.day) and not right)}


def _kept(expected: Mapping[str, Any], reading: Reading) -> Scores:
    text = _spaced(reading.text)
    scores = {
        name: sum(_spaced(each) in text for each in expected[key]) / len(expected[key])
        for name, key in _STRINGS.items()
        if expected.get(key)
    }
    if expected.get("title"):
        scores["title"] = float(_folded(reading.title) == _folded(expected["title"]))
    if expected.get("date"):
        scores["page_date"] = float(reading.day == expected["date"])
    if expected.get("author"):
        authors = expected["author"]
        wanted = _people(authors if isinstance(authors, list) else [authors])
        scores["author"] = float(_people(reading.authors) == wanted)
    return scores


def _grams(expected: Mapping[str, Any], reading: Reading) -> Scores:
    wanted, found = _counted(expected["text"]), _counted(reading.text)
    both = sum((wanted & found).values())
    return {
        "precision": both / max(1, sum(found.values())),
        "recall": both / max(1, sum(wanted.values())),
    }


def _counted(text: str) -> Counter[tuple[str, ...]]:
    words = _WORD.findall(text)
    return Counter(tuple(words[at : at + _GRAM]) for at in range(max(1, len(words) - _GRAM + 1)))


def _spaced(text: str) -> str:
    return " ".join(text.split())


def _folded(text: str) -> str:
    return _spaced(text).casefold()


def _people(names: Iterable[str]) -> set[str]:
    return {_folded(part) for name in names for part in _NAMES.split(name) if part.strip()}


def _of_all(rows: Sequence[Row]) -> dict[str, Figure]:
    """What isn't a mean over pages: shares of all strings, and the F1 of mean precision and recall."""
    found = {}
    for prefix in READERS:
        for name in _STRINGS:
            having = [row for row in rows if f"{prefix}{name}" in row["scores"]]
            if having:
                counts = np.array([row["counts"][name] for row in having], dtype=float)
                kept = counts * [row["scores"][f"{prefix}{name}"] for row in having]
                drawn = resamples(len(having))
                shares = kept[drawn].sum(axis=1) / counts[drawn].sum(axis=1)
                found[f"{prefix}{name}"] = spread(float(kept.sum() / counts.sum()), shares, len(having))
        grams = [row["scores"] for row in rows if f"{prefix}precision" in row["scores"]]
        if grams:
            both = np.array([[each[f"{prefix}precision"], each[f"{prefix}recall"]] for each in grams])
            means = both[resamples(len(grams))].mean(axis=1)
            found[f"{prefix}f1"] = spread(float(_f1(both.mean(axis=0))), _f1(means), len(grams))
    return found


def _f1(means: Any) -> Any:
    """The harmonic mean of precision and recall, the last axis."""
    return 2 * means[..., 0] * means[..., 1] / np.maximum(means[..., 0] + means[..., 1], 1e-9)
