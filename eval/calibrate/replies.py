"""Answers that are right and answers that are not, to which the judge of answers is fitted.

SQuAD 2.0's calibration articles: a gold answer under its own question, under another of the same paragraph,
the answer that a question without one seems to have, as its annotators marked it, and what would be picked
from the sentence nearest to a question that does not hold its answer. CLAPNQ's calibration half: the sentence
that answers a question, and of a passage without an answer the nearest. Each with the window round it, as it
stands in a library. Never `cpec` or a reported part.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
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

_ONE_IN = 3  # questions of theirs that are used
_ONE_IN_ASKED = 3
_CHARS = 600  # around an answer; the judge mostly reads less, never more


@dataclass(frozen=True, slots=True)
class Labelled:
    """A reply of a set, whether it is right, and whether it is what its annotators gave to this question.

    That is a gold answer, or the answer that a question without one seems to have.
    """

    set: str
    reply: Reply
    right: bool
    own: bool = False


def labelled(bench: Path) -> list[Labelled]:
    """The replies in a folder that holds `squad2/` and `clapnq/`.

    Raises:
        FileNotFoundError: it lacks one of them.
    """
    lines = (bench / "squad2" / "dev.json").read_text(encoding="utf-8")
    articles = json.loads(lines)["data"][:CALIBRATED]
    paragraphs = [(article["title"], each) for article in articles for each in article["paragraphs"]]
    squad2 = [each for title, paragraph in paragraphs for each in _squad2(title.replace("_", " "), paragraph)]
    return [*squad2, *_clapnq(bench / "clapnq")]


def also_asked(replies: Sequence[Labelled]) -> list[int]:
    """The numbers of the replies whose questions' likelihoods are read: two weights need no more.

    Only their questions' own, gold and plausible: a model that answers errs like that. Other answers are so
    easily told that the state alone would have the weight.
    """
    return [
        number
        for number, each in enumerate(replies)
        if each.own and drawn(each.reply.question, _ONE_IN_ASKED)
    ]


def _squad2(title: str, paragraph: dict[str, Any]) -> Iterator[Labelled]:
    article = _article(title, paragraph["context"])
    answerable = [qa for qa in paragraph["qas"] if not qa["is_impossible"]]
    for qa in paragraph["qas"]:
        if not drawn(qa["id"], _ONE_IN):
            continue
        question = qa["question"].strip()
        given = (qa["answers"] or qa["plausible_answers"])[0]
        yield replace(_labelled("squad2", article, question, given, not qa["is_impossible"]), own=True)
        own = {each["text"] for each in qa["answers"]}
        others = [each["answers"][0] for each in answerable if each["answers"][0]["text"] not in own]
        if not qa["is_impossible"] and others and drawn(qa["id"] + "other", 2):
            yield _labelled("squad2", article, question, others[len(question) % len(others)], False)
        if not qa["is_impossible"]:
            yield from _picked(article, question, given)


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
