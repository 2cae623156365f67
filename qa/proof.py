"""Runs of whole sentences near the hits, weighed as proof of a claim, and cited."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from qa.attribution import speaker_of
from qa.dates import same_day
from qa.deeds import of_something_else
from qa.instances import ordinals, spoken_of
from qa.sentences import spans_of_body
from qa.sides import on_the_other_side
from qa.speakers import from_another
from qa.stems import content
from qa.support import Bearing, Facts, Gap, bears, folded_words, read
from qa.types import Article, Citation, Hit

_RUN_SENTENCES = 3
_NEAR_CHARS = 600
_ADDED_STEMS = 2
_WORD = re.compile(r"[^\W_]+")
DATELINE = re.compile(r"^[A-Z][A-Z .,'’/()-]{2,60}(?:\([^)]*\)\s*)?[:—–]\s+")
_MONTH = re.compile(
    r"\b(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?(?=\s\d)|\d\s(?:of\s)?(?=(?:jan|feb|mar|apr|may|"
    r"june?|july?|aug|sept?|oct|nov|dec))",
    re.IGNORECASE,
)
_HERE = re.compile(r"\bhere\b", re.IGNORECASE)
_LOOKS_BACK = re.compile(
    r"(?:He|She|It|They|His|Her|Its|Their|(?:The|This) (?:film|movie|series|show|album|song|book|novel|band"
    r"|city|town|country|company|group|team|disease|game|episode|project|plant|meeting))\b"
)
_NAME = r"[A-Z0-9][\w.’'&-]*"
_SUBJECT = re.compile(
    rf"^(?:The\s)?{_NAME}(?:\s(?:of\s|the\s|and\s|in\s)*{_NAME})*(?:\s\([^)]*\))?\s(?=(?:[a-z]+ly\s)?(?:is|are|was|were|has|had|did|does"
    r"|will|would|can|could|[a-z]+(?:s|ed)|began|won|led|made|took|came|ran|wrote|sold|held|grew|became)\s)"
)
_JOINS = re.compile(r"\b(?:and|while|but|which|who|after|before|then)\b|;", re.IGNORECASE)
_ARTICLE_CHARS = 20_000  # Names are given in full near an article's head.


@dataclass(frozen=True, slots=True)
class Run:
    """Consecutive whole sentences of an article, and what they say together with its header."""

    article: Article
    sentences: tuple[tuple[int, int], ...]
    facts: Facts

    @property
    def length(self) -> int:
        """Its sentences, and the blank lines it crosses: a quote reads best within a paragraph."""
        return len(self.sentences) + self.article.body.count("\n\n", self.start, self.end)

    @property
    def start(self) -> int:
        return self.sentences[0][0]

    @property
    def end(self) -> int:
        return self.sentences[-1][1]


def runs_near(hits: Sequence[Hit]) -> Iterator[Run]:
    """Runs of one to three sentences in and around the hits' passages, the shortest first."""
    reach: dict[str, list[tuple[int, int]]] = {}
    articles: dict[str, Article] = {}
    for hit in hits:
        articles[hit.article.id] = hit.article
        reach.setdefault(hit.article.id, []).append(
            (hit.passage.start - _NEAR_CHARS, hit.passage.end + _NEAR_CHARS)
        )
    sentences = {
        id_: [
            (start, end)
            for start, end in spans_of_body(articles[id_].body)
            if any(start < until and end > since for since, until in reach[id_])
        ]
        for id_ in articles
    }
    for length in range(1, _RUN_SENTENCES + 1):
        for id_, article in articles.items():
            kept = _quarantined(article)
            for first in range(len(sentences[id_]) - length + 1):
                run = sentences[id_][first : first + length]
                if not kept or not any(article.body[start:end] in kept for start, end in run):
                    yield run_of(article, run)


def _quarantined(article: Article) -> frozenset[str]:
    """The sentences of an article that order a language model about: they prove nothing."""
    return frozenset(each.text for each in article.stripped if each.action == "quarantined")


def run_of(article: Article, sentences: Sequence[tuple[int, int]]) -> Run:
    """A run of an article's sentences, read together with its headline, publisher and date."""
    text = article.body[sentences[0][0] : sentences[-1][1]]
    if not _HERE.search(text):
        text = DATELINE.sub("", text)  # Where it was written is not where it happened.
    facts = replace(read(text, article.published), spoken=_spoken(article, sentences))
    return Run(article, tuple(sentences), facts | header(article))


def _spoken(article: Article, sentences: Sequence[tuple[int, int]]) -> tuple[str, ...]:
    """Who speaks in some sentences of an article: what "he said" leaves out."""
    start, end = sentences[0][0], sentences[-1][1]
    told = [speech for speech in article.speech if speech.start < end and speech.end > start]
    return tuple(dict.fromkeys(f"{speech.speaker} {speech.role}".strip() for speech in told))


def header(article: Article) -> Facts:
    """What an article's headline and date say: they bear a claim as the text does, but for figures.

    A headline's "40 years" would otherwise go with whatever else the text names.
    """
    day = f"{article.published:%d %B %Y}" if article.published else ""
    facts = read(f"{article.title}\n{day}", None)
    ordinals_only = tuple(number for number in facts.numbers if number.ordinal)
    # "Vehicle was not armoured" over a text denies nothing of the arrests that it tells of.
    denied = facts.denied | facts.refused
    nothing = frozenset[str]()
    return replace(facts, numbers=ordinals_only, denied=nothing, refused=nothing, headline_denied=denied)


def whole(article: Article) -> Facts:
    """What an article says from headline to end; names are given in full somewhere in it."""
    return read(f"{article.title}\n{article.body[:_ARTICLE_CHARS]}")


