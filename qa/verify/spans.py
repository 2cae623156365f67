"""Windows in which a statement is looked for: the sentences nearest to it, each with its neighbours.

The verifier reads a window; the reader sees its quote. Only neighbours in the body are joined, so that two
sentences far apart never prove together what neither says.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from qa.core.types import Article, Citation, Hit
from qa.search.sentence_ranking import Candidate, Scorer, ranked
from qa.text.sentences import DATELINE, spans_of_body
from qa.verify.attribution import speaker_of
from qa.verify.hard_facts import lacking

WINDOW_CHARS = 350
"""The longest window, without its headline: two or three sentences. In longer windows a small model overlooks
sentences: of 22 statements of cpec_claims it judged 13 rightly in windows of 600 characters, 15 in these, and
19 with a second look at a narrower window in doubtful cases (see `narrowed`)."""

CONTEXT_CHARS = 600
"""The longest window that includes the sentence before the nearest: it tells what "the meeting" is."""

_NARROW_CHARS = 200
_AROUND = (-1, 1, -2, 2)  # The order in which a sentence's neighbours join it.
_PER_ARTICLE = 2


@dataclass(frozen=True, slots=True)
class Window:
    """Neighbouring sentences of an article, as offsets into its body; `core` is the nearest one's number.

    `score` is the core's relevance to the statement, `closeness` its late-interaction score (see
    `qa.search.sentence_ranking`).
    """

    article: Article
    sentences: tuple[tuple[int, int], ...]
    core: int
    score: float
    closeness: float

    @property
    def text(self) -> str:
        """The sentences as the verifier reads them: under their publisher, day and headline.

        A headline that is the text's own first words is left out: with it, fewer of FEVER-Symmetric's
        sentences were judged rightly.
        """
        article = self.article
        header = article.header
        if article.body.startswith(article.title):
            header = header.removesuffix(f'"{article.title}"').rstrip(": ")
        if article.notice:
            header = f"{header} ({article.notice})".strip()
        return f"{header}\n{self.passage}" if header else self.passage

    @property
    def passage(self) -> str:
        """The sentences alone."""
        text = self.article.body[self.sentences[0][0] : self.sentences[-1][1]]
        return " ".join(without_dateline(self.article, text).split())

    def cite(self, statement: str, number: int) -> Citation:
        """A citation of the window's quote for a statement: see `quoted`."""
        return cite(self.article, *quoted(self, statement), number)


def without_dateline(article: Article, text: str) -> str:
    """A text of an article without its dateline: it was filed there, which is not where it happened.

    Only the article's own place counts as one: "FALSE: " stays.
    """
    dateline = DATELINE.match(text)
    if dateline and article.place and article.place.casefold() in dateline[0].casefold():
        return text[dateline.end() :]
    return text


def windows(statement: str, hits: Sequence[Hit], score: Scorer, limit: int) -> tuple[Window, ...]:
    """The windows nearest to a statement, the best first; each once, and at most two of an article."""
    found: list[Window] = []
    for candidate in ranked(statement, hits, score):
        same = [each for each in found if each.article.id == candidate.article.id]
        known = any(candidate.span in each.sentences for each in same)
        if len(same) < _PER_ARTICLE and not known and not is_order(candidate.article, candidate.span):
            found.append(around(candidate))
        if len(found) == limit:
            break
    return tuple(found)


def around(candidate: Candidate, chars: int = WINDOW_CHARS) -> Window:
    """A sentence with as many neighbours as fit, without sentences that give a language model orders."""
    article, sentences = candidate.article, spans_of_body(candidate.article.body)
    allowed = [not is_order(article, each) for each in sentences]
    first, last = _grown(sentences, candidate.index, chars, allowed, context=CONTEXT_CHARS)
    return Window(
        article, sentences[first : last + 1], candidate.index - first, candidate.score, candidate.closeness
    )


def narrowed(window: Window) -> Window:
    """The same sentence with fewer neighbours, often none."""
    first, last = _grown(window.sentences, window.core, _NARROW_CHARS, [True] * len(window.sentences))
    return replace(window, sentences=window.sentences[first : last + 1], core=window.core - first)


def _grown(
    sentences: Sequence[tuple[int, int]], core: int, chars: int, allowed: Sequence[bool], context: int = 0
) -> tuple[int, int]:
    """The first and the last of the sentences around one that fit into so many characters.

    The sentence before it is included if both fit into `context`.
    """
    first = last = core
    for at in (core + step for step in _AROUND):
        if 0 <= at < len(sentences) and at in (first - 1, last + 1) and allowed[at]:
            begin, end = sentences[min(first, at)][0], sentences[max(last, at)][1]
            if end - begin <= (max(chars, context) if at == core - 1 else chars):
                first, last = min(first, at), max(last, at)
    return first, last


def quoted(window: Window, statement: str) -> tuple[int, int]:
    """The fewest neighbouring sentences of a window, with its core, that have all of a statement's numbers,
    days and names that the window has: start and end in the body."""
    body, published = window.article.body, window.article.published

    def lacks(first: int, last: int) -> int:
        text = body[window.sentences[first][0] : window.sentences[last][1]]
        return len(lacking(statement, f"{window.article.header}\n{text}", published))

    first, last = min(_runs(window), key=lambda run: (lacks(*run), run[1] - run[0], -run[0]))
    return window.sentences[first][0], window.sentences[last][1]


def _runs(window: Window) -> Iterator[tuple[int, int]]:
    """Every choice of neighbouring sentences that includes a window's core: their first and last number."""
    for first in range(window.core + 1):
        for last in range(window.core, len(window.sentences)):
            yield first, last


def is_order(article: Article, span: tuple[int, int]) -> bool:
    """Whether a sentence gives a language model orders; such a sentence proves nothing."""
    text = article.body[slice(*span)]
    return any(each.action == "quarantined" and each.text == text for each in article.stripped)


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
