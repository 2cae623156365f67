"""The values that pass between Dateline's parts.

Frozen, typed, and without I/O. They nest one way: an `Article` has `Passage`s, a `Hit`
is a passage that a search found, a `Citation` is a quote from an article, a `Claim` is a
sentence of an answer with its citations, and an `Answer` is a list of claims.

Every `start` and `end` is a character offset into `Article.body`, end exclusive; a text or quote beside them
is `body[start:end]`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Kind = Literal["official", "report", "opinion"]
PublishedFrom = Literal["metadata", "page", "text", "file name", "reader", "none"]
Notice = Literal["retraction", "correction", "satire"]
Precision = Literal["moment", "day", "month", "year"]
Support = Literal["supported", "partial", "unsupported"]
Status = Literal["answered", "not_in_library"]
DigestKind = Literal["summary", "who", "latest", "change", "list", "count"]
Ruling = Literal["supported", "contradicted", "disputed", "not_in_library"]


@dataclass(frozen=True, slots=True)
class Day:
    """A day, or a span of days, that an article's text speaks of.

    `date` and `until` are both inclusive and equal for a single day: "September 2022" is
    2022-09-01 to 2022-09-30. Relative expressions are resolved against the publication date.
    """

    text: str
    start: int
    end: int
    date: dt.date
    until: dt.date


@dataclass(frozen=True, slots=True)
class Speech:
    """A sentence that reports what somebody said; `speaker` and `role` as the text names them."""

    start: int
    end: int
    speaker: str
    role: str = ""


@dataclass(frozen=True, slots=True)
class Stripped:
    """Text that ingestion kept out of the passages, and why."""

    text: str
    reason: str
    action: Literal["stripped", "quarantined"]


@dataclass(frozen=True, slots=True)
class Article:
    """A document as the library keeps it.

    `source` is where it came from (an absolute path or an address) and identifies it;
    `published` is a day, whatever its `precision`; `published_from` says where the date was
    found; `pages` holds the offset at which each page of a paged document starts; `story` is
    the id shared by all versions of the same story (its own id when there is but one).
    None means "not known".
    """

    id: str
    title: str
    body: str
    source: str
    publisher: str | None = None
    published: dt.date | None = None
    published_from: PublishedFrom = "none"
    precision: Precision = "day"
    inferred: bool = False
    place: str | None = None
    authors: tuple[str, ...] = ()
    language: str | None = None
    url: str | None = None
    section: str | None = None
    collection: str | None = None
    kind: Kind = "report"
    issuer: str | None = None
    story: str = ""
    copy_of: str | None = None
    pages: tuple[int, ...] = ()
    days: tuple[Day, ...] = ()
    speech: tuple[Speech, ...] = ()
    stripped: tuple[Stripped, ...] = ()
    notice: Notice | None = None  # What its publisher says of it.

    @property
    def header(self) -> str:
        """Publisher, day and headline, as far as they are known: what a reader sees above a quote."""
        day = f"{self.published:%-d %B %Y}" if self.published else ""
        head = ", ".join(part for part in (self.publisher, day) if part)
        return f'{head}{": " if head else ""}"{self.title}"'

    def page(self, offset: int) -> int | None:
        """The number (from 1) of the page that holds a character offset, None if unpaged."""
        if not self.pages:
            return None
        return max(1, sum(1 for begins in self.pages if begins <= offset))


@dataclass(frozen=True, slots=True)
class Passage:
    """Some whole sentences of an article that follow each other, small enough to embed.

    `text == body[start:end]`.

    `position` counts the passages of one article from 0; `paragraph` counts its paragraphs,
    so that neighbours that share one can be joined.
    """

    id: str
    article_id: str
    position: int
    paragraph: int
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Filters:
    """What a search may return. Empty means no restriction; both dates are inclusive.

    `articles` are article ids: a question put to these documents and no others.
    """

    since: dt.date | None = None
    until: dt.date | None = None
    publishers: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    collections: tuple[str, ...] = ()
    kinds: tuple[Kind, ...] = ()
    articles: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return self != Filters()

    def listed(self) -> dict[str, tuple[str, ...]]:
        """Each field that is restricted to some values, with the values; `article` is its id."""
        fields: dict[str, tuple[str, ...]] = {
            "article": self.articles,
            "publisher": self.publishers,
            "language": self.languages,
            "section": self.sections,
            "collection": self.collections,
            "kind": self.kinds,
        }
        return {field: wanted for field, wanted in fields.items() if wanted}


@dataclass(frozen=True, slots=True)
class Timeframe:
    """The interval that a question asks about, as it was understood.

    `text` is the words it was read from. Both days are inclusive and None is open.
    `latest` asks for the newest first rather than for an interval. `on` says what the interval
    is about: "published" leaves out articles of other days ("since March", "as of June", "last
    week"); "mentioned" only ranks, as a later article may tell of it too ("in July 2022").
    `others` are the further intervals of a question that compares times; they only rank.
    """

    text: str
    since: dt.date | None = None
    until: dt.date | None = None
    latest: bool = False
    on: Literal["mentioned", "published"] = "mentioned"
    others: tuple[Timeframe, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that a search found: `score` in 0..1, `rank` from 1.

    `also_in` holds articles that carry the same story and were folded into this hit.
    """

    passage: Passage
    article: Article
    score: float
    rank: int
    also_in: tuple[Article, ...] = ()


def numbered(hits: Sequence[Hit]) -> dict[str, int]:
    """The number of each article among the hits, from 1, in the order of its best hit."""
    return {id_: number for number, id_ in enumerate(dict.fromkeys(hit.article.id for hit in hits), start=1)}


@dataclass(frozen=True, slots=True)
class Retrieval:
    """What one search gave: hits best first, how the question was read, how long it took.

    `note` tells the reader of a fallback ("nothing from January 2024; these are from other dates").
    """

    query: str
    hits: tuple[Hit, ...]
    timeframe: Timeframe | None = None
    filters: Filters = Filters()
    note: str | None = None
    ms: float = 0.0


@dataclass(frozen=True, slots=True)
class Turn:
    """One message of a conversation."""

    role: Literal["user", "assistant"]
    content: str


@dataclass(frozen=True, slots=True)
class Newer:
    """A newer document of the same story as a cited one."""

    article_id: str
    title: str
    publisher: str | None
    published: dt.date


@dataclass(frozen=True, slots=True)
class Citation:
    """A verbatim quote: `body[start:end] == quote` in the article it names.

    `speaker` is who says it where the document only reports it ("the foreign secretary");
    `newer` the newest document of the same story, where that is not the cited one; `notice` what the
    publisher says of the article: retracted, corrected, satire.
    """

    number: int
    article_id: str
    title: str
    publisher: str | None
    published: dt.date | None
    url: str | None
    quote: str
    start: int
    end: int
    page: int | None = None
    speaker: str | None = None
    newer: Newer | None = None
    notice: Notice | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence of an answer; `missing` lists what no cited passage says of it.

    `working` shows how a figure was computed from the cited ones ("62 - 46 = 16"), "" if none was.
    """

    text: str
    support: Support
    missing: tuple[str, ...] = ()
    citations: tuple[Citation, ...] = ()
    working: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One part of a question that was answered part by part: the part, what was found, and where."""

    question: str
    text: str
    citations: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True)
