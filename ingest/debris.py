"""What stands around an article on its page and is copied or printed with it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

_PROSE_CHARS = 110  # A line this long is no teaser and no button,
_SENTENCE_CHARS = 60  # nor one that is this long and ends as a sentence does.
_SENTENCE_ENDS = (".", "!", "?", "…", "”", '"', "。", "۔", "؟")
_MIN_PROSE_LINES = 2
_ICONS = re.compile(r"^(?:\s*(?:icon|fa|fab|social|share)-[a-z-]+)+\s*$", re.IGNORECASE)
_NETWORK = "facebook|twitter|x|whatsapp|linkedin|telegram|email|print|reddit|copy link|share"
_SECTIONS = (
    "home|news|world|national|international|politics|business|economy|finance|markets|sports?|opinion|editorial|"
    "culture|arts|entertainment|life ?style|health|science|technology|tech|education|travel|weather|videos?|"
    "photos?|podcasts?|magazine|e-?paper|archives?|latest|trending|more|about(?: us)?|contact(?: us)?"
)
_DEBRIS_LINES = (
    r"share(?:\s+(?:this|on|via|article|story)\b.*)?",
    r"tweet|pin(?:\s?it)?|print(?: this)?|e?-?mail(?: this)?|whats\s?app|face\s?book|twitter|linked\s?in",
    r"telegram|instagram|youtube|reddit|copy link|follow us\b.*",
    rf"(?:(?:{_NETWORK})[\s|,·•/]*){{2,20}}",
    r"\d[\d,.]*k?\s*(?:shares?|views?|comments?|likes?|reads?)|(?:\d+\s*)?min(?:ute)?s? read",
    r"listen(?: to (?:this )?article)?",
    r"read\s+(?:also|more|next)\b.*|also\s+read\b.*",
    r"related(?:\s+(?:articles?|stories|news|posts?|topics?))?\W*|advertisement|sponsored(?: content)?",
    r"(?:sign up|subscribe|log in|sign in)\b.*|(?:leave|post|add) a (?:comment|reply).*",
    r"(?:no )?comments?(?:\s*\(\d+\))?|tags?\s*[:：].*|filed under\b.*|copyright\b.*|©.*",
    r".*\ball rights reserved\W*.*|(?:back to )?top|home(?:\s*[>»/|]\s*[\w &]+)+",
    r"skip to (?:main )?content|menu|search|next article|previous article|click here\b.*",
    r"(?:accept|manage|we use)\b.*\bcookies\b.*|published in .{3,60}, \w+ \d.*",
    r"(?:accept|reject|allow)(?: all)?(?: cookies)?",
    rf"(?:(?:{_SECTIONS})[\s|,·•/>»]+){{2,20}}(?:{_SECTIONS})",
)
_DEBRIS = re.compile(rf"^\W*(?:{'|'.join(_DEBRIS_LINES)})\s*$", re.IGNORECASE)
# What stands under an article on its page: further articles, and what readers said.
_MORE_BELOW = re.compile(
    r"^\W*(?:you (?:may|might) also like|"
    r"(?:related|recommended|similar)(?: (?:articles?|stories|news|posts?))?|"
    r"most (?:read|popular|viewed)(?: this week)?|more (?:from|on|in|stories|news)\b.{0,40}|"
    r"(?:read|see) (?:also|more)|trending(?: now)?|latest (?:news|stories)|editor['’]s picks?)\W*$",
    re.IGNORECASE,
)
_COMMENTS_BELOW = re.compile(r"^\W*(?:(?:reader )?comments|discussion)\s*\(\d+\)\W*$", re.IGNORECASE)


def is_debris(line: str) -> bool:
    """Whether a line is a button, a menu, a notice or icons."""
    return bool(_ICONS.match(line) or (len(line) < 120 and _DEBRIS.match(line)))


def is_prose(line: str) -> bool:
    """Whether a line is what an article is made of, rather than what stands around it."""
    long = len(line) > _PROSE_CHARS or (len(line) > _SENTENCE_CHARS and line.endswith(_SENTENCE_ENDS))
    return long and not is_debris(line)


def without_icons(text: str) -> str:
    """The text without lines that only name icons, wherever they stand."""
    if "-" not in text:
        return text
    kept = (line for line in text.split("\n") if not _ICONS.match(line))
    return "\n".join(kept)


def lines_of_article(lines: Sequence[str]) -> int:
    """How many lines, from an article's first on, are its own: then come comments or other articles."""
    comments = _first(lines, _COMMENTS_BELOW, lambda at: True)
    own = lines[:comments]
    return _first(own, _MORE_BELOW, lambda at: not any(map(is_prose, own[at:])))


def _first(lines: Sequence[str], heading: re.Pattern[str], fits: Callable[[int], bool]) -> int:
    """The first line below some prose that is such a heading and fits; else how many lines there are."""
    prose = 0
    for at, line in enumerate(lines):
        if prose >= _MIN_PROSE_LINES and heading.match(line) and fits(at):
            return at
        prose += is_prose(line)
    return len(lines)
