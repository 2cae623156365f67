"""Other spellings of a search's words in the library.

A word that the library lacks may be a slip for one that it has. A name that it has may have other spellings
too: transliterations differ in vowels and doubled letters (Gwadar, Gawadar), rarely in consonants.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from qa.search.boolean import Query
from qa.store.lexical import Lexical
from qa.store.library import Library
from qa.text.terms import terms

_SHORTEST = 5
_LONG = 8
"""Words of so many letters or more may have two slips, shorter words one."""
_SAMPLED = 6
_MOST = 3
_SAME_SOUND = ("kqc", "vw", "jz", "ie", "ou")
"""First letters that stand for each other in transliterations of a name."""
_VOWELS = re.compile("[aeiouy]")
_DOUBLED = re.compile(r"(.)\1+")
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Form:
    """Another spelling of a searched word, as the library writes it.

    `passages` is how many have it; `slip` whether the word itself is nowhere in the library.
    """

    word: str
    spelling: str
    passages: int
    slip: bool


def other_forms(library: Library, lexical: Lexical, query: Query) -> tuple[Form, ...]:
    """Other spellings of a query's single words in the library, the commonest first."""
    searched = {stem for form in query.forms for stem in terms(form)}
    return tuple(
        each
        for word in query.forms
        if len(word) >= _SHORTEST and word.isalpha()
        for each in _forms(library, lexical, word, searched)
    )


def in_library(library: Library, lexical: Lexical, question: str) -> tuple[str, tuple[Form, ...]]:
    """A question with names that no document has in the library's own spelling, and these spellings.

    A name is a capitalised word that is not the question's first word.
    """
    found: list[Form] = []
    for match in reversed(list(_WORD.finditer(question))):
        word = match[0]
        if match.start() == 0 or not word[0].isupper() or word.isupper() or len(word) < _SHORTEST:
            continue
        stem = terms(word)[0]
        if stem in dict(lexical.beginning(stem)):
            continue
        forms = [each for each in _forms(library, lexical, word, set()) if _is_name(each, stem)]
        if forms:
            found.append(forms[0])
            question = question[: match.start()] + forms[0].spelling + question[match.end() :]
    return question, tuple(reversed(found))


def _is_name(form: Form, stem: str) -> bool:
    """Whether a form is a name and, if it is short, differs only in vowels and doubled letters.

    Short names that differ in a consonant are usually different names.
    """
    same = _skeleton(terms(form.spelling)[0]) == _skeleton(stem)
    return form.spelling.istitle() and (same or len(stem) >= _LONG)


def _forms(library: Library, lexical: Lexical, word: str, searched: set[str]) -> Iterator[Form]:
    stem = terms(word)[0]
    known = {term: count for first in _alike(stem[:1]) for term, count in lexical.beginning(first)}
    slip = stem not in known
    near = [term for term in known if term not in searched and _near(term, stem, slip)]
    near.sort(key=lambda term: (distance(term, stem) if slip else 0, -known[term]))
    if not slip and not _written(library, lexical, stem).istitle():
        return  # Only names have several spellings.
    for term in near[:_MOST]:
        spelling = _written(library, lexical, term)
        if spelling and (slip or spelling.istitle()):
            yield Form(word, spelling, known[term], slip)


def _near(term: str, stem: str, slip: bool) -> bool:
    if abs(len(term) - len(stem)) > 2 or not term.isalpha():
        return False
    if slip and distance(term, stem) <= (1 if len(stem) < _LONG else 2):
        return True
    return _skeleton(term) == _skeleton(stem) and distance(term, stem) <= 2


def _alike(letter: str) -> str:
    """The letters that a letter may be transliterated by, itself among them: Kureshi, Qureshi."""
    return next((each for each in _SAME_SOUND if letter in each), letter)


def _skeleton(term: str) -> str:
    return _DOUBLED.sub(r"\1", _alike(term[:1])[:1] + _VOWELS.sub("", term[1:]))


def _written(library: Library, lexical: Lexical, term: str) -> str:
    """The usual form of an index term in passages; "" if none has it."""
    found = [id_ for id_, _ in lexical.with_phrase(term, _SAMPLED)]
    words = Counter(
        word
        for passage in library.passages_by_id(found).values()
        for word in _WORD.findall(passage.text)
        if terms(word) == [term]
    )
    return words.most_common(1)[0][0] if words else ""


def distance(a: str, b: str) -> int:
    """How many letters to add, drop, change or swap to turn one word into the other (Damerau)."""
    before: Sequence[int] = ()
    last = list(range(len(b) + 1))
    for i, letter in enumerate(a, start=1):
        row = [i]
        for j, other in enumerate(b, start=1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (letter != other))
            if before and j > 1 and letter == b[j - 2] and a[i - 2] == other:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        before, last = last, row
    return last[-1]
