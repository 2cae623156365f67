"""Which language a text is in, with py3langid: 97 languages, 0.3 ms a text."""

from __future__ import annotations

import re

from qa.text.english import patterns

_WORDS = patterns(__name__)
SAMPLE_CHARS = 400  # More changed the answer for none of 654 texts.
_MIN_BYTES = 20  # In UTF-8: a Chinese character counts for three letters.
_MIN_BYTES_LATIN = 40
_MARGIN = 20.0
"""How much more probable than English another language in Latin letters must be, as a logarithm. Of 821
English statements and questions with foreign names none is called foreign, of XQuAD's German ones 0.99."""
_COMMONEST = re.compile(rf"\b(?:{_WORDS['commonest']})\b")
_MIN_COMMONEST, _MIN_DIFFERENT = 8, 4
_MIN_COMMONEST_SAID, _MIN_DIFFERENT_SAID = 3, 2  # Where the document itself says that it is English.
_ENGLISH = re.compile(rf"\b(?:{_WORDS['commonest_asking']})\b", re.IGNORECASE)
_CHINESE = {"wuu": "zh", "yue": "zh"}  # Short texts in Chinese are taken for its relatives.


def _is_english(text: str, *, said: bool) -> bool:
    """Whether a text has many of English's commonest words. Then the model need not be asked."""
    found = _COMMONEST.findall(text)
    if said:
        return len(found) >= _MIN_COMMONEST_SAID and len(set(found)) >= _MIN_DIFFERENT_SAID
    return len(found) >= _MIN_COMMONEST and "the" in found and len(set(found)) >= _MIN_DIFFERENT


def identify(text: str, said: str | None = None) -> str | None:
    """The ISO 639-1 code of a text's language; None for a text that is too short.

    Args:
        text: the text.
        said: the language that the document states, which is often wrong; it only counts as a hint.
    """
    if len(text.encode(errors="replace")) < _MIN_BYTES:
        return None
    sample = text[:SAMPLE_CHARS]
    if sample.isascii() and _is_english(sample, said=said == "en"):
        return "en"
    from py3langid import classify

    found = str(classify(sample)[0])
    return _CHINESE.get(found, found)


def foreign(text: str) -> str | None:
    """The code of a text's language if it is certainly not English; else None.

    A text in Latin letters must have some length, and none of the commonest words of English questions.
    """
    letters = [each for each in text if each.isalpha()]
    if not letters:
        return None
    if 2 * sum(each < "\u0250" for each in letters) <= len(letters):
        found = identify(text)
        return None if found == "en" else found
    if len(text.encode()) < _MIN_BYTES_LATIN or _ENGLISH.search(text):
        return None
    from py3langid import rank

    (found, most), *_ = ranked = rank(text[:SAMPLE_CHARS])
    return str(found) if most - dict(ranked)["en"] >= _MARGIN else None


def called(code: str) -> str:
    """The English name of a language; its code if it has none."""
    from babel import Locale

    return str(Locale("en").languages.get(code, code))
