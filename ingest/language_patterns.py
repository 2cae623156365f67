"""Who says so in languages other than English: a few patterns each, tried in order on a sentence.

Chinese, Urdu, Arabic, French, Spanish and German, the languages beside English that a reader of this
library's news meets, each in a file of `languages/`. It has the verbs of saying, the nouns of roles and of
bodies that speak, and the order they come in; a pattern names what it finds as `role`, `name`, `body` or
`pronoun`. They find the common forms of news prose, not all; what they don't find is no speech rather than a
wrong speaker. A parser would find more, at several hundred times the cost of the whole reading of a document.

Of a file, `patterns` and the `hint` stand in its `words`, written `${said}`, and words in later words;
`like` names a file whose words and patterns come after its own.
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
    """A language's patterns; `hint` is found in every sentence that any of them fits.

    `marks` open and close what is quoted.
    """

    hint: re.Pattern[str]
    patterns: tuple[re.Pattern[str], ...]
    marks: tuple[str, str]


@cache
def patterns_of(language: str) -> LanguagePatterns | None:
    """The patterns of a language by its ISO 639-1 code, None where there are none."""
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
    """The words of a language's file, each as a part of a pattern, with those before it put in."""
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
