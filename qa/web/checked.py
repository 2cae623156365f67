"""Verdicts in words: counted, and as text to take along, plain or as Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from qa.core.types import Citation, Ruling, Verdict
from qa.web import wording

LABELS: dict[Ruling, str] = {
    "supported": "Supported",
    "contradicted": "Contradicted",
    "disputed": "Disputed",
    "not_in_library": "The library does not say",
}
_MARKUP = re.compile(r"([\\`*_\[\]<>])")


def claims(verdicts: Sequence[Verdict]) -> list[Verdict]:
    """The verdicts on single claims: the parts of a compound statement, a simple one's own."""
    return [part for verdict in verdicts for part in (claims(verdict.parts) or [verdict])]


def summary(verdicts: Sequence[Verdict]) -> str:
    """3 claims: 2 supported, 1 contradicted."""
    found = [verdict.verdict for verdict in claims(verdicts)]
    counted = LABELS | {"not_in_library": "not in the library"}
    parts = [f"{found.count(name)} {label.lower()}" for name, label in counted.items() if name in found]
    return f"{wording.count(len(found), 'claim')}: {', '.join(parts)}."


def plain(verdicts: Sequence[Verdict]) -> str:
    """The verdicts with their quotes, to paste anywhere."""
    blocks = [summary(verdicts)]
    for verdict in claims(verdicts):
        lines = [f"{LABELS[verdict.verdict]}: {verdict.statement}"]
        lines += [
            f"  {side}: “{_one_line(citation.quote)}” ({', '.join(_source(citation))})"
            for side, citation in _sides(verdict)
        ]
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks) + "\n"


def markdown(verdicts: Sequence[Verdict]) -> str:
    """The verdicts with their quotes as quotations, addresses linked."""
    blocks = [_safe(summary(verdicts))]
    for verdict in claims(verdicts):
        blocks.append(f"**{LABELS[verdict.verdict]}:** {_safe(verdict.statement)}")
        for side, citation in _sides(verdict):
            title, *rest = map(_safe, _source(citation))
            linked = f"[{title}](<{citation.url}>)" if _is_address(citation.url) else title
            blocks.append(f"> {_safe(_one_line(citation.quote))}\n>\n> {side}: {', '.join([linked, *rest])}")
    return "\n\n".join(blocks) + "\n"


def _sides(verdict: Verdict) -> Iterator[tuple[str, Citation]]:
    yield from (("For", citation) for citation in verdict.supporting)
    yield from (("Against", citation) for citation in verdict.opposing)


def _source(citation: Citation) -> list[str]:
    said = [f"as said by {citation.speaker}"] if citation.speaker else []
    return [citation.title, wording.origin(citation.publisher, citation.published), *said]


def _is_address(url: str | None) -> bool:
    return bool(url) and not re.search(r"[\s<>]", url or "") and str(url).startswith(("http://", "https://"))


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _safe(text: str) -> str:
    return _MARKUP.sub(r"\\\1", text)
