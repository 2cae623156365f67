"""What doesn't belong in a text: characters that nobody sees, and words meant for a language model."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from qa.core.types import Stripped

# Zero-width and invisible characters, bidirectional controls, tag characters, variation
# selectors of the supplement. U+200C and U+200D stay: Persian, Urdu and Hindi spell with them.
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f"
    "\u3164\ufeff\uffa0\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
_TAGS = re.compile("[\U000e0020-\U000e007e]+")
_JOINER_RUN = re.compile("[\u200c\u200d]{2,}")
_LOST_JOINER = re.compile("(?<=[ -~])[\u200c\u200d](?=[ -~])")
_HARMLESS = frozenset("\u00ad\u200e\u200f\ufeff\u061c")

_MODEL = (
    r"(?:AI|A\.I\.|LLM|GPT|chat ?bot|chatgpt|claude|gemini|copilot|language model|assistant|bot|"
    r"summari[sz]er)s?"
)
_ORDERS = (
    r"(?:instructions?|prompts?|commands?|directives?|guidelines|context|rules|messages?|system message)"
)
_ADDRESSED = (
    r"(?:ignore|disregard|forget|override|bypass|skip)\b[^.!?\n]{0,40}\b(?:previous|prior|above|earlier|"
    rf"preceding|all|any|your|other|system)\b[^.!?\n]{{0,30}}\b{_ORDERS}",
    rf"\byou are (?:now )?(?:an? |the )?(?:\w+ ){{0,3}}{_MODEL}\b",
    r"\b(?:as|if you are) an? (?:\w+ ){0,2}(?:AI|LLM|language model|AI assistant)\b,? (?:you|please|"
    r"always|do|never)",
    r"\b(?:attention|note|notice|instructions?|message|hint|warning|important)(?: to| for)?:? (?:all |any "
    rf"|the )?(?:\w+ ){{0,2}}{_MODEL}\b",
    rf"^\W{{0,20}}(?:dear |hey |hello )?{_MODEL}\s*[,:]\s*(?:please|you|do|ignore|answer|say|respond|always|"
    r"never|when|if|write|tell|include|output)\b",
    r"\b(?:reveal|print|repeat|output|show|leak|expose)\b[^.!?\n]{0,30}\b(?:system prompt|your "
    r"(?:instructions|prompt|rules)|hidden prompt)",
    r"\b(?:your|the) (?:system prompt|new instructions? (?:is|are)|instructions have changed)\b",
    r"(?:^|\b(?:and|then|must|should|please|always|only|now),? )(?:answer|respond|"
    r"reply)\b[^.!?\n]{0,30}\b(?:only )?(?:with|that|by saying)\b[^.!?\n]{0,80}\b(?:no matter|regardless|"
    r"whatever|every question|all questions|any question|to the user)",
    r"\b(?:no matter what|regardless of what|whatever) (?:the )?(?:user|reader|question|you are asked|is "
    r"asked)\b",
    r"\b(?:when|if) (?:you are )?(?:asked|summari[sz]ing|answering|citing|"
    r"generating)\b[^.!?\n]{0,80}\b(?:say|answer|respond|reply|always|never|instead|claim|"
    r"state)\b[^.!?\n]{0,10}",
    r"\bdo not (?:tell|inform|mention|reveal)\b[^.!?\n]{0,40}\b(?:the user|this (?:instruction|prompt|"
    rf"message)|these {_ORDERS})",
    r"<\|?/?(?:im_start|im_end|system|assistant|endoftext|eot_id|start_header_id)\|?>|\[/?INST\]|<<SYS>>|"
    r"###\s*(?:system|instruction|assistant)s?\s*:?",
    r"^\W{0,20}(?:system|assistant|developer)\s*(?:prompt|message|note|override)?\s*:\s*(?:you|ignore|disregard|"
    r"from now|the user|always|never)",
    r"\bfrom now on,? (?:you|answer|respond|reply|always|act|pretend)\b|\b(?:act|pretend) (?:as if|to be|"
    r"as) (?:you|an? (?:AI|unrestricted|different))",
    r"忽略(?:之前|以上|所有|上述|先前)[^。]{0,10}(?:指令|指示|提示|命令)|无视[^。]{0,8}(?:指令|指示)",
    r"(?:سابقہ|پچھلی|گزشتہ|تمام) ہدایات (?:کو )?نظر ?انداز|تجاهل (?:جميع |كل )?(?:ال)?تعليمات",
    r"ignor(?:ez|e|iere|ieren sie|a|en) (?:toutes |alle |todas )?(?:les |las |le |die |tus |vos |deine "
    r")?(?:vorherigen |bisherigen )?(?:instructions?|anweisungen|instrucciones|consignes) ?(?:précédentes|"
    r"anteriores)?",
)  # fmt: skip
_ADDRESSES_MODEL = re.compile("|".join(f"(?:{each})" for each in _ADDRESSED), re.IGNORECASE | re.MULTILINE)
# A cheap look that most texts don't survive, before the patterns above are tried on sentences.
_HINTS = (
    "instruct;prompt; ai ;a.i.;llm;gpt;language model;assistant;chatbot;chat bot;claude;the user;when asked;"
    "if asked;when summ;when answer;when cit;if you;when you;from now on;pretend;disregard;act as;<|;[inst;"
    "[/inst;<<sys;###;system:;developer:;regardless of;no matter what;ai:;ai,;ai models;whatever the;bot:;"
    "bot,;anweisung;instruccion;consigne;指令;指示;提示;命令;ہدایات;تعليمات"
).split(";")
_REPORTED = re.compile(
    r"\b(?:said|says|told|wrote|according|researchers?|users?|attackers?|showed|found|tricked|asked)\b",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"[“\"‘']([^“”\"]{3,300})[”\"’']")
_MAX_TEXT_CHARS = 1_000


def strip_characters(text: str) -> tuple[str, tuple[Stripped, ...]]:
    """The text without invisible characters, and what they were where they hid something."""
    if text.isascii():
        return text, ()
    found = _INVISIBLE.findall(text)
    lost = _LOST_JOINER.findall(text) + _JOINER_RUN.findall(text)
    if not found and not lost:
        return text, ()
    clean = _JOINER_RUN.sub("", _LOST_JOINER.sub("", _INVISIBLE.sub("", text)))
    notes = []
    for tags in _TAGS.findall(text):
        hidden = "".join(chr(ord(char) - 0xE0000) for char in tags)
        notes.append(Stripped(hidden[:_MAX_TEXT_CHARS], "written in invisible tag characters", "stripped"))
    telling = sorted(
        {
            char
            for char in found + [char for run in lost for char in run]
            if char not in _HARMLESS and not "\U000e0020" <= char <= "\U000e007e"
        }
    )
    if telling:
        names = ", ".join(unicodedata.name(char, f"U+{ord(char):04X}").lower() for char in telling)
        count = sum(1 for char in found if char in telling) + len(lost)
        notes.append(Stripped(names, f"{count} invisible or direction-changing characters", "stripped"))
    return clean, tuple(notes)


def addressed_to_model(body: str, sentences: Sequence[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """The sentences of a body that speak to a language model rather than to a reader."""
    plain = (body if body.isascii() else unicodedata.normalize("NFKC", body)).lower()
    if not any(hint in plain for hint in _HINTS):
        return ()
    return tuple(
        span for span in sentences if _speaks_to_model(unicodedata.normalize("NFKC", body[span[0] : span[1]]))
    )


def _speaks_to_model(sentence: str) -> bool:
    found = _ADDRESSES_MODEL.search(sentence)
    if found is None:
        return False
    # A report about such words quotes them; the words themselves come unquoted.
    quoted = any(
        quote.start(1) <= found.start() and found.end() <= quote.end(1)
        for quote in _QUOTED.finditer(sentence)
    )
    return not (quoted and _REPORTED.search(_QUOTED.sub("", sentence)))
