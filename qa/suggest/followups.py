"""Suggests questions: at the start, and after an answer. No model is asked.

They are made from the library's own sentences (`qa.suggest.askable`), from the neighbours of an ordinal ("the
third meeting" after the fourth), and from what was published since. A question is shown only if a search
brings a sentence that answers it, so that no reader who clicks is refused.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

from qa.answer.answer_type import brings, counts_the_same, expected
from qa.core.types import Answer, Article, Filters, Hit, Passage, Retrieval
from qa.search.sentence_ranking import ranked
from qa.store.library import Library
from qa.suggest.askable import Askable, askable
from qa.text.english import ORDINAL_WORDS
from qa.text.facts import names
from qa.text.ordinals import ordinals
from qa.text.stems import content, coverage

Search = Callable[..., Retrieval]
"""As `HybridRetriever.search`."""

_SHOWN = 3
_TRIED = 12  # the most searches, some ten milliseconds each
_HITS_READ = 5  # A question on a whole document must find it among so many hits.
_LEAD_CHARS = 160  # in which an article names its ordinal
_READ = 3  # The answering sentence must be among so many.
_COVERED = 0.75  # the share of a question's words that the evidence must have
_SAME = 0.7  # Two questions that share more of their words are the same.
_RELATED = 0.3  # the share of words that a question on another document has from the one asked
_BEGINNING = 24  # passages in which a document's own questions are answered
_LOOKED_AT = 60  # articles for the first questions


def followups(
    answer: Answer, search: Search, filters: Filters = Filters(), asked: Sequence[str] = ()
) -> tuple[str, ...]:
    """Up to three questions that the library can answer, to ask after an answer.

    Args:
        answer: the answer, with the hits that it was found in.
        search: finds passages for a question.
        filters: what the reader restricted the search to.
        asked: the questions of the conversation so far, none of which is offered again.
    """
    known = [*asked, answer.standalone]
    said = " ".join(claim.text for claim in answer.claims)
    chosen: list[str] = []
    kinds: set[str] = set()
    tried = 0
    for candidate in _candidates(answer):
        kind = _kind(candidate.text)
        if kind in kinds or _among(candidate.text, [*known, *chosen]) or _told(candidate, answer, said):
            continue
        tried += 1
        if _answered(candidate, search(candidate.text, filters=filters)):
            chosen.append(candidate.text)
            kinds.add(kind)
        if len(chosen) == _SHOWN or tried == _TRIED:
            break
    return tuple(chosen)


def openers(library: Library, search: Search, count: int = 4) -> tuple[str, ...]:
    """First questions that the library can answer: of different kinds, over its whole span of time."""
    chosen: list[Askable] = []
    articles = _sample(library, _LOOKED_AT)
    for candidate in _in_turn(articles):
        said = [each.text for each in chosen]
        alike = sum(_kind(text) == _kind(candidate.text) for text in said)
        fresh = candidate.article_id not in {each.article_id for each in chosen}
        apart = fresh and alike < -(-count // 3) and not _among(candidate.text, said)
        if apart and _answered(candidate, search(candidate.text)):
            chosen.append(candidate)
        if len(chosen) == count:
            break
    asked = [each.text for each in chosen]
    for name in _in_the_news(articles):
        latest = f"What is the latest on {name}?"
        if len(asked) < max(2, count - 1) and not _among(latest, asked):
            asked.append(latest)
    return tuple(asked)


def of_document(article: Article, passages: Sequence[Passage], mentioned: Iterable[str]) -> tuple[str, ...]:
    """Up to three questions that a document answers by itself: of different kinds, then about its names.

    Args:
        article: the document.
        passages: its passages.
        mentioned: the names that it mentions more than once.
    """
    chosen: list[str] = []
    kinds: set[str] = set()
    hits = tuple(Hit(each, article, 0.0, rank) for rank, each in enumerate(passages[:_BEGINNING], start=1))
    for candidate in askable(article):
        kind = _kind(candidate.text)
        apart = kind not in kinds and not _among(candidate.text, chosen)
        if apart and _answered(candidate, Retrieval(candidate.text, hits)):
            chosen.append(candidate.text)
            kinds.add(kind)
    chosen += [f"What does the document say about {name}?" for name in mentioned]
    return tuple(chosen[:_SHOWN])


def _candidates(answer: Answer) -> Iterator[Askable]:
    """Possible next questions, the best first: those of the cited documents before those of other hits."""
    cited = dict.fromkeys(each.article_id for claim in answer.claims for each in claim.citations)
    articles = {hit.article.id: hit.article for hit in answer.hits}
    order = [articles[id_] for id_ in [*cited, *articles] if id_ in articles]
    first = next(iter(order), None)
    if first is not None:
        yield from _of_another(answer.standalone)
        yield from _latest(first, articles.values())
    about = " ".join([answer.standalone, *(articles[id_].title for id_ in cited if id_ in articles)])
    for article in dict.fromkeys(order):
        for candidate in askable(article):
            if article.id in cited or _related(candidate.text, about):
                yield candidate


def _related(question: str, about: str) -> bool:
    """Whether a question on another document is on the same topic, by its words or a name."""
    stems = content(question)
    shared = {name.words for name in names(question)} & {name.words for name in names(about)}
    return len(stems & content(about)) >= _RELATED * len(stems) or bool(shared)


def _of_another(question: str) -> Iterator[Askable]:
    """The question about the next of its kind, and about the one before."""
    numbered = ordinals(question)
    if len({each.value for each in numbered}) != 1:
        return
    start = numbered[0].start
    end = start + len(numbered[0].text.split()[0])
    for value in (numbered[0].value + 1, numbered[0].value - 1):
        if value in ORDINAL_WORDS:
            yield Askable(question[:start] + ORDINAL_WORDS[value] + question[end:], "", 0, 0)


def _latest(article: Article, articles: Iterable[Article]) -> Iterator[Askable]:
    """Questions for the latest on a name in an article's headline.

    "What has changed since July 2024?" would be better, but the built-in model answers it from the old
    document or not at all; "the latest" works.
    """
    for name in names(article.title):
        bare = re.split(r"['’]s\s", name.text)[-1]
        within = re.search(rf"(?<=\s)((?i:the\s)?{re.escape(bare)}(?:\s[A-Z]\w+)*)\b", article.body)
        newer = [each for each in articles if bare in each.title and _follows(each, article)]
        if within and newer:
            article_less = any(char.isdigit() for char in bare)  # "the ML-1 railway", yet "on ML-1"
            about = bare if article_less else re.sub("^The ", "the ", within[1])
            newest = max(newer, key=lambda each: str(each.published))
            yield Askable(f"What is the latest on {about}?", newest.id, 0, len(newest.body), of_whole=True)


def _follows(article: Article, other: Article) -> bool:
    return bool(article.published and other.published and article.published > other.published)


def _answered(candidate: Askable, found: Retrieval) -> bool:
    """Whether the best evidence is the sentence that the question was made from, or an equal one."""
    question, hits = candidate.text, found.hits
    if not hits or found.note:
        return False
    if candidate.of_whole:
        return candidate.article_id in {hit.article.id for hit in hits[:_HITS_READ]}
    for best in ranked(question, hits, _by_words)[:_READ]:
        start, end = best.span
        theirs = best.article.id == candidate.article_id and start < candidate.end and candidate.start < end
        said = f"{best.article.title}. {best.text}"
        lead = best.article.body[:_LEAD_CHARS]
        if (
            (theirs or not candidate.article_id)
            and coverage(question, said) >= _COVERED
            and brings(question, best.text)
            and counts_the_same(question, said)
            and _numbers_the_same(question, f"{said} {lead}")
        ):
            return True
    return False


def _by_words(question: str, sentences: Sequence[str]) -> list[float]:
    return [0.0] * len(sentences)


def _numbers_the_same(question: str, text: str) -> bool:
    """Whether a text has the question's ordinal references: the third meeting is not the fourth."""
    wanted = {each.value for each in ordinals(question)}
    return not wanted or bool(wanted & {each.value for each in ordinals(text)})