def weigh(claim: Facts, asked: Facts, run: Run) -> Bearing:
    """How far a run bears a claim that was made in reply to what was asked."""
    publisher = run.article.publisher
    if publisher and publisher in claim.text:  # "According to Dawn" is borne by its being Dawn's.
        claim = read(claim.text.replace(publisher, ""))
    if _is_excerpt(run.article):
        claim = read(_SUBJECT.sub("It ", claim.text, count=1))
    if _MONTH.search(claim.text):  # "On 4 March" is of the article's year.
        claim = read(claim.text, run.article.published)
    bearing = bears(claim, run.facts, whole(run.article))
    lacking = tuple(gap for gap in bearing.missing if not _asked_of(gap, claim, asked, run))
    apart = _facts_apart(claim, asked, run) if len(run.sentences) > 1 and not lacking else ()
    sides = (Gap("role", each) for each in on_the_other_side(claim.text, asked.text, whole(run.article).text))
    asked_of = asked.text.replace(publisher, "it") if publisher else asked.text
    others = from_another(asked_of, claim.text, run.facts.text, run.facts.spoken)
    speakers = (Gap("role", each) for each in others)
    told = of_something_else(claim.text, run.article.body[run.start : run.end], run.article.title)
    own = frozenset[str]() if asked.text == claim.text else asked.stems  # The reader's word for the thing.
    deeds = (Gap("unsaid", verb) for verb, thing in told if thing not in own)
    missing = (*lacking, *apart, *_other_instance(claim, asked, run), *sides, *speakers, *deeds)
    return Bearing(missing, bearing.coverage, added_share(claim, asked, run.facts))


def _asked_of(gap: Gap, claim: Facts, asked: Facts, run: Run) -> bool:
    """Whether a name is the question's own, and the article has named it before: "the road has 11 lanes"."""
    if gap.kind != "name" or claim.text == asked.text:
        return False
    named = folded_words(gap.text)
    return named <= asked.words and named <= folded_words(run.article.body[: run.end])


def _is_excerpt(article: Article) -> bool:
    """Whether a document is a piece without a headline that begins "He also ...": it names no subject."""
    headless = not article.title or article.body.startswith(article.title.rstrip("…. "))
    return headless and _LOOKS_BACK.match(article.body) is not None


def added_share(claim: Facts, asked: Facts, evidence: Facts) -> float:
    """The share that evidence has of the words a claim adds to its question; 1 for a word or none."""
    added = claim.stems - asked.stems
    return len(added & evidence.stems) / len(added) if len(added) >= _ADDED_STEMS else 1.0


def _facts_apart(claim: Facts, asked: Facts, run: Run) -> tuple[Gap, ...]:
    """The hard facts by which a claim answers that no one sentence of a run holds together.

    A sentence before may say what is spoken of, but "in Beijing, on 25 December" from two
    sentences is as good as made up, unless the claim itself joins two statements.
    """
    if _JOINS.search(claim.text):
        return ()
    article = run.article
    known = asked.words | whole(article).acronyms
    fewest: tuple[Gap, ...] | None = None
    for sentence in run.sentences:
        missing = bears(claim, run_of(article, [sentence]).facts, whole(article)).missing
        new = tuple(gap for gap in missing if not set(read(gap.text).words) <= known)
        if fewest is None or len(new) < len(fewest):
            fewest = new
    return fewest or ()


def _other_instance(claim: Facts, asked: Facts, run: Run) -> tuple[Gap, ...]:
    """The things that a claim or its question numbers, and the run speaks of another of the kind."""
    wanted = {(each.value, each.heads): each for each in claim.ordinals + asked.ordinals}.values()
    if not wanted:
        return ()
    core, position = _core(claim, asked, run)
    said = {each.value for each in ordinals(run.article.body[slice(*core)])}
    if len(claim.ordinals) > 1 and all(ordinal.value in said for ordinal in wanted):
        return ()  # "The fourth came after the third": the sentence and the claim relate both.
    wrong = []
    for ordinal in wanted:
        named = spoken_of(run.article, ordinal, core, position)
        if named is not None and ordinal.value not in named:
            wrong.append(Gap("instance", ordinal.text))
    return tuple(wrong)


def _core(claim: Facts, asked: Facts, run: Run) -> tuple[tuple[int, int], int]:
    """The sentence that holds most of what a claim adds to its question, and where in it."""
    body = run.article.body
    added = claim.stems - asked.stems or claim.stems
    core = max(run.sentences, key=lambda span: len(added & content(body[slice(*span)])))
    text = body[slice(*core)]
    facts = read(text, run.article.published)
    new_words = {word for name in claim.names for word in name.words} - asked.words
    hard = [
        *(day.start for day in facts.days if any(same_day(mine, day) for mine in claim.days)),
        *(n.start for n in facts.numbers if not n.ordinal and any(map(n.agrees, claim.numbers))),
        *(name.start for name in facts.names if new_words & set(name.words)),
    ]
    kinds = frozenset[str]().union(*(ordinal.heads for ordinal in claim.ordinals))
    soft = [word.start() for word in _WORD.finditer(text) if content(word[0]) & (added - kinds)]
    return core, min(hard or soft or [0])


def cite(article: Article, start: int, end: int, number: int) -> Citation:
    """A citation of an article's characters `start` to `end`."""
    return Citation(
        number=number,
        article_id=article.id,
        title=article.title,
        publisher=article.publisher,
        published=article.published,
        url=article.url,
        quote=article.body[start:end],
        start=start,
        end=end,
        page=article.page(start),
        speaker=speaker_of(article, start, end),
        notice=article.notice,
    )
