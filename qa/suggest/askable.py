"""Makes questions that a document answers from its own words: who, when, how many.

Patterns read its headline and first sentences, in English. Each question comes with the sentence that answers
it, so that a search for the question can be checked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from qa.answer.answer_type import brings
from qa.core.types import Article
from qa.suggest.headline_grammar import (
    CLAUSE_END,
    DETERMINED,
    NUMBER,
    WHEN,
    has_verb,
    lowered,
    uncapitalised,
    untimed,
    was_or_were,
    with_article,
)
from qa.suggest.verb_forms import BY_PARTICIPLE, BY_PAST, BY_PRESENT, DONE_BY_SOMEBODY, Verb
from qa.text.english import AUXILIARIES, ORDINAL_WORDS, SAYING, patterns
from qa.text.facts import names
from qa.text.sentences import DATELINE, spans_of_body
from qa.text.stems import content
from qa.verify.hard_facts import facts_of

_SENTENCES = 10
_LONGEST_QUESTION_CHARS = 110
_FEWEST_WORDS = 3  # content words: "When was it opened?" does not stand alone
_SUBJECT_WORDS = 9
_WORDS = patterns(__name__)
_LEANS_ON = re.compile(rf"^(?:{_WORDS['leaning']})\b", re.IGNORECASE)
_SIDES = re.compile(rf"\b(?:{_WORDS['sides']})$")
_GENERIC = re.compile(rf"^the (?:{_WORDS['events']})$")
# Single quotation marks and brackets, words that refer to earlier text, and incomplete ends.
_CLUMSY = re.compile(
    rf"[“”\"()\[\]…]|\s(?:{_WORDS['pronouns']})\s|\s(?:{_WORDS['loose_ends']})\?$"
    r"|\b(?:how|why|what)\b.*\b(?:how|why|what)\b|^\w+ \w+ (?:the )?(?:how|why|what|and|that|to)\b",
    re.IGNORECASE,
)
_ORDINAL = "|".join(ORDINAL_WORDS.values())
_NUMBERED = re.compile(
    rf"\b(?P<ordinal>{_ORDINAL})\s(?P<kind>(?:(?!held|meets|took|was|and the)[\w’'-]+\s?){{1,9}})",
    re.IGNORECASE,
)
_PARTICIPLES = "|".join(sorted(map(re.escape, BY_PARTICIPLE), key=len, reverse=True))
_COUNTED = re.compile(
    rf"^(?:At least |About |Some |Nearly |Over |More than )?(?P<number>{NUMBER})\s"
    rf"(?P<kind>(?:[\w’'-]+\s){{1,3}}?)(?:(?:were|have been|are)\s)?(?P<done>{_PARTICIPLES}|die|injured)\b"
    r"(?P<rest>[^.,;:]*)",
    re.IGNORECASE,
)
_PASSIVE = re.compile(
    rf"^(?P<subject>[^,;:]+?)\s(?P<be>was|were)\s(?:formally |officially )?(?P<done>{_PARTICIPLES})\b"
)
_HEADLINE_PASSIVE = re.compile(
    rf"^(?P<subject>[^,;:]+?)\s(?:formally )?(?P<done>{_PARTICIPLES})\b(?P<rest>[^,;:]*)$"
)
_ACTIVE = re.compile(
    rf"^(?P<subject>[^,;:]+?)\s(?P<verb>{'|'.join(map(re.escape, BY_PAST))})\s(?P<object>[^.,;:]+)"
)
_PRESENT = re.compile(
    rf"^(?P<subject>[^,;:]+?)\s(?P<verb>{'|'.join(map(re.escape, BY_PRESENT))})\b(?P<rest>[^,;:]*)"
)
_COST = re.compile(r"^(?P<subject>[^,;:]+?)\s(?P<verb>will cost|would cost|costs|cost)\s(?=[^.]*\d)")
_LONG = re.compile(
    rf"^(?P<subject>[^,;:]+?)\s(?P<be>is|was|are|were)\s(?:about |some |nearly )?{NUMBER}[\s-]"
    r"(?:kilomet\w+|met(?:re|er)s|feet|miles|km)\s(?P<measure>long|tall|high|deep|wide)\b"
)
_SAID = re.compile(
    rf"^(?P<speaker>[A-Z][\w’'-]+(?:\s[A-Z][\w’'-]+){{0,3}})\s(?:{'|'.join(SAYING)})\sthat\s"
    r"(?P<topic>(?:the |a |an )?(?:[\w’'-]+\s){1,4}?)"
    rf"(?:{AUXILIARIES}|must)\b"
)
_IN_PLACE = re.compile(r"\s(?:in|at)\s[A-Z][\w-]+\W*$")
_ASKS_COST = {"will cost": "will", "would cost": "would", "costs": "does", "cost": "did"}


@dataclass(frozen=True, slots=True)
class Askable:
    """A question, and the sentence that answers it: offsets into the body of the article.

    `of_whole` is set if no single sentence answers it, but the article as a whole.
    """

    text: str
    article_id: str
    start: int
    end: int
    of_whole: bool = False


def askable(article: Article) -> tuple[Askable, ...]:
    """The questions that an article answers, without repetition, those of its headline first."""
    if article.language not in (None, "en"):
        return ()
    found: dict[str, Askable] = {}
    for text, (start, end) in _questions(article):
        fits = len(text) <= _LONGEST_QUESTION_CHARS and len(content(text)) >= _FEWEST_WORDS
        if fits and not _CLUMSY.search(text):
            found.setdefault(text, Askable(text, article.id, start, end))
    return tuple(found.values())


def _questions(article: Article) -> Iterator[tuple[str, tuple[int, int]]]:
    sentences = spans_of_body(article.body)[:_SENTENCES]
    for text in _of_headline(article):
        for start, end in sentences:
            said = article.body[start:end]
            if len(content(text) & content(f"{article.title} {said}")) > 1 and brings(text, said):
                yield text, (start, end)
                break
    numbered = _numbered(article)
    for start, end in sentences:
        said = DATELINE.sub("", article.body[start:end])
        for text in _of_sentence(said, numbered):
            if brings(text, said):
                yield text, (start, end)


def _of_headline(article: Article) -> Iterator[str]:
    """Questions that a headline leaves open: when it happened, to how many, by whom."""
    title = re.split(r"[,;:]\s", article.title.rstrip(" ."))[0]
    if ":" in article.title and not title[0].isdigit():
        title = article.title.split(":", 1)[1].strip() or title
    counted = _COUNTED.match(title)
    if counted:
        yield from _how_many(counted)
        return
    passive = _HEADLINE_PASSIVE.match(title)
    if passive and not passive["rest"].startswith(" by") and not has_verb(title[: passive.end("subject")]):
        subject = with_article(lowered(passive["subject"], article))
        placed = _IN_PLACE.match(passive["rest"])
        if placed:
            yield f"Where {was_or_were(subject)} {subject} {passive['done']}?"
        yield f"When {was_or_were(subject)} {subject} {passive['done']}{untimed(passive['rest'])}?"
        return
    present = _PRESENT.match(title)
    if present and len(present["subject"].split()) <= _SUBJECT_WORDS and not has_verb(present["subject"]):
        yield from _of_event(present, article)


def _of_event(found: re.Match[str], article: Article) -> Iterator[str]:
    verb, rest = BY_PRESENT[found["verb"]], untimed(found["rest"])
    subject = lowered(found["subject"], article)
    object_ = rest.strip()
    direct = object_ and not re.match(rf"(?:{_WORDS['prepositions']})\b", object_)
    if direct and names(subject) and verb.past in DONE_BY_SOMEBODY:
        yield f"Who {verb.past} {with_article(object_)}?"
    tail = f" {with_article(object_)}" if direct else rest
    yield f"When did {with_article(subject)} {verb.base}{tail}?"


def _of_sentence(said: str, numbered: str) -> Iterator[str]:
    """Questions that a sentence answers. `numbered` is the full name of "the meeting", "" if not known."""
    if _LEANS_ON.match(said):
        return
    if counted := _COUNTED.match(said):
        yield from _how_many(counted)
    if active := _ACTIVE.match(said):
        yield from _who(active, numbered)
    if passive := _PASSIVE.match(said):
        subject = _full(uncapitalised(passive["subject"]), numbered)
        if _stands_alone(subject):
            if re.match(r"\sby\s(?:[A-Z]|the\s)", said[passive.end() :]):
                yield f"Who {BY_PARTICIPLE[passive['done']].past} {subject}?"
            yield f"When {passive['be']} {subject} {passive['done']}?"
    if cost := _COST.match(said):
        subject = uncapitalised(cost["subject"])
        if _stands_alone(subject):
            yield f"How much {_ASKS_COST[cost['verb']]} {subject} cost?"
    if long := _LONG.match(said):
        subject = uncapitalised(long["subject"])
        if _stands_alone(subject):
            yield f"How {long['measure']} {long['be']} {subject}?"
    if spoken := _SAID.match(said):
        yield f"What did {spoken['speaker']} say about {spoken['topic'].strip()}?"


def _who(active: re.Match[str], numbered: str) -> Iterator[str]:
    verb: Verb = BY_PAST[active["verb"]]
    object_ = _full(WHEN.sub("", CLAUSE_END.split(active["object"])[0]).strip(), numbered)
    object_ = re.split(r"\s(?:and|in|at|from|with|by|for|to)\s", object_)[0] if len(object_) > 70 else object_
    named = verb.past in DONE_BY_SOMEBODY and names(active["subject"])
    if (
        named
        and len(active["subject"].split()) <= 16
        and DETERMINED.match(object_)
        and _stands_alone(object_)
    ):
        yield f"Who {verb.past} {object_}?"


def _how_many(counted: re.Match[str]) -> Iterator[str]:
    done = {"die": "died"}.get(counted["done"].lower(), f"were {counted['done'].lower()}")
    rest = untimed(counted["rest"])
    if not has_verb(rest):
        yield f"How many {counted['kind'].strip()} {done}{rest}?"


def _numbered(article: Article) -> str:
    """The ordinal reference of the headline or first sentence: "the fourth meeting of the working group"."""
    for text in (article.title, article.body[:300]):
        found = _NUMBERED.search(text)
        if found and len(names(found["kind"])) and " of " in found["kind"]:
            kind = WHEN.sub("", f" {found['kind']}").strip()
            return f"the {found['ordinal'].lower()} {_cut_before_place(kind)}"
    return ""


def _cut_before_place(kind: str) -> str:
    return re.split(r"\s(?:in|at|here)\s?(?=[A-Z]|$)", kind)[0].strip()


def _full(phrase: str, numbered: str) -> str:
    return numbered if numbered and _GENERIC.match(phrase) else phrase


def _stands_alone(phrase: str) -> bool:
    """Whether a phrase names its thing, unlike a pronoun or "the plant"."""
    words = phrase.split()
    return (
        2 <= len(words) <= _SUBJECT_WORDS + 4
        and not has_verb(phrase)
        and not _SIDES.search(phrase)
        and not _LEANS_ON.match(phrase)
        and bool(names(phrase) or facts_of(phrase).ordinals)
        and len(content(phrase)) >= 2
    )
