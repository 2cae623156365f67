"""The speaker of a quote that its document only reports."""

from __future__ import annotations

from qa.core.types import Article, Speech

_MOSTLY = 0.5  # The share of a quote's characters that one speaker must have.
_PRONOUNS = frozenset("he she they it who".split())


def speaker_of(article: Article, start: int, end: int) -> str | None:
    """The speaker of an article's characters `start` to `end`: "the foreign secretary, Syrus Qazi".

    The person or body that is reported to say most of the quote. In an official document that reports nobody
    there, its issuer. None if the document itself says it.
    """
    told = [speech for speech in article.speech if speech.start < end and speech.end > start]
    if not told:
        return article.issuer if article.kind == "official" else None
    if len({_words(speech) for speech in told}) > 1:
        return None
    spoken = sum(min(end, speech.end) - max(start, speech.start) for speech in told)
    return _words(told[0]) if spoken >= _MOSTLY * (end - start) else None


def _phrase(text: str) -> str:
    """Words in the form that they have within a sentence: "the delegations"."""
    words = " ".join(text.split())
    return words[0].lower() + words[1:] if words.startswith(("The ", "A ", "An ", "Both ")) else words


def _words(speech: Speech) -> str | None:
    """Role and name in a reader's order; None for a pronoun whose person is not known."""
    name, role = _phrase(speech.speaker), _phrase(speech.role)
    if not name or name.lower() in _PRONOUNS:
        return role or None
    if not role or role.lower() == name.lower():
        return name
    # "Planning minister Ahsan Iqbal", but "the governor of Sindh, Muhammad Zubair".
    return (
        f"{role}, {name}"
        if role.lower().startswith(("the ", "a ", "an ")) or " of " in role
        else f"{role} {name}"
    )
