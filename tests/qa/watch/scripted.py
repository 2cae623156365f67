"""An assistant for watched questions: it searches a real library, and a verifier and words are scripted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from qa.answer.brief import brief
from qa.core.types import Answer, Article, Disagreement, Filters, Hit, Passage, Retrieval, Timings
from qa.store.lexical import Lexical
from qa.store.library import Library, article_id, passage_id
from qa.verify.entailment import Entailment, Verifier
from qa.verify.grounding import ground
from qa.watch.store import WatchedQuestions
from qa.watch.watched import Watched
from tests.qa.judging import OPEN, PARSER, YES, Judging, nearness

ASKED = "Who co-chaired the fourth meeting of the working group?"
FIRST = "Syrus Qazi and Sun Weidong co-chaired the fourth meeting of the working group in Islamabad."
AGAIN = "Sun Weidong and Syrus Qazi co-chaired the fourth meeting of the working group, the ministry said."
OTHER = "The fourth meeting of the working group was co-chaired by Nong Rong, the spokesman corrected."
NOISE = "The working group on ports will hold its fourth meeting with a group of pilots."


def reads(text: str, statement: str) -> Entailment:
    """The two chairs entail each other, whoever tells of them; everything else only itself."""
    both = all("Weidong" in each for each in (text, statement))
    return YES if both or statement in text else OPEN


class Assistant:
    """Real search, a verifier that reads as told; the model's words are the best passage's, or what `says` gives."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self.parser = PARSER
        self.lexical = Lexical(library)
        self.asked: list[str] = []
        self.says: Callable[[Sequence[Hit]], str] = lambda hits: hits[0].passage.text if hits else ""
        self.disagreements: tuple[Disagreement, ...] = ()

    def search(self, question: str, filters: Filters = Filters()) -> Retrieval:
        found = self.lexical.search(question, 4, filters)
        passages = self.library.passages_by_id(id_ for id_, _ in found)
        articles = self.library.articles_by_id(each.article_id for each in passages.values())
        return Retrieval(
            question,
            tuple(
                Hit(passages[id_], articles[passages[id_].article_id], 1 / rank, rank)
                for rank, (id_, _) in enumerate(found, 1)
            ),
        )

    def sentence_scores(self, query: str, sentences: Sequence[str]) -> Sequence[float]:
        return nearness(query, sentences)

    def verifier(self) -> Verifier:
        return Judging(reads)

    def stream(
        self, question: str, history: Sequence[Any] = (), filters: Filters = Filters()
    ) -> Iterator[dict[str, Any]]:
        self.asked.append(question)
        retrieval = self.search(question, filters)
        text = self.says(retrieval.hits)
        yield {"text": text}
        grounded = ground(question, text, retrieval.hits, nearness, self.verifier(), self.parser)
        claims = [each.claim for each in grounded if each.claim.support == "supported"]
        yield {
            "answer": Answer(
                question=question,
                standalone=question,
                status="answered" if claims else "not_in_library",
                text=" ".join(claim.text for claim in claims) or "The library does not say.",
                claims=tuple(claims),
                hits=retrieval.hits,
                model="test",
                timings=Timings(),
                brief=brief(question, claims[0].text) if claims else "",
                disagreements=self.disagreements,
            )
        }


def put(library: Library, name: str, text: str, publisher: str = "Desk") -> Article:
    id_ = article_id(name)
    article = Article(id_, name.title(), text, name, publisher, dt.date(2024, 1, 21), language="en")
    library.put(article, [Passage(passage_id(id_, 0, text), id_, 0, 0, 0, len(text), text)])
    Lexical(library).sync()
    return article


def now(kept: WatchedQuestions, watched: Watched) -> Watched:
    found = kept.get(watched.id)
    assert found is not None
    return found