def _told(candidate: Askable, answer: Answer, said: str) -> bool:
    """Whether the answer tells it already: its quote is the sentence that answers the question."""
    quotes = [each for claim in answer.claims for each in claim.citations]
    return (
        any(
            each.article_id == candidate.article_id
            and candidate.end > each.start
            and candidate.start < each.end
            and candidate.end - candidate.start < 2_000
            for each in quotes
        )
        and coverage(candidate.text, said) > _SAME / 2
    )


def _among(text: str, others: Iterable[str]) -> bool:
    return any(
        len(content(text) & content(other)) > _SAME * len(content(text) | content(other)) for other in others
    )


def _kind(question: str) -> str:
    """The kind of a question, so that different kinds are offered."""
    return expected(question) if expected(question) != "any" else " ".join(question.split()[:2])


def _in_the_news(articles: Sequence[Article]) -> list[str]:
    """The names that are in several headlines and texts, the most frequent first."""
    counted: Counter[str] = Counter()
    for article in articles:
        for text in {name.text for name in names(article.title)}:
            counted[text] += bool(re.search(rf"[a-z,]\s{re.escape(text)}\b", article.body))
    return [text for text, times in counted.most_common(5) if times > 1]


def _sample(library: Library, most: int) -> list[Article]:
    """A sample of the library's articles, the newest first. Ids are digests, so the first ids are random."""
    ids = next(library.batches_of_ids(most), [])
    return sorted(library.articles_by_id(ids).values(), key=lambda each: str(each.published), reverse=True)


def _in_turn(articles: Sequence[Article]) -> Iterator[Askable]:
    """Questions of articles in turn, so that neighbours are far apart in time."""
    asked = [askable(article) for article in articles]
    stride = max(1, len(asked) // 7)
    order = [at for first in range(stride) for at in range(first, len(asked), stride)]
    for turn in range(3):
        for at in order:
            # Questions for a day last; of the others the shorter first.
            ranked = sorted(asked[at], key=lambda each: (expected(each.text) == "day", len(each.text)))
            if turn < len(ranked):
                yield ranked[turn]
