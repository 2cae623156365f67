"""An assistant with set answers over a real library: the pages can't tell it from the real one.

It finds the sentence that shares most words with the question, answers with it and cites it;
below three shared words it refuses.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from qa.core.errors import UnavailableError
from qa.core.settings import Settings
from qa.core.types import (
    Answer,
    Article,
    Citation,
    Claim,
    Filters,
    Hit,
    Passage,
    Retrieval,
    Timings,
    Turn,
    Verdict,
)
from qa.models.llm import name
from qa.store.library import Library, article_id, passage_id
from qa.text.sentences import spans
from qa.verify.entailment import Verifier
from tests.qa.judging import PARSER, Judging, by_words, nearness

SAMPLE = Path(__file__).parents[2] / "sample"
REFUSAL = "The library does not say."


def fill(folder: Path, paths: Sequence[Path] | None = None) -> Library:
    """A library of the sample's briefs, without indexes."""
    library = Library(folder, create=True)
    for path in paths or sorted(SAMPLE.glob("*.md")):
        put(library, path)
    return library


def put(library: Library, path: Path) -> Article:
    """Stores one brief; each paragraph is a passage."""
    _, front, body = path.read_text(encoding="utf-8").split("---\n", 2)
    fields = dict(line.split(": ", 1) for line in front.splitlines() if ": " in line)
    body = body.strip()
    article = Article(
        id=article_id(str(path)),
        title=fields["title"],
        body=body,
        source=str(path),
        publisher=fields.get("publisher"),
        published=__import__("datetime").date.fromisoformat(fields["published"]),
        published_from="metadata",
        language="en",
        section=fields.get("section"),
    )
    cut = [(m.start(), m.end()) for m in re.finditer(r"\S(?:.|\n(?!\n))*", body)]
    library.put(
        article,
        [
            Passage(passage_id(article.id, a, body[a:b]), article.id, n, n, a, b, body[a:b])
            for n, (a, b) in enumerate(cut)
        ],
    )
    return article


class Scripted:
    """Answers without a model. `pause` is seconds between words."""

    def __init__(self, settings: Settings, pause: float = 0.0) -> None:
        self.settings = settings
        self.library = Library(settings.library)
        self.retriever = self
        self.pause = pause

    @classmethod
    def open(cls, settings: Settings) -> Scripted:
        return cls(settings)

    def stream(
        self, question: str, history: Sequence[Turn] = (), filters: Filters = Filters()
    ) -> Iterator[dict[str, Any]]:
        time.sleep(self.pause * 8)
        yield {"standalone": question}
        if "broken" in question:
            raise UnavailableError("The language model does not answer; start it and ask again.")
        hits = self._hits(question, filters)
        yield {"retrieval": Retrieval(question, hits, filters=filters)}
        answer = self._answer(question, hits)
        yield {"closest": tuple(cited for claim in answer.claims for cited in claim.citations)}
        time.sleep(self.pause * 8)
        for word in re.findall(r"\S+\s*", answer.text):
            time.sleep(self.pause)
            yield {"text": word}
        yield {"answer": answer}

    def search(self, question: str, filters: Filters = Filters()) -> Retrieval:
        return Retrieval(question, self._hits(question, filters), filters=filters)

    def check(self, statement: str, filters: Filters = Filters()) -> Verdict:
        hits = self._hits(statement, filters)
        claims = self._claims(statement, hits)
        quotes = tuple(claim.citations[0] for claim in claims)
        return Verdict(
            statement,
            "supported" if quotes else "not_in_library",
            quotes,
            (),
            "Two documents say so." if quotes else "No document speaks of it.",
            Timings(total_ms=12),
        )

    def sentence_scores(self, query: str, sentences: Sequence[str]) -> Sequence[float]:
        return nearness(query, sentences)

    parser = PARSER

    def verifier(self) -> Verifier:
        return Judging(by_words)

    def with_model(self, llm: str) -> Scripted:
        return Scripted(self.settings.model_copy(update={"llm": llm}), self.pause)

    def warm(self) -> None:
        time.sleep(self.pause)

    def _hits(self, question: str, filters: Filters) -> tuple[Hit, ...]:
        scored = []
        for article in self.library.articles(filters, limit=200):
            for passage in self.library.passages_of(article.id):
                shared = len(_words(question) & _words(passage.text + " " + article.title))
                scored.append((shared / max(1, len(_words(question))), passage, article))
        scored.sort(key=lambda each: -each[0])
        return tuple(
            Hit(passage, article, score, rank)
            for rank, (score, passage, article) in enumerate(scored[:6], 1)
            if score
        )

    def _claims(self, question: str, hits: Sequence[Hit]) -> tuple[Claim, ...]:
        claims = []
        numbers = {id_: n for n, id_ in enumerate(dict.fromkeys(hit.article.id for hit in hits), 1)}
        for hit in hits[:3]:
            start, end = max(
                spans(hit.passage.text), key=lambda s: _shared(question, hit.passage.text[s[0] : s[1]])
            )
            text = hit.passage.text[start:end]
            if _shared(question, text) < 3:
                continue
            number = numbers[hit.article.id]
            citation = Citation(
                number,
                hit.article.id,
                hit.article.title,
                hit.article.publisher,
                hit.article.published,
                hit.article.url,
                text,
                hit.passage.start + start,
                hit.passage.start + end,
            )
            support = ("supported", "supported", "partial")[len(claims)]
            missing = ("2.89 billion",) if support == "partial" else ()
            claims.append(Claim(f"{text} [{number}]", support, missing, (citation,)))
        return tuple(claims)

    def _answer(self, question: str, hits: tuple[Hit, ...]) -> Answer:
        claims = self._claims(question, hits)
        return Answer(
            question=question,
            standalone=question,
            status="answered" if claims else "not_in_library",
            text=" ".join(claim.text for claim in claims) or REFUSAL,
            claims=claims,
            hits=hits,
            model=name(self.settings),
            timings=Timings(2, 5, 40),
        )


def _words(text: str) -> set[str]:
    return {word for word in re.findall(r"\w+", text.lower()) if len(word) > 3}


def _shared(question: str, text: str) -> int:
    return len(_words(question) & _words(text))