class Side:
    """What one document says of a matter on which documents differ: `value` as it words it; `refuted` is the
    sentence that calls it wrong, where one does."""

    value: str
    citation: Citation
    refuted: Citation | None = None


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A figure, day or name of an answer that documents tell differently; `sides` has the newest first."""

    about: str
    sides: tuple[Side, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of a digest: what it is about (a document, a year, a power station), the values in the words of
    the documents ("1,320 megawatts"; a summary has none), and the quotes."""

    label: str
    values: tuple[str, ...]
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Digest:
    """The answer to a broad question, gathered by code: a sentence that says what was gathered, the entries,
    and sentences that say what may be missing. `column` heads the values, "" where there are none."""

    kind: DigestKind
    lead: str
    entries: tuple[Entry, ...]
    column: str = ""
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Timings:
    """Milliseconds from the moment the question was put."""

    retrieve_ms: float = 0.0
    first_token_ms: float = 0.0
    total_ms: float = 0.0


@dataclass(frozen=True, slots=True)
class Provenance:
    """What an answer was read from: how many documents, whose, and from which days.

    `independent` counts stories: copies and retellings of one count once. `matching` counts the
    documents of the library that have most of the question's words, read or not, up to 100; `gaps` say
    what is missing ("nothing after March 2021"). `as_of` is the last day of publication that could be
    read, None if any could.
    """

    documents: int = 0
    matching: int = 0
    independent: int = 0
    publishers: tuple[str, ...] = ()
    since: dt.date | None = None
    until: dt.date | None = None
    gaps: tuple[str, ...] = ()
    as_of: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to a question, with its quotes and what it was read from.

    `question` is as asked, `standalone` as it was understood in its conversation. `brief` is the answer
    in the fewest words ("Sun Weidong"), "" for a refusal. `confidence` is the probability, 0..1, that this
    answer is right; a refusal has that of the answer it withheld. `steps` are the parts of a question that
    was answered part by part. `prompts` names the prompts that were used. `digest` is set for a broad
    question; its quotes are the claims.

    A refusal has `corrections`, what the library says against a premise of the question; `nearest`, the
    closest quotes; `advice`, what to do next; and `withheld`, the proved answer whose confidence was too low.
    """

    question: str
    standalone: str
    status: Status
    text: str
    claims: tuple[Claim, ...]
    hits: tuple[Hit, ...]
    model: str
    timings: Timings
    basis: Provenance = Provenance()
    timeframe: Timeframe | None = None
    note: str | None = None
    brief: str = ""
    confidence: float | None = None
    steps: tuple[Step, ...] = ()
    disagreements: tuple[Disagreement, ...] = ()
    corrections: tuple[Claim, ...] = ()
    nearest: tuple[Citation, ...] = ()
    advice: tuple[str, ...] = ()
    prompts: tuple[str, ...] = ()
    withheld: str = ""
    digest: Digest | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the library says of a statement, with quotes for and against.

    `parts` are the verdicts on the parts of a compound statement; a simple statement has none.
    """

    statement: str
    verdict: Ruling
    supporting: tuple[Citation, ...]
    opposing: tuple[Citation, ...]
    explanation: str
    timings: Timings
    parts: tuple[Verdict, ...] = ()
