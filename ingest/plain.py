"""Text copied from a page: finds its headline, its date line, and the boilerplate at both ends."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ingest.boilerplate import is_boilerplate, is_prose, lines_of_article
from qa.text.english import patterns

_PERSON = r"[^\W\d_][\w.’'-]*(?:\s+[^\W\d_][\w.’'-]*){0,4}"
_PEOPLE = rf"{_PERSON}(?:(?:\s*,\s*|\s+and\s+){_PERSON}){{0,4}}"
_BYLINE = re.compile(rf"^by\s+(?P<names>{_PEOPLE})$", re.IGNORECASE)
_FIELD = re.compile(
    rf"^(?P<name>{patterns(__name__)['fields']})\s*[:：]\s*(?P<value>\S.{{0,300}})$", re.IGNORECASE
)
_DATE_LABEL = re.compile(
    r"^(?:published|posted|updated|last updated|date|dated)(?:\s+(?:on|at))?\s*[:：-]?\s*", re.IGNORECASE
)
# A line with a date in any language has a year or three numbers.
_DATE_SHAPE = re.compile(
    r"\d{4}|[〇零一二三四五六七八九]{4}年|[一-鿿]{2}[\d元一二三四五六七八九十]{1,3}年|\d{1,2}[/.-]\d{1,2}[/.-]\d{2}"
)
_BESIDE = re.compile(r"\s{0,3}[|•·–—]\s{0,3}|\s-\s")
_MARKDOWN_HEADING = re.compile(r"^#{1,6}\s+")
_UNDERLINE = re.compile(r"^(?:=+|-+)$")
_FIELD_NAMES = {
    "headline": "title",
    "posted": "date",
    "published": "date",
    "source": "publisher",
    "by": "author",
    "link": "url",
    "category": "section",
    "last": "updated",
}
_QUOTED = re.compile(r"""(["'])(?P<value>(?:(?!\1).)+)\1""")  # as YAML quotes
_SENTENCE_END = (".", "!", "?", "…", "。", "۔", "؟")
_MAX_TITLE_CHARS = 250
_MAX_DATE_LINE_CHARS = 60
_MAX_DATE_WORDS = 5  # "21 января 2024 г." ends in a full stop and is no sentence.
_MAX_WORDS_BESIDE = 2  # A line with more words is a headline with a date in it.
_MAX_HEAD_LINES = 12
_MAX_LINES_ABOVE = 40


@dataclass(frozen=True, slots=True)
class CopiedPage:
    """A copied text in its parts. The body is `text[start:end]`.

    `cut` are lines of icons inside the body; `fields` the values of "Name: value" lines at the head.
    """

    title: str | None
    date_line: str | None
    authors: tuple[str, ...]
    fields: dict[str, str]
    start: int
    end: int


def take_apart(text: str, known_title: str | None = None) -> CopiedPage:
    """Finds where the article of a copied text begins and ends, and its headline, date and fields.

    Args:
        text: the text.
        known_title: the headline if it is known; then the first line may be prose.
    """
    lines = _lines(text)
    above = _lines_above(lines, known_title)
    fields: dict[str, str] = {}
    title: str | None = None
    date_line: str | None = None
    date_above: str | None = None
    authors: tuple[str, ...] = ()
    at = 0
    for at, (_, _, line) in enumerate(lines):
        byline = _BYLINE.match(line)
        given = _FIELD.match(line)
        if is_boilerplate(line) or _UNDERLINE.match(line):
            continue
        if at < above:
            date_above = date_above or date_in_line(line)
        elif given and at < above + _MAX_HEAD_LINES and not (given["name"].lower() == "by" and title is None):
            quoted = _QUOTED.fullmatch(value := given["value"].strip())
            fields.setdefault(_field_name(given["name"]), quoted["value"] if quoted else value)
        elif is_date_line(line) and at < above + _MAX_HEAD_LINES:
            date_line = date_line or date_in_line(line)
        elif byline and title is not None and at < above + _MAX_HEAD_LINES:
            authors = tuple(re.split(r"\s*,\s*|\s+and\s+", byline["names"]))
        elif title is None and known_title is not None and _says(line, known_title):
            title = line
        elif (
            title is None
            and known_title is None
            and "title" not in fields
            and _is_title(line, lines[at + 1 :])
        ):
            title = _MARKDOWN_HEADING.sub("", line)
        else:
            break
    else:
        at = len(lines)
    begin = lines[at][0] if at < len(lines) else len(text)
    own = lines[at : at + lines_of_article([line for _, _, line in lines[at:]])]
    return CopiedPage(title, date_line or date_above, authors, fields, begin, _foot(own, begin))


def is_date_line(line: str) -> bool:
    """Whether a line has a date and at most a place or a label beside it."""
    return date_in_line(line) is not None


def date_in_line(line: str) -> str | None:
    """The date of a line with little else: "Islamabad | January 21, 2024", "Statement, 6 May 2025"."""
    bare = _DATE_LABEL.sub("", line.strip())
    is_sentence = bare.endswith(_SENTENCE_END) and len(bare.split()) > _MAX_DATE_WORDS
    if len(bare) > _MAX_DATE_LINE_CHARS or is_sentence or not _DATE_SHAPE.search(bare):
        return None
    from ingest.published import parse_date

    place, _, after = bare.partition(", ")
    parts = [bare, *_BESIDE.split(bare)]
    if len(place.split()) <= _MAX_WORDS_BESIDE and not any(map(str.isdigit, place)):
        parts += [after, after.partition(" ")[2]]  # "Berlin, den 21. Januar 2024".
    return next((part for part in parts if len(part) > 5 and parse_date(part, "text") is not None), None)


def _lines(text: str) -> list[tuple[int, int, str]]:
    """The lines that are not blank, as (start, end, stripped text)."""
    lines, at = [], 0
    for line in text.split("\n"):
        if line.strip():
            lines.append((at + len(line) - len(line.lstrip()), at + len(line.rstrip()), line.strip()))
        at += len(line) + 1
    return lines


def _lines_above(lines: list[tuple[int, int, str]], title: str | None) -> int:
    """How many lines are above a known headline, if they are boilerplate and not prose."""
    if title is not None:
        for at, (_, _, line) in enumerate(lines[:_MAX_LINES_ABOVE]):
            if _says(line, title):
                return at
            if is_prose(line):
                break
    return 0


def _is_title(line: str, following: list[tuple[int, int, str]]) -> bool:
    if _MARKDOWN_HEADING.match(line):
        return True
    if len(line) > _MAX_TITLE_CHARS or line.endswith((".", "。", "۔")) or not following:
        return False
    return not line.startswith(("- ", "* ", "• "))


def _says(line: str, title: str) -> bool:
    """Whether a line is the headline, or the first line of it."""
    folded, wanted = (" ".join(each.casefold().split()) for each in (_MARKDOWN_HEADING.sub("", line), title))
    return folded == wanted or (len(folded) > 20 and wanted.startswith(folded))


def _foot(lines: list[tuple[int, int, str]], begin: int) -> int:
    """Where the body ends: before boilerplate and a single date line at the foot."""
    end = begin
    last = len(lines) - 1
    for at in range(last, -1, -1):
        line = lines[at][2]
        is_lone_date = 0 < at > last - _MAX_HEAD_LINES and is_date_line(line)
        if not is_boilerplate(line) and not is_lone_date:
            return lines[at][1]
    return end


def _field_name(name: str) -> str:
    return _FIELD_NAMES.get(first := name.lower().split()[0], first)
