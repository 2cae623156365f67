"""Answers that are right and answers that are not, to which the judge of answers is fitted.

SQuAD 2.0's calibration articles: a gold answer under its own question, under another of the same paragraph,
the answer that a question without one seems to have, as its annotators marked it, and what would be picked
from the sentence nearest to a question that does not hold its answer. XQuAD's English, but for SQuAD 2.0's
reported articles: a gold answer under its own question and under another. CLAPNQ's calibration half: the
sentence that answers a question, and of a passage without an answer the nearest. Each with the window round
it, as it stands in a library. Never `cpec` or a reported part.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eval.drawn import calibrates, drawn
from eval.jsonl import read_lines
from eval.sets.squad2 import CALIBRATED
from qa.answer.brief import brief
from qa.answer.confidence import Reply
from qa.core.types import Article
from qa.search.sentence_ranking import Candidate
from qa.text.sentences import spans_of_body
from qa.text.stems import content
from qa.verify.spans import around

_ONE_IN = 2  # questions of SQuAD 2.0 under which an answer of their own stands,
_ONE_IN_OTHER = 8  # one of another, or what is nearest
_ONE_IN_XQUAD = 5
_CHARS = 600  # around an answer; the judge mostly reads less, never more


@dataclass(frozen=True, slots=True)
class Labelled:
    """A reply of a set, and whether it is right."""

    set: str
    reply: Reply
    right: bool


def labelled(bench: Path) -> list[Labelled]:
    """The replies in a folder that holds `squad2/`, `xquad/` and `clapnq/`.

    Raises:
        FileNotFoundError: it lacks one of them.
    """
    articles = _articles(bench / "squad2" / "dev.json")
    titles = {each["title"] for each in articles}
    more = [each for each in _articles(bench / "xquad" / "xquad.en.json") if each["title"] not in titles]
    return [
        *(each for one in _paragraphs(articles[:CALIBRATED]) for each in _squad2(*one)),
        *(each for one in _paragraphs(more) for each in _xquad(*one)),
        *_clapnq(bench / "clapnq"),
    ]


def _articles(path: Path) -> list[dict[str, Any]]:
    articles: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))["data"]
    return articles


def _paragraphs(articles: Sequence[dict[str, Any]]) -> Iterator[tuple[Article, list[dict[str, Any]]]]:
    """Each paragraph as an article of its own, and its questions."""
    for article in articles:
        for each in article["paragraphs"]:
            yield _article(article["title"].replace("_", " "), each["context"]), each["qas"]


def _squad2(article: Article, asked: Sequence[dict[str, Any]]) -> Iterator[Labelled]:
    answerable = [qa for qa in asked if not qa["is_impossible"]]
    for qa in asked:
        question = qa["question"].strip()
        given = (qa["answers"] or qa["plausible_answers"])[0]
        if drawn(qa["id"], _ONE_IN):
            yield _labelled("squad2", article, question, given, not qa["is_impossible"])
        if qa["is_impossible"]:
            continue
        if drawn(qa["id"] + "other", _ONE_IN_OTHER):
            yield from _of_another("squad2", article, qa, answerable)
        if drawn(qa["id"] + "picked", _ONE_IN_OTHER):
            yield from _picked(article, question, given)


def _xquad(article: Article, asked: Sequence[dict[str, Any]]) -> Iterator[Labelled]:
    for qa in asked:
        if drawn(qa["id"], _ONE_IN_XQUAD):
            yield _labelled("xquad", article, qa["question"].strip(), qa["answers"][0], True)
        if drawn(qa["id"] + "other", _ONE_IN_XQUAD):
            yield from _of_another("xquad", article, qa, asked)


def _of_another(
    set_: str, article: Article, qa: dict[str, Any], asked: Sequence[dict[str, Any]]
) -> Iterator[Labelled]:
    """The answer to another question of the paragraph."""
    own = {each["text"] for each in qa["answers"]}
    others = [each["answers"][0] for each in asked if each["answers"][0]["text"] not in own]
    if others:
        question = qa["question"].strip()
        yield _labelled(set_, article, question, others[len(question) % len(others)], False)


def _picked(article: Article, question: str, gold: dict[str, Any]) -> Iterator[Labelled]:
    """The short answer of the nearest sentence without the gold one: it mostly says the question again."""
    spans = {article.body[start:end]: start for start, end in spans_of_body(article.body)}
    others = [each for each in spans if gold["text"].casefold() not in each.casefold()]
    if others:
        wrong = _nearest(question, others)
        yield Labelled(
            "squad2", Reply(_window(article, spans[wrong]), question, brief(question, wrong)), False
        )


def _labelled(set_: str, article: Article, question: str, given: dict[str, Any], right: bool) -> Labelled:
    return Labelled(set_, Reply(_window(article, given["answer_start"]), question, given["text"]), right)


def _clapnq(folder: Path) -> Iterator[Labelled]:
    for name, right in (("answerable", True), ("unanswerable", False)):
        for line in read_lines(folder / f"clapnq_dev_{name}.jsonl"):
            passage, question = line["passages"][0], line["input"]
            if not calibrates(line["id"]):
                continue
            chosen = [each for output in line["output"] for each in output["selected_sentences"]]
            sentence = chosen[0].strip() if right else _nearest(question, passage["sentences"]).strip()
            article = _article(passage["title"], passage["text"].strip())
            start = article.body.find(sentence)
            if start >= 0:
                yield Labelled("clapnq", Reply(_window(article, start), question, sentence), right)


def _nearest(question: str, sentences: Sequence[str]) -> str:
    """The sentence that shares most words with a question."""
    return max(sentences, key=lambda each: len(content(question) & content(each)))


def _article(title: str, body: str) -> Article:
    return Article("", title, body, "", publisher="Wikipedia")


def _window(article: Article, start: int) -> str:
    """The window round the sentence that holds a character of an article's body."""
    spans = spans_of_body(article.body)
    index = max(number for number, (begin, _) in enumerate(spans) if begin <= start)
    return around(Candidate(article, index, spans[index], 0.0, 0.0, 0.0), _CHARS).text
