"""The shortest answer by code: the words of a sentence that the question lacks.

"Who co-chaired the fourth meeting?" with "Sun Weidong and Syrus Qazi co-chaired the fourth meeting."
gives "Sun Weidong and Syrus Qazi". No model is asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from qa.answer.answer_type import asks_for_a_person, expected
from qa.dates.find import find_days
from qa.text.english import patterns, small
from qa.text.facts import Name, names, numbers
from qa.text.stems import content

_WORD = re.compile(r"[^\W_]+(?:[.,'’/:-][^\W_]+)*%?")
_YES_NO = re.compile(r"(yes|no)\b", re.IGNORECASE)
_WORDS = patterns(__name__)
# Small words that are dropped at both ends of the answer.
_LOOSE = small(
    "articles", "persons", "possessives", "pointing", "be", "have", "do", "linking", "relative"
) | set(_WORDS["loose"].split("|"))
_MARKS = "$€£¥"
_BETWEEN_NAMES = re.compile(r"[\s,’']*(?:and|or|with|of|the|&)?\s*(?:the|his|her|its)?\s*")
FRAGMENT_WORDS = 3  # "Lake George." is as short as can be, though the question has "lake".
_YEAR = re.compile(r"\b\d{3,4}s?\b")
# "Urumqi, in Xinjiang, on 25 December": where a further clause begins, the answer has been given.
_FURTHER = re.compile(rf",\s(?=(?:{_WORDS['further']})\b)|\ssuch as\s|\s\(")


def brief(question: str, sentence: str) -> str:
    """The words of a sentence that answer its question; the whole sentence if they are not found.

    Args:
        question: as it was understood, standing alone.
        sentence: the answer, without citation marks.
    """
    polar = _YES_NO.match(sentence)
    if polar:
        return polar[1].capitalize()
    runs = list(_new_runs(question, sentence))
    if not runs or len(sentence.split()) <= FRAGMENT_WORDS:
        return sentence.strip(" .")
    people = _people(question, sentence) if asks_for_a_person(question) else []
    if people:
        return sentence[slice(*max(people, key=lambda each: _nearness(each, question, sentence)))]
    wanted = expected(question)
    bringing = [run for run in runs if _brings(wanted, run, sentence, question)]
    if bringing:
        start, end = max(bringing, key=lambda run: _nearness(run, question, sentence))
    else:
        start, end = max(runs, key=lambda run: run[1] - run[0])
    return _exactly(wanted, _whole_names(start, end, sentence))


def _new_runs(question: str, sentence: str) -> Iterator[tuple[int, int]]:
    """Neighbouring words that the question lacks, without small words at their ends: start and end."""
    known = content(question)
    asked = {word.lower() for word in _WORD.findall(question)} - _LOOSE
    run: list[re.Match[str]] = []
    for word in [*_WORD.finditer(sentence), None]:
        repeats = (
            word is None or word[0].lower() in asked or bool(content(word[0]) and content(word[0]) <= known)
        )
        if not repeats and word is not None:
            run.append(word)
            continue
        while run and run[0][0].lower() in _LOOSE:
            run.pop(0)
        while run and run[-1][0].lower() in _LOOSE:
            run.pop()
        if run:
            start = run[0].start()
            yield (start - 1 if start and sentence[start - 1] in _MARKS else start), run[-1].end()
        run = []


def _nearness(run: tuple[int, int], question: str, sentence: str) -> float:
    """How near some words are to the question's words: the sum of 1 / (1 + distance in words)."""
    known = content(question)
    words = list(_WORD.finditer(sentence))
    inside = [at for at, word in enumerate(words) if run[0] <= word.start() < run[1]]
    asked = [at for at, word in enumerate(words) if content(word[0]) & known and at not in inside]
    return sum(1 / (1 + min(abs(at - mine) for mine in inside)) for at in asked) if inside else 0.0


def _whole_names(start: int, end: int, sentence: str) -> str:
    """Some words, extended to the whole of the names at their ends."""
    for name in _names_at(start, end, sentence):
        start, end = min(start, name.start), max(end, name.end)
    return sentence[start:end]


def _brings(wanted: str, run: tuple[int, int], sentence: str, question: str) -> bool:
    text = sentence[slice(*run)]
    match wanted:
        case "name":
            # "Asim Saleem" of "Asim Saleem Bajwa" is whom "Who succeeded Bajwa?" has named.
            named = _words_of_names(question)
            return any(not named & set(name.words) for name in _names_at(*run, sentence))
        case "day":
            return bool(find_days(text, None)) or _YEAR.search(text) is not None
        case "number":
            return bool(numbers(text))
    return False


def _words_of_names(text: str) -> frozenset[str]:
    return frozenset(word for name in names(text) for word in name.words)


def _names_at(start: int, end: int, sentence: str) -> list[Name]:
    return [name for name in names(sentence) if name.start < end and name.end > start]


def _exactly(wanted: str, text: str) -> str:
    """The day of "held on Sunday, 21 January 2024 in Islamabad"; else the first clause."""
    if wanted == "day":
        days = find_days(text, None)
        if days:
            return text[days[0].start : days[-1].end]
        year = _YEAR.search(text)
        return year[0] if year else text
    if wanted == "name":
        found = names(text)
        text = text[: found[-1].end] if found else text
    return _FURTHER.split(text)[0]


def _people(question: str, sentence: str) -> list[tuple[int, int]]:
    """The names of a sentence that its question lacks; neighbouring names are joined."""
    asked = _words_of_names(question)
    found: list[tuple[int, int]] = []
    for name in names(sentence):
        if asked & set(name.words):
            continue
        if found and _BETWEEN_NAMES.fullmatch(sentence[found[-1][1] : name.start]):
            found[-1] = (found[-1][0], name.end)
        else:
            found.append((name.start, name.end))
    return found
