"""Rewrites a follow-up question so that it stands alone and can be searched for.

"And the third?" is the last question about another meeting, and needs no model. For other questions that
depend on earlier turns the model is asked. Its rewriting is used only if it keeps the question and takes
every name that it adds from the conversation.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from langchain_core.language_models import BaseChatModel

from qa.answer import prompts
from qa.core.types import Turn
from qa.text.english import ORDINAL_WORDS, patterns
from qa.text.facts import numbers
from qa.text.ordinals import ordinals
from qa.text.stems import content
from qa.verify.hard_facts import facts_of, has_name

_TURNS = 4
_TURN_CHARS = 400
_WORDS = patterns(__name__)
_LEANS = re.compile(
    rf"\b(?:{_WORDS['pronouns']}|{_WORDS['pointing']})\b"
    rf"|^\s*(?:{_WORDS['asking']})\b[^?]{{0,24}}\??\s*$"
    r"|^\s*(?:and|but|so|or|also|what about|how about)\b",
    re.IGNORECASE,
)
_PRONOUN = re.compile(rf"\b(?:{_WORDS['pronouns']})\b", re.IGNORECASE)
_ANOTHER = re.compile(
    r"\s*(?:and|what about|how about|and what about)?\s*(?:the\s)?(?:"
    r"(?P<next>one after(?:\s(?:it|that))?|next(?:\sone)?)"
    r"|one before(?:\s(?:it|that))?|previous(?:\sone)?"
    r"|(?P<ordinal>[\w-]+)(?:\sone)?)\s*\?*\s*$",
    re.IGNORECASE,
)
_CITATION = re.compile(r"(?<!\s)\s*+\[\d+\]")


def standalone(question: str, history: Sequence[Turn], model: BaseChatModel) -> str:
    """The question in a form that needs no conversation."""
    turns = [replace(turn, content=_short(turn.content)) for turn in history[-_TURNS:]]
    if not turns or not _leans(question):
        return question
    same_of_another = _same_of_another(question, [turn.content for turn in turns if turn.role == "user"])
    if same_of_another:
        return same_of_another
    prompt = prompts.rewrite(question, turns)
    reply = str(model.invoke(list(prompt.messages)).text)
    rewritten = reply.strip().splitlines()[0].strip().strip('"') if reply.strip() else ""
    if _faithful(question, rewritten, turns) and (rewritten != question or not _PRONOUN.search(question)):
        return rewritten
    return _with_subject(question, turns) if _PRONOUN.search(question) or _says_little(question) else question


def _same_of_another(question: str, asked: Sequence[str]) -> str | None:
    """The last question about another of the same kind, for "and the third?" or "and the one before?"."""
    match = _ANOTHER.match(question)
    numbered = ordinals(asked[-1]) if asked else ()
    if match is None or len({ordinal.value for ordinal in numbered}) != 1:
        return None
    value = numbered[0].value + (1 if match["next"] else -1)
    if match["ordinal"]:
        named = [number for number in numbers(match["ordinal"]) if number.ordinal]
        if not named:
            return None
        value = int(named[0].value)
    if value not in ORDINAL_WORDS:
        return None
    start = numbered[0].start
    end = start + len(numbered[0].text.split()[0])
    return asked[-1][:start] + ORDINAL_WORDS[value] + asked[-1][end:]


def _leans(question: str) -> bool:
    return bool(_LEANS.search(question)) or not facts_of(question).names


def _says_little(question: str) -> bool:
    """Whether a question has too few words for a search: "Why?", "And in 2020?"."""
    return len(content(question)) < 2


def _faithful(question: str, rewritten: str, turns: Sequence[Turn]) -> bool:
    """Whether a rewriting keeps the question and adds only what the conversation has."""
    if not rewritten or len(rewritten) > 4 * len(question) + 200:
        return False
    known = facts_of("\n".join([question, *(turn.content for turn in turns)]))
    kept = content(question) & content(rewritten)
    enough = len(kept) >= 0.5 * len(content(question))
    return enough and all(has_name(name, known) for name in facts_of(rewritten).names)


def _with_subject(question: str, turns: Sequence[Turn]) -> str:
    """The question after the one before it, which is enough for a search."""
    asked = [turn.content for turn in turns if turn.role == "user"]
    return f"{asked[-1]} {question}" if asked else question


def _short(text: str) -> str:
    return _CITATION.sub("", text)[:_TURN_CHARS]
