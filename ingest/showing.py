"""The output of `ingest show` and `ingest status`."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from typing import Any

from ingest.rebuild import waiting
from qa.core.errors import RefusedError
from qa.core.types import Article
from qa.store.library import Library


def lookup(library: Library, wanted: str) -> Article:
    """The article with this id, the start of an id, or this source.

    Raises:
        RefusedError: there is none, or more than one.
    """
    ids = library.matching(wanted)
    if len(ids) != 1:
        what = "No article" if not ids else f"More than one article ({len(ids)})"
        raise RefusedError(f"{what} has the id or source {wanted!r}. `python -m ingest list` shows the ids.")
    article = library.article(ids[0])
    if article is None:
        raise RefusedError(f"The article {wanted!r} was removed just now.")
    return article


def as_json(library: Library, article: Article, *, history: bool = False) -> dict[str, Any]:
    """An article as `ingest show --json` prints it."""
    shown: dict[str, Any] = {
        "article_id": article.id,
        "title": article.title,
        "publisher": article.publisher,
        "published": article.published.isoformat() if article.published else None,
        "published_from": article.published_from,
        "precision": article.precision,
        "inferred": article.inferred,
        "place": article.place,
        "authors": list(article.authors),
        "language": article.language,
        "url": article.url,
        "source": article.source,
        "section": article.section,
        "collection": article.collection,
        "kind": article.kind,
        "issuer": article.issuer,
        "notice": article.notice,
        "story": article.story,
        "copy_of": article.copy_of,
        "also_in": [_other(each) for each in library.story(article.story) if each.id != article.id],
        "body": article.body,
        "pages": list(article.pages),
        "days": [
            {
                "text": d.text,
                "start": d.start,
                "end": d.end,
                "date": d.date.isoformat(),
                "until": d.until.isoformat(),
            }
            for d in article.days
        ],
        "speech": [
            {"start": s.start, "end": s.end, "speaker": s.speaker, "role": s.role} for s in article.speech
        ],
        "stripped": [{"text": s.text, "reason": s.reason, "action": s.action} for s in article.stripped],
        "passages": len(library.passages_of(article.id)),
    }
    if history:
        shown["history"] = [
            {"replaced_at": version.replaced_at.isoformat(), "title": version.title, "body": version.body}
            for version in library.versions(article.id)
        ]
    return shown


def as_text(library: Library, article: Article, *, history: bool = False) -> str:
    """An article for a person to read."""
    shown = as_json(library, article)
    heads = [
        name
        for name in shown
        if name not in ("title", "body", "days", "speech", "stripped", "pages", "also_in")
    ]
    lines = [article.title, ""]
    lines += [
        f"{name.replace('_', ' '):15} {plain(shown[name])}"
        for name in heads
        if shown[name] not in (None, [], "")
    ]
    lines += ["", article.body, ""]
    lines += [
        f"Day     {d.date}{'' if d.until == d.date else f' to {d.until}'}  {d.text!r}" for d in article.days
    ]
    lines += [
        f"Speaker {s.speaker} ({s.role or 'no role'}): {article.body[s.start : s.end]}"
        for s in article.speech
    ]
    lines += [f"{s.action.capitalize()} ({s.reason}): {s.text}" for s in article.stripped]
    lines += [f"Also in {each['publisher'] or each['source']}: {each['title']}" for each in shown["also_in"]]
    if history:
        lines += _history(library, article)
    return "\n".join(lines)


def status(library: Library) -> dict[str, Any]:
    """Counts, span, disk use and waiting work of a library."""
    stats = library.stats()
    disk = sum(path.stat().st_size for path in library.folder.rglob("*") if path.is_file())
    return {
        "library": str(library.folder),
        "documents": stats.articles,
        "passages": stats.passages,
        "stories": library.count_stories(),
        "publishers": library.publishers(),
        "since": stats.since.isoformat() if stats.since else None,
        "until": stats.until.isoformat() if stats.until else None,
        "languages": list(stats.languages),
        "disk_mb": round(disk / 1e6, 1),
        "embedding_model": library.meta("embedder"),
        "passage_chars": library.meta("passage_chars"),
        "waiting_for_words": stats.waiting_lexical,
        "waiting_for_vectors": stats.waiting_vectors,
        "waiting_to_be_refined": stats.waiting_refined,
        "rebuild": waiting(library),
    }


def status_text(facts: Mapping[str, Any]) -> str:
    """A library's status for a person to read."""
    shown = dict(facts)
    rebuild = shown.pop("rebuild")
    if rebuild:
        left = ", ".join(
            f"{rebuild[f'waiting_for_{what}']:,} {of}"
            for what, of in (
                ("passages", "articles to divide"),
                ("words", "passages for the words"),
                ("vectors", "passages for the vectors"),
            )
        )
        how = "under way" if rebuild["running"] else "begun, to be gone on with by: python -m ingest rebuild"
        shown["rebuild"] = f"{how}; left: {left}"
    return "\n".join(f"{name.replace('_', ' '):22} {plain(value)}" for name, value in shown.items())


def plain(value: Any) -> str:
    """A value for a person to read."""
    if isinstance(value, dict | list) and not value:
        return "none"
    if isinstance(value, dict):
        shown = list(value.items())[:20]
        return ", ".join(f"{name} ({count})" for name, count in shown) + (" ..." if len(value) > 20 else "")
    if isinstance(value, list):
        return ", ".join(str(each) for each in value)
    return (
        "none"
        if value is None
        else f"{value:,}"
        if isinstance(value, int) and not isinstance(value, bool)
        else str(value)
    )


def _other(article: Article) -> dict[str, Any]:
    return {
        "article_id": article.id,
        "title": article.title,
        "publisher": article.publisher,
        "published": article.published.isoformat() if article.published else None,
        "source": article.source,
        "copy_of": article.copy_of,
    }


def _history(library: Library, article: Article) -> list[str]:
    versions = library.versions(article.id)
    bodies = [*(version.body for version in versions), article.body]
    lines: list[str] = []
    for version, newer in zip(versions, bodies[1:], strict=True):
        lines += ["", f"Replaced {version.replaced_at:%Y-%m-%d %H:%M} UTC: {version.title}"]
        lines += difflib.unified_diff(
            version.body.split("\n"), newer.split("\n"), "older", "newer", lineterm="", n=1
        )
    return lines or ["", "There is no older version."]
