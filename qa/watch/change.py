"""What changed between two answers to the same question, and which new documents caused it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from qa.core.types import Answer, Citation, Claim, Hit
from qa.search.sentence_ranking import Scorer
from qa.store.library import Library
from qa.verify.entailment import Verifier
from qa.verify.grounding import ground
from qa.verify.parser import Parser
from qa.watch.same_answer import same
from qa.watch.watched import Change, ChangeKind, DocumentRef

_UNBROUGHT = "No new document brought it: the search reads other passages than before."


def changes(
    before: Answer,
    now: Answer,
    news: Sequence[DocumentRef],
    library: Library,
    score: Scorer,
    verifier: Verifier,
    parser: Parser,
) -> tuple[Change, ...]:
    """What changed, the gravest first; nothing if answer and sources are the same.

    Args:
        before: the earlier answer; its hits are not needed.
        now: the later answer, with its hits.
        news: the documents found for it that came into the library, or changed, after the earlier one.
        library: in which the quotes of the earlier answer are looked up.
        score: late interaction.
        verifier: judges whether both answers say the same, and whether new documents do.
        parser: tells a sentence from a bare name.
    """
    was, is_ = before.status == "answered", now.status == "answered"
    found: list[Change] = []
    if is_ and not was:
        found.append(_brought("newly_answered", "The library now answers this.", now, news))
    elif was and not is_:
        found.append(_lost(before, news, library))
    elif is_ and not same(now.standalone, before, now, verifier):
        found.append(_brought("other_answer", "The answer has changed.", now, news))
    elif is_:
        found += _same_on_other_grounds(before, now, news, library, score, verifier, parser)
    found += _disagreements(before, now, news)
    return tuple(found)


def _brought(kind: ChangeKind, text: str, now: Answer, news: Sequence[DocumentRef]) -> Change:
    """A change with the new documents that the answer quotes; with all new ones if it quotes none."""
    new = {document.article_id for document in news}
    quoted = tuple(cited for cited in _citations(now.claims) if cited.article_id in new)
    documents = tuple(each for each in news if each.article_id in {cited.article_id for cited in quoted})
    documents = documents or tuple(news)
    return Change(kind, text if documents else f"{text} {_UNBROUGHT}", documents, quoted)


def _lost(before: Answer, news: Sequence[DocumentRef], library: Library) -> Change:
    gone = _gone(before, library)
    if gone:
        text = "No longer answered: what it was quoted from has been removed from the library, or changed."
        return Change("no_longer_answered", text, gone)
    why = "With the new documents before it, no answer could be proved." if news else _UNBROUGHT
    text = f"No longer answered, though what was quoted still stands in the library. {why}"
    return Change("no_longer_answered", text, tuple(news))


def _same_on_other_grounds(
    before: Answer,
    now: Answer,
    news: Sequence[DocumentRef],
    library: Library,
    score: Scorer,
    verifier: Verifier,
    parser: Parser,
) -> Iterator[Change]:
    known = {cited.article_id for cited in _citations(before.claims)}
    quotes = [
        cited
        for cited in (*_citations(now.claims), *_bearing_out(now, news, score, verifier, parser))
        if cited.article_id not in known
    ]
    documents = tuple(each for each in news if each.article_id in {cited.article_id for cited in quotes})
    if documents:
        new = {document.article_id for document in documents}
        first = {cited.article_id: cited for cited in reversed(quotes) if cited.article_id in new}
        text = "A new source says the same." if len(documents) == 1 else "New sources say the same."
        yield Change("new_source", text, documents, tuple(first[each.article_id] for each in documents))
    gone = _gone(before, library)
    if gone:
        text = "The answer is the same, but what it was quoted from has been removed, or changed."
        yield Change("lost_source", text, gone)


def _bearing_out(
    now: Answer, news: Sequence[DocumentRef], score: Scorer, verifier: Verifier, parser: Parser
) -> Iterator[Citation]:
    """Quotes of new documents that prove a sentence of the answer which other documents proved."""
    quoted = {cited.article_id for cited in _citations(now.claims)}
    for document in news:
        hits: list[Hit] = [hit for hit in now.hits if hit.article.id == document.article_id]
        if document.article_id in quoted or not hits:
            continue
        for claim in now.claims:
            for proved in ground(now.standalone, claim.text, hits, score, verifier, parser):
                yield from proved.claim.citations


def _disagreements(before: Answer, now: Answer, news: Sequence[DocumentRef]) -> Iterator[Change]:
    new = {document.article_id: document for document in news}
    known = {(side.value, side.citation.article_id) for each in before.disagreements for side in each.sides}
    for matter in now.disagreements:
        if all((side.value, side.citation.article_id) in known for side in matter.sides):
            continue
        values = ", ".join(dict.fromkeys(side.value for side in matter.sides))
        quotes = tuple(side.citation for side in matter.sides)
        documents = tuple(new[cited.article_id] for cited in quotes if cited.article_id in new)
        text = f"Documents disagree on {matter.about}: {values}."
        yield Change("disagreement", text, tuple(dict.fromkeys(documents)), quotes)


def _gone(before: Answer, library: Library) -> tuple[DocumentRef, ...]:
    """Documents with a quote that is no longer in the library, or no longer at its place."""
    quotes = _citations(before.claims)
    articles = library.articles_by_id(cited.article_id for cited in quotes)
    gone: dict[str, DocumentRef] = {}
    for cited in quotes:
        article = articles.get(cited.article_id)
        if article is None or cited.quote not in article.body:
            gone[cited.article_id] = DocumentRef(
                cited.article_id, cited.title, cited.publisher, cited.published
            )
    return tuple(gone.values())


def _citations(claims: Sequence[Claim]) -> tuple[Citation, ...]:
    return tuple(dict.fromkeys(cited for claim in claims for cited in claim.citations))
