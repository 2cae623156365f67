"""What every rule over text costs on the worst input that we know, and how that grows.

    python -m tests.growth [NAME...]      # 2,000, 20,000 and 200,000 characters; those that outgrow a line

A rule is a public function that reads a stranger's text of any length, or a question, which is bounded.
"""

from __future__ import annotations

import datetime as dt
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress

from ingest import (
    alike,
    decoding,
    document_type,
    feeds,
    forwarded,
    mail,
    plain,
    sanitiser,
    shingles,
    sitemaps,
    speech,
)
from ingest.article import read_dateline
from ingest.prepare import prepare
from ingest.values import Blob, Facts, Options
from qa.answer import answer_type, comparison, matching
from qa.answer.assistant import MAX_STATEMENT_CHARS
from qa.core.errors import DatelineError
from qa.core.types import Filters
from qa.dates import find
from qa.search import boolean, diversity, parts, timeframe
from qa.search.as_of import understood
from qa.text import acronyms, credits, facts, ordinals, sentences, terms
from qa.text.language import identify
from qa.verify import grounding, hard_facts, premise, statements

TODAY = dt.date(2024, 1, 21)
Rule = Callable[[str], object]

# Each is repeated until the text is long enough.
NASTY = [
    *". 1 a A - ’ \" “ ” ( [ < > / , ; * = _ | $ é 年".split(),
    " ", "\n", "\t", "\n \n", " \n", "-\n", "1.", "1 ", "a ", "A ", "a-", "A-", "a, ", "Ab ", "Ab-", "Ab, ", "Ab. ",
    "Ab and ", "a and ", "the ", "of the ", " > ", "Home > ", "fa-", "jointly ", "he said, ", "“Ab ", "(Ab ", "Ab (AB) ",
    "From: ", "From \n", "From: a\n", '"a" <a@b.example>, ', "<url>", "<loc>", "<url ", "<!DOCTYPE", "<!ENTITY", "<a ", "</a",
    "http://", "21 January 2024 ", "January ", "2024-01-21 ", "21/01/2024 ", "21 January 2024\n", "1/", "Monday ",
    "last year ", "from ", "between 1 and ", "said ", "was ", "Mr. Ab ", "Minister of ", "Ab, minister, ", "third and ",
    "third meeting, ", "1 million ", "two ", "who ", "which ", "by ", "more than ", "Ab's ", "not ", "ignore ", "AI ",
    "re: ", "I think ", "[1] ", "ہے ", "ال", "\u200c",
]  # fmt: skip


def texts(chars: int) -> Iterator[tuple[str, str]]:
    """Each nasty text of so many characters, and what it repeats."""
    for unit in NASTY:
        yield unit, (unit * (chars // len(unit) + 1))[:chars]


def _prepared(name: str, text: str) -> object:
    return prepare(Blob(f"/x/{name}", name, text.encode()), "", Options())


def _mail(text: str) -> object:
    line = " ".join(text.split("\n"))
    message = f"From: {line}\nSubject: {line}\nContent-Type: text/plain; a={line}\n\n{text}"
    return list(mail.read_mail(Blob("/x/a.eml", "a.eml", message.encode())))


def _feed(text: str) -> object:
    for data in (
        f"{text}<rss><channel>",
        f'<?xml version="1.0"?><rss><channel><title>{text}</title></channel></rss>',
    ):
        with suppress(DatelineError):
            feeds.read_feed(data.encode(), "https://wire.example/feed")
    return None


def _asks(text: str) -> object:
    return [
        answer_type.expected(text), answer_type.asks_twice(text), answer_type.stated(text), premise.premise(text),
        comparison.parse(text), parts.parts(text, parts.Publishers(["Dawn", "The Nation"])), boolean.parse(text),
        matching.without_time(text), diversity.SUMMARY.search(text), understood(text, (), Filters(), TODAY),
        timeframe.find_timeframe(text, TODAY),
    ]  # fmt: skip


RULES: dict[str, Rule] = {
    "sentences": sentences.spans,
    "days": lambda text: find.find_days(text, TODAY),
    "order of days": find.numeric_order,
    "terms": terms.terms,
    "numbers": facts.numbers.__wrapped__,
    "names": facts.names.__wrapped__,
    "ordinals": ordinals.ordinals.__wrapped__,
    "acronyms": lambda text: list(acronyms.introduced(text)),
    "credits": credits.without_credits,
    "quotations": hard_facts.quotations,
    "citations": grounding.sentences_cited,
    "dateline": read_dateline,
    "copied text": plain.take_apart,
    "kind": lambda text: (
        document_type.document_type(Facts(title=text), text, text, text),
        document_type.issuer_of("official", None, None, text),
    ),
    "shingles": shingles.bands,
    "speech": lambda text: speech.find_speech(f"The minister said. {text} he said."),
    "speech, French": lambda text: speech.find_speech(f"{text} a dit", language="fr"),
    "words to a model": lambda text: sanitiser.addressed_to_model(f"{text} prompt", [(0, len(text) + 7)]),
    "invisible characters": sanitiser.strip_characters,
    "language": identify,
    "decoding": lambda text: decoding.decode(text.encode()),
    "messages in a message": forwarded.parted,
    "mail": _mail,
    "mailbox": lambda text: list(mail.read_mail(Blob("/x/a.mbox", "a.mbox", text.encode()))),
    "feed": _feed,
    "sitemap": lambda text: sitemaps.read_sitemap(text.encode()),
    "plain document": lambda text: _prepared("a.txt", text),
}
# Read up to a bound only; what they cost grows with its square at most.
BOUNDED: dict[str, tuple[Rule, int]] = {
    "alike": (lambda text: alike.compare_texts(text, text[1:] + text[:1]), 2_000),
    "question": (_asks, parts.MAX_CHARS),
    "statement": (
        lambda text: [statements.parts.__wrapped__(each) for each in statements.statements.__wrapped__(text)],
        MAX_STATEMENT_CHARS,
    ),
}


def cost(rule: Rule, text: str) -> float:
    """The processor's seconds for one text."""
    began = time.process_time()
    rule(text)
    return time.process_time() - began


def main(names: list[str]) -> None:
    for name, rule in (RULES | {name: rule for name, (rule, _) in BOUNDED.items()}).items():
        if names and name not in names:
            continue
        most = dict(BOUNDED).get(name, (rule, 200_000))[1]
        sizes = [most // 100, most // 10, most]
        worst = max(
            ((unit, [cost(rule, dict(texts(size))[unit]) for size in sizes]) for unit, _ in texts(1)),
            key=lambda each: each[1][-1],
        )
        seconds = "  ".join(f"{size:,}: {spent:.3f} s" for size, spent in zip(sizes, worst[1], strict=True))
        print(f"{name:24} worst {worst[0]!r:22} {seconds}", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
