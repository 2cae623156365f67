"""English verbs that are common in news, in the forms that questions need."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from importlib.resources import files

_FILE = tomllib.loads(files("qa.suggest").joinpath("verbs.toml").read_text(encoding="utf-8"))
_IRREGULAR = _FILE["irregular"].split()
_FORMS: dict[str, list[str]] = {
    base: forms.split(",") for base, forms in (pair.split(":") for pair in _FILE["pasts"].split())
}
_DOUBLED: dict[str, str] = dict(pair.split(":") for pair in _FILE["doubled"].split())
_VOWELS = "aeiou"


@dataclass(frozen=True, slots=True)
class Verb:
    """A verb: "open", "opens", "opened", "opened"."""

    base: str
    present: str
    past: str
    participle: str


def _verb(base: str) -> Verb:
    if base in _IRREGULAR:
        return Verb(base, _with_s(base), _FORMS[base][0], _FORMS[base][-1])
    past = _DOUBLED.get(base) or (base + "d" if base.endswith("e") else base + "ed")
    return Verb(base, _with_s(base), past, past)


def _with_s(base: str) -> str:
    if base.endswith(("s", "sh", "ch", "x", "z", "o")):
        return base + "es"
    return base[:-1] + "ies" if base.endswith("y") and base[-2] not in _VOWELS else base + "s"


_VERBS = [_verb(base) for base in dict.fromkeys([*_FILE["regular"].split(), *_IRREGULAR])]
BY_PRESENT = {verb.present: verb for verb in _VERBS}
"""By the form of headlines: "opens"."""

BY_PAST = {verb.past: verb for verb in _VERBS}
"""By the form of reports: "opened"."""

BY_PARTICIPLE = {verb.participle: verb for verb in _VERBS}
"""By the form of the passive: "was opened"."""

DONE_BY_SOMEBODY: frozenset[str] = frozenset(_FILE["done_by_somebody"].split())
"""The participles of actions that somebody does: "opened"."""
