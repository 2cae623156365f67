"""Which language a text is in, with py3langid: 97 languages, 0.3 ms a text."""

from __future__ import annotations

import re

from qa.text.english import patterns

_WORDS = patterns(__name__)
SAMPLE_CHARS = 400  # More changed the answer for none of 654 texts.
_MIN_BYTES = 20  # of UTF-8: a Chinese character says what three letters do
_MIN_BYTES_LATIN = 40
_MARGIN = 20.0
"""By how much another language in Latin letters must be more probable than English, as a logarithm. Of 821
English statements and questions with foreign names none is taken for another, of XQuAD's German ones 0.99."""
_COMMONEST = re.compile(rf"\b(?:{_WORDS['commonest']})\b")
_MIN_COMMONEST, _MIN_DIFFERENT = 8, 4
_MIN_COMMONEST_SAID, _MIN_DIFFERENT_SAID = 3, 2  # Where the document itself says that it is English.
_ENGLISH = re.compile(rf"\b(?:{_WORDS['commonest_asking']})\b", re.IGNORECASE)
_CHINESE = {"wuu": "zh", "yue": "zh"}  # Short texts in Chinese are taken for its relatives.


def _is_english(text: str, *, said: bool) -> bool:
    """Whether a text is plainly English: it is made of its smallest words. Spares most texts the model."""
    found = _COMMONEST.findall(text)
    if said:
        return len(found) >= _MIN_COMMONEST_SAID and len(set(found)) >= _MIN_DIFFERENT_SAID
    return len(found) >= _MIN_COMMONEST and "the" in found and len(set(found)) >= _MIN_DIFFERENT


def identify(text: str, said: str | None = None) -> str | None:
    """The ISO 639-1 code of a text's language, None for a text too short to tell.

    Args:
        text: the text.
        said: what the document says of itself, which is often wrong and never taken unseen.
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
    """The code of a text's language where it is plainly not English; None else, and where it can't be told.

    A text in Latin letters needs some length for it, and none of the words that English hardly does without.
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
    """The English name of a language, its code where it has none."""
    from babel import Locale

    return str(Locale("en").languages.get(code, code))
