"""The speaker roster of a text in a language of `language_patterns`: finds who speaks in each sentence."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ingest.language_patterns import LanguagePatterns

_MAX_CHARS = 600  # of a sentence, as a hostile text may have endless ones
_ARTICLE = re.compile(r"^(?:le|la|les|l['’]|el|los|las|der|die|das)\s?(?=\w)", re.IGNORECASE)

Who = tuple[str, str]  # speaker, role


class Roster:
    """The people of one text, by name and by role, and who spoke last."""

    def __init__(self, language: LanguagePatterns) -> None:
        self.last: Who | None = None
        self._language = language
        self._roles: dict[str, str] = {}

    def speaker(self, sentence: str) -> Who | None:
        """Who speaks in a sentence, and in which role; None if nobody is found."""
        sentence = sentence[:_MAX_CHARS]
        if not self._language.hint.search(sentence):
            return None
        for pattern in self._language.patterns:
            for found in pattern.finditer(sentence):
                who = self._who({name: (words or "").strip() for name, words in found.groupdict().items()})
                if who is not None:
                    self.last = who
                    return who
        return None

    def _who(self, parts: Mapping[str, str]) -> Who | None:
        """Speaker and role from the groups of a pattern; None if they name nobody."""
        role, name = parts.get("role", ""), parts.get("name", "")
        if parts.get("pronoun"):
            return self.last
        if parts.get("known"):  # A single name counts only if it was named in full before.
            known = self._called(parts["known"])
            return (known, self._roles[known]) if known else None
        if name:
            name = (None if role else self._called(name)) or name
            self._roles[name] = role or self._roles.get(name, "")
            return name, self._roles[name]
        if role:
            return self._bearer(role) or role, role
        body = _ARTICLE.sub("", parts.get("body", ""))
        return (body, "") if body else None

    def _called(self, name: str) -> str | None:
        """The full name of somebody who was named before."""
        if name in self._roles:
            return name
        return next((each for each in reversed(self._roles) if each.endswith(f" {name}")), None)

    def _bearer(self, role: str) -> str | None:
        """Who has a role that is mentioned again, often shortened."""
        short = _ARTICLE.sub("", role).casefold()
        return next((name for name, of in reversed(self._roles.items()) if short in of.casefold()), None)
