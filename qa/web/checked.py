"""Verdicts in words: counted, and as text to take along, plain or as Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from qa.core.types import Citation, Ruling, Verdict
from qa.web import wording
from qa.web.language import N_, _, plural

LABELS: dict[Ruling, str] = {
    "supported": N_("Supported"),
    "contradicted": N_("Contradicted"),
    "disputed": N_("Disputed"),
    "not_in_library": N_("The library does not say"),
}
FOR, AGAINST = N_("For: {quote}"), N_("Against: {quote}")
_MARKUP = re.compile(r"([\\`*_\[\]<>])")


def claims(verdicts: Sequence[Verdict]) -> list[Verdict]:
    """The verdicts on single claims: the parts of a compound statement, a simple one's own."""
    return [part for verdict in verdicts for part in (claims(verdict.parts) or [verdict])]


def summary(verdicts: Sequence[Verdict]) -> str:
    """3 claims: 2 supported, 1 contradicted."""
    found = [verdict.verdict for verdict in claims(verdicts)]
    n = {ruling: found.count(ruling) for ruling in LABELS}
    counted: dict[Ruling, str] = {
        "supported": plural(n["supported"], "{n} supported", "{n} supported"),
        "contradicted": plural(n["contradicted"], "{n} contradicted", "{n} contradicted"),
        "disputed": plural(n["disputed"], "{n} disputed", "{n} disputed"),
        "not_in_library": plural(n["not_in_library"], "{n} not in the library", "{n} not in the library"),
    }
    parts = wording.listed(said for ruling, said in counted.items() if n[ruling])
    return plural(len(found), "{n} claim: {verdicts}.", "{n} claims: {verdicts}.", verdicts=parts)


def plain(verdicts: Sequence[Verdict]) -> str:
    """The verdicts with their quotes, to paste anywhere."""
    blocks = [summary(verdicts)]
    for verdict in claims(verdicts):
        lines = [f"{_(LABELS[verdict.verdict])}: {verdict.statement}"]
        for side, citation in _sides(verdict):
            quote = f"“{_one_line(citation.quote)}” ({wording.listed(_source(citation))})"
            lines.append(f"  {_(side, quote=quote)}")
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks) + "\n"


def markdown(verdicts: Sequence[Verdict]) -> str:
    """The verdicts with their quotes as quotations, addresses linked."""
    blocks = [_safe(summary(verdicts))]
    for verdict in claims(verdicts):
        blocks.append(f"**{_(LABELS[verdict.verdict])}:** {_safe(verdict.statement)}")
        for side, citation in _sides(verdict):
            title, *rest = map(_safe, _source(citation))
            linked = f"[{title}](<{citation.url}>)" if _is_address(citation.url) else title
            source = _(side, quote=wording.listed([linked, *rest]))
            blocks.append(f"> {_safe(_one_line(citation.quote))}\n>\n> {source}")
    return "\n\n".join(blocks) + "\n"


def _sides(verdict: Verdict) -> Iterator[tuple[str, Citation]]:
    yield from ((FOR, citation) for citation in verdict.supporting)
    yield from ((AGAINST, citation) for citation in verdict.opposing)


def _source(citation: Citation) -> list[str]:
    return [citation.title, wording.credit(citation)]


def _is_address(url: str | None) -> bool:
    return bool(url) and not re.search(r"[\s<>]", url or "") and str(url).startswith(("http://", "https://"))


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _safe(text: str) -> str:
    return _MARKUP.sub(r"\\\1", text)
