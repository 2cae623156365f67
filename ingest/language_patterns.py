"""Patterns that find speakers in languages other than English, tried in order on a sentence.

Chinese, Urdu, Arabic, French, Spanish and German each have a file in `languages/`, with verbs of saying,
nouns for roles and bodies that speak, and patterns of their order. A pattern has groups named `role`, `name`,
`body` or `pronoun`. They find the common forms of news prose; a form that they miss gives no speech, rather
than a wrong speaker. A parser would find more, and cost several hundred times as much as reading the
document.

In a file, `${said}` in a pattern or the `hint` stands for the entry `said` of its `words`; words can use
earlier words in the same way. `like` names a file whose words and patterns are added after its own.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from string import Template
from typing import Any, NamedTuple

_FOLDER = files("ingest").joinpath("languages")


class LanguagePatterns(NamedTuple):
    """A language's patterns; every sentence that fits one of them also fits `hint`.

    `marks` open and close a quotation.
    """

    hint: re.Pattern[str]
    patterns: tuple[re.Pattern[str], ...]
    marks: tuple[str, str]


@cache
def patterns_of(language: str) -> LanguagePatterns | None:
    """The patterns of a language by its ISO 639-1 code; None if there are none."""
    file = _file(language)
    if file is None or "marks" not in file:
        return None
    words = words_of(language)
    opening, closing = file["marks"]
    return LanguagePatterns(
        re.compile(Template(file["hint"]).safe_substitute(words), re.IGNORECASE),
        tuple(re.compile(Template(each).safe_substitute(words)) for each in file["patterns"]),
        (opening, closing),
    )


def words_of(language: str) -> dict[str, str]:
    """The words of a language's file, each as a part of a pattern, with earlier words filled in."""
    words: dict[str, str] = {}
    for name, text in (_file(language) or {})["words"].items():
        words[name] = Template(re.sub(r"(^|\n) +", "", text)).safe_substitute(words)
    return words


def _file(language: str) -> dict[str, Any] | None:
    path = _FOLDER.joinpath(f"{language}.toml")
    if not (language.isalpha() and path.is_file()):
        return None
    file = tomllib.loads(path.read_text(encoding="utf-8"))
    base = _file(file["like"]) if "like" in file else None
    if base is None:
        return file
    patterns = [*file["patterns"], *base["patterns"]]
    return base | file | {"patterns": patterns, "words": file["words"] | base["words"]}
