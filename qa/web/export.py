"""An answer, or a whole conversation, as text to paste elsewhere, with its sources."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from qa.core.types import Citation, Claim
from qa.web import wording
from qa.web.conversations import Exchange
from qa.web.export_html import page
from qa.web.language import N_, _


def markdown(exchange: Exchange) -> str:
    """The answer in Markdown, its sources under it, each with every quote taken from it."""
    notes = [
        f"[{quotes[0].number}]: {_escaped(_reference(quotes[0]))}\n"
        + "\n>\n".join(f"> {_escaped(_one_line(quote.quote))}" for quote in quotes)
        for quotes in _sources(exchange)
    ]
    question = f"**{_escaped(_one_line(exchange.question))}**"
    return "\n\n".join([question, *map(_escaped, _body(exchange)), *notes]) + "\n"


def plain(exchange: Exchange) -> str:
    """The answer as plain text with numbered notes under it."""
    notes = [
        f"[{quotes[0].number}] {_reference(quotes[0])}: "
        + " … ".join(f"“{_one_line(quote.quote)}”" for quote in quotes)
        for quotes in _sources(exchange)
    ]
    return "\n\n".join([exchange.question, *_body(exchange), "\n".join(notes)]).strip() + "\n"


def bibtex(exchange: Exchange) -> str:
    """The cited documents as BibTeX entries."""
    return "\n\n".join(_bibtex(quotes[0]) for quotes in _sources(exchange)) + "\n"


def ris(exchange: Exchange) -> str:
    """The cited documents as RIS records."""
    return "\n".join(_ris(quotes[0]) for quotes in _sources(exchange)) + "\n"


FORMS: dict[str, Callable[[Exchange], str]] = {
    "Markdown": markdown,
    N_("Text"): plain,
    "BibTeX": bibtex,
    "RIS": ris,
}
# A citation's number, which stays; and what means something in Markdown, or makes an address of a word.
_MARKUP = re.compile(r"(\[\d+\])|([#$&*+/:<=>@\[\\\]^_`{|}~!]|(?<=\w)\.(?=\w)|(?m:^)\s*-|(?<=\d)[.)])")
ENDINGS = {"Markdown": "md", "Text": "txt", "BibTeX": "bib", "RIS": "ris"}


def conversation(name: str, exchanges: Iterable[Exchange]) -> str:
    """A conversation in Markdown, with the sources under each answer."""
    return f"# {_escaped(_one_line(name))}\n\n" + "\n---\n\n".join(markdown(each) for each in exchanges)


def pdf(name: str, exchanges: Iterable[Exchange]) -> bytes:
    """A conversation as a PDF. Its library is imported when the first one is wanted."""
    from qa.web.export_pdf import document

    return document(name, exchanges)


CONVERSATION_FORMS: dict[str, tuple[str, Callable[[str, list[Exchange]], str | bytes]]] = {
    "Markdown": ("md", conversation),
    "HTML": ("html", page),
    "PDF": ("pdf", pdf),
}
"""A conversation's forms: the ending of the file, and what writes it."""


def _escaped(text: str) -> str:
    """Text that Markdown shows as it stands: no picture is loaded, no address becomes a link.

    Our own marks stay: [1], and the hyphen of a list.
    """
    escaped = _MARKUP.sub(lambda mark: mark[1] or rf"\{mark[2]}", text)
    return escaped.replace("\n\\- ", "\n- ")


def _body(exchange: Exchange) -> list[str]:
    """What was answered, paragraph by paragraph, with all that was shown under it."""
    parts = [wording.outcome(exchange).strip()]
    parts += [
        _("The library says otherwise: {sentence}", sentence=_said(each)) for each in exchange.corrections
    ]
    parts += [_("Worked out: {working}", working=each.working) for each in exchange.claims if each.working]
    for dispute in exchange.disagreements:
        sides = [
            f"- {wording.origin(side.citation.publisher, side.citation.published)}: {wording.told(side)} "
            f"[{side.citation.number}]"
            for side in dispute.sides
        ]
        heading = _("The documents differ on {matter}:", matter=dispute.about)
        parts.append("\n".join([heading, "", *sides]))
    parts += [f"{step.question} {step.text}" for step in exchange.steps]
    return parts


def _said(claim: Claim) -> str:
    marks = "".join(f" [{quote.number}]" for quote in claim.citations)
    return wording.unmarked(claim.text) + marks


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _sources(exchange: Exchange) -> list[list[Citation]]:
    """The quotes of an exchange by their document, in the order of its number."""
    grouped: dict[str, list[Citation]] = {}
    for quote in wording.quotes(exchange):
        grouped.setdefault(quote.article_id, []).append(quote)
    return sorted(grouped.values(), key=lambda quotes: quotes[0].number)


def _reference(quote: Citation) -> str:
    parts = [quote.publisher, wording.day(quote.published), quote.url]
    return wording.listed([f"“{quote.title}”", *(part for part in parts if part)])


def _bibtex(quote: Citation) -> str:
    word = re.sub(r"\W", "", (quote.publisher or "unknown").split()[0].lower())
    year = str(quote.published.year) if quote.published else "nd"
    fields = {
        "title": f"{{{_tex(quote.title)}}}",
        "organization": _tex(quote.publisher or ""),
        "date": quote.published.isoformat() if quote.published else "",
        "url": quote.url or "",
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@online{{{word}{year}-{quote.number},", *lines, "}"])


def _tex(text: str) -> str:
    """Text with TeX's own characters escaped; braces are dropped, as an entry must balance."""
    return re.sub(r"([&%$#_])", r"\\\1", re.sub(r"[{}\\]", "", text))


def _ris(quote: Citation) -> str:
    fields = [
        ("TY", "NEWS"),
        ("TI", quote.title),
        ("T2", quote.publisher or ""),
        ("DA", f"{quote.published:%Y/%m/%d}" if quote.published else ""),
        ("UR", quote.url or ""),
    ]
    return "\n".join([*(f"{tag}  - {value}" for tag, value in fields if value), "ER  - "])
