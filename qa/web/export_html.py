"""A conversation as one self-contained web page, with its quotes; it prints well, too."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from urllib.parse import quote as percent_encoded

from qa.core.types import Citation, Claim, Disagreement, Side, Step
from qa.web import wording
from qa.web.conversations import Exchange
from qa.web.language import _, current, plural

_LONGEST_FRAGMENT_CHARS = 250
# Nothing of the page can load or run anything: what documents and readers wrote is text.
_HEAD = """<!doctype html>
<html lang="{language}" dir="{direction}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="referrer" content="no-referrer">
<title>{title}</title>
<style>
:root {{ color-scheme: light dark; --ink: light-dark(#1f1d1a, #ece7de); --soft: light-dark(#635e55, #a8a196);
  --rule: light-dark(#e0dbd0, #3a3732); --accent: light-dark(#8c2f1b, #e8a088); }}
body {{ max-width: 42rem; margin: 3rem auto; padding: 0 1.25rem; background: light-dark(#fcfbf8, #161513);
  color: var(--ink); font: 1.0625rem/1.6 "Source Serif 4", Georgia, "Noto Serif", "Noto Naskh Arabic",
  "Noto Nastaliq Urdu", "Noto Serif CJK SC", "Songti SC", serif; overflow-wrap: anywhere; }}
h1 {{ font-size: 1.75rem; line-height: 1.25; }}
h2 {{ font-size: 1.3125rem; line-height: 1.3; margin: 0 0 0.75rem; }}
h3 {{ font-size: 1rem; margin: 1.5rem 0 0.5rem; }}
section {{ border-top: 1px solid var(--rule); padding-top: 1.75rem; margin-top: 2.25rem; }}
a {{ color: var(--accent); }}
sup a {{ text-decoration: none; font-size: 0.75em; margin-left: 0.15em; }}
blockquote {{ margin: 0.35rem 0 0; padding-inline-start: 0.9rem;
  border-inline-start: 2px solid var(--rule); }}
ol {{ padding-inline-start: 1.5rem; }}
li {{ margin: 0.75rem 0; break-inside: avoid; }}
li:target {{ outline: 2px solid var(--accent); outline-offset: 6px; }}
small, .soft {{ color: var(--soft); font-size: 0.875rem; }}
.partial {{ text-decoration: underline dotted; }}
@media print {{ body {{ margin: 0; max-width: none; font-size: 11pt; }} h2, h3 {{ break-after: avoid; }} }}
</style>
</head>
<body>
<h1 dir="auto">{title}</h1>
"""


def page(name: str, exchanges: Iterable[Exchange]) -> str:
    """A conversation as a web page: every sentence with its marks, every mark with its quote."""
    sections = [_section(exchange, f"a{number}") for number, exchange in enumerate(exchanges, start=1)]
    language = current()
    head = _HEAD.format(
        title=escape(name), language=language.tag, direction="rtl" if language.right_to_left else "ltr"
    )
    return "\n".join([head, *sections, "</body>\n</html>\n"])


def _section(exchange: Exchange, name: str) -> str:
    quotes = wording.quotes(exchange)
    parts = [f'<section>\n<h2 dir="auto">{escape(exchange.question)}</h2>']
    if exchange.outcome == "answered":
        parts += [_sentences(each, quotes, name) for each in wording.paragraphs(exchange)]
        parts.append(f'<p class="soft">{escape(wording.account(exchange))}</p>')
    else:
        parts.append(f'<p dir="auto">{escape(wording.outcome(exchange))}</p>')
    if exchange.corrections:
        parts += [
            "<h3>" + _("The library says otherwise") + "</h3>",
            _sentences(exchange.corrections, quotes, name),
        ]
    parts += [_disagreement(each, quotes, name) for each in exchange.disagreements]
    if exchange.steps:
        parts.append(_steps(exchange.steps, quotes, name))
    if exchange.advice:
        advice = "".join(f'<li dir="auto">{escape(_(each))}</li>' for each in exchange.advice)
        parts.append(f"<ul>{advice}</ul>")
    if quotes:
        parts.append(_sources(quotes, name))
    return "\n".join([*parts, "</section>"])


def _sentences(claims: Sequence[Claim], quotes: Sequence[Citation], name: str) -> str:
    said = []
    for claim in claims:
        notes = [wording.without_source(claim)] if claim.missing else []
        notes += [_("worked out: {working}", working=claim.working)] if claim.working else []
        note = f" <small>({escape(current().pause.join(notes))})</small>" if notes else ""
        text = f'<span class="{claim.support}">{escape(wording.unmarked(claim.text))}</span>'
        said.append(text + _marks(claim.citations, quotes, name) + note)
    return f'<p dir="auto">{" ".join(said)}</p>'


def _marks(citations: Iterable[Citation], quotes: Sequence[Citation], name: str) -> str:
    places = [(wording.place(each, quotes) or 0) + 1 for each in citations]
    return "".join(f'<sup><a href="#{name}-{place}">{place}</a></sup>' for place in places)


def _disagreement(disagreement: Disagreement, quotes: Sequence[Citation], name: str) -> str:
    rows = "".join(
        f"<li>{escape(_told(side))}{_marks([side.citation], quotes, name)}</li>"
        for side in disagreement.sides
    )
    heading = _("The documents differ on {matter}", matter=disagreement.about)
    return f"<h3>{escape(heading)}</h3>\n<ul>{rows}</ul>"


def _told(side: Side) -> str:
    return _(
        "{day}, {publisher}: {value}",
        day=wording.day(side.citation.published),
        publisher=side.citation.publisher or _("unknown publisher"),
        value=wording.told(side),
    )


def _steps(steps: Sequence[Step], quotes: Sequence[Citation], name: str) -> str:
    rows = "".join(
        f'<li dir="auto">{escape(step.question)}<br>{escape(wording.unmarked(step.text))}'
        f"{_marks(step.citations, quotes, name)}</li>"
        for step in steps
    )
    heading = plural(len(steps), "Answered in {n} step", "Answered in {n} steps")
    return f"<h3>{heading}</h3>\n<ol>{rows}</ol>"


def _sources(quotes: Sequence[Citation], name: str) -> str:
    rows = "".join(
        f'<li id="{name}-{place}" dir="auto">{_origin(quote)}'
        f'<blockquote dir="auto">{escape(quote.quote)}</blockquote></li>'
        for place, quote in enumerate(quotes, start=1)
    )
    heading = _("Sources")
    return f"<h3>{heading}</h3>\n<ol>{rows}</ol>"


def _origin(quote: Citation) -> str:
    title = escape(quote.title)
    if quote.url and quote.url.startswith(("http://", "https://")):
        title = f'<a href="{escape(_to_the_quote(quote.url, quote.quote))}" rel="noreferrer">{title}</a>'
    origin = escape(wording.credit(quote, page=True))
    return f"{title}<br><small>{origin}</small>"


def _to_the_quote(url: str, words: str) -> str:
    """An address that browsers open at the quote: a text fragment (WICG), for quotes of one line."""
    if "#" in url or "\n" in words or len(words) > _LONGEST_FRAGMENT_CHARS:
        return url
    return f"{url}#:~:text={percent_encoded(words, safe='').replace('-', '%2D')}"
