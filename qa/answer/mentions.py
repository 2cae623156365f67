"""Names in a document: of things of a kind ("the Karot hydropower station"), and of holders of a post."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qa.answer.vocabulary import kinds_of, lemma, vocabulary
from qa.core.types import Article
from qa.text.credits import CREDIT
from qa.text.sentences import DATELINE, spans_of_body
from qa.verify.parser import Parser
from qa.verify.spans import is_order

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as Phrase

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Mention:
    """A thing of the kind: its name, and the sentence that names it."""

    name: str
    sentence: Span
    article: Article


def sentences(article: Article) -> Iterator[Span]:
    """The sentences of a document, without credits and without orders to the reader."""
    for span in spans_of_body(article.body):
        if not CREDIT.match(article.body, *span) and not is_order(article, span):
            yield span


def mentions(things: Sequence[str], article: Article, parser: Parser) -> list[Mention]:
    """The names of things of a kind in a document.

    Args:
        things: the lemmas that name the kind, the head last: ("power", "station").
        article: the document.
        parser: reads its sentences.
    """
    kinds, modifiers = kinds_of(things[-1]), things[:-1]
    named = _holders if things[-1] in vocabulary()["persons"] else _things
    text = f"{article.title}\n{article.body}".casefold()
    whole = any(" ".join((*modifiers, kind)) in text for kind in kinds)
    found = []
    for start, end in sentences(article):
        sentence = article.body[start:end]
        if any(kind in sentence.casefold() for kind in kinds):
            dateline = DATELINE.match(sentence)
            doc = parser.doc(sentence[dateline.end() if dateline else 0 :])
            names = named(doc, kinds, modifiers, whole) if doc is not None else ()
            found += [Mention(name, (start, end), article) for name in names if name]
    return found


def proper(tokens: Iterable[Token]) -> str:
    """The proper nouns among some words."""
    words = [token.text_with_ws for token in tokens if token.pos_ == "PROPN" or token.text == "-"]
    return "".join(words).strip(" -,'")


def _holders(doc: Doc, kinds: Sequence[str], modifiers: Sequence[str], _whole: bool) -> Iterator[str]:
    """The holders of a post: "Prime Minister Imran Khan"; "its chief minister, Sarfraz Bugti"; "Mahmood Khan,
    chief minister of the province". No deputies, and not "the Prime Minister's House".
    """
    for post in doc:
        if lemma(post) not in kinds or not _said(post, modifiers) or post.dep_ == "poss":
            continue
        before = post.i - len(modifiers) - 1
        if before >= 0 and doc[before].lower_ in vocabulary()["lesser"]:
            continue
        if post.dep_ == "compound":
            yield proper(token for token in doc[post.i + 1 : post.head.i + 1])
        elif post.dep_ == "appos" and post.head.pos_ == "PROPN":
            yield _whole_name(post.head)
        else:
            beside = (child for child in post.children if child.dep_ == "appos" and child.pos_ == "PROPN")
            yield from map(_whole_name, beside)


def _said(head: Token, modifiers: Sequence[str]) -> bool:
    before = head.doc[max(head.i - len(modifiers), 0) : head.i]
    return [lemma(token) for token in before] == list(modifiers)


def _whole_name(last: Token) -> str:
    return proper([*(token for token in last.lefts if token.dep_ == "compound"), last])


def _things(doc: Doc, kinds: Sequence[str], modifiers: Sequence[str], whole: bool) -> Iterator[str]:
    for chunk in doc.noun_chunks:
        yield _named(chunk, kinds, modifiers, whole)


def _named(chunk: Phrase, kinds: Sequence[str], modifiers: Sequence[str], whole: bool) -> str:
    """The name in a phrase that says what kind of thing it is; "" if there is none, or another kind.

    "The Karot hydropower station", "the power station at Port Qasim", "the road from Multan to Sukkur"; not
    "the Highway Authority".
    """
    head = chunk.root
    if lemma(head) not in kinds:
        return ""
    before = [token for token in chunk if token.i < head.i and token.dep_ != "poss"]
    last = before[-len(modifiers) :] if modifiers else []
    pairs = zip(reversed(modifiers), reversed(last), strict=False)
    said = all(modifier in (lemma(token), *_ends(token)) for modifier, token in pairs)
    said = said and len(last) >= min(len(modifiers), 1)
    bare = whole and head.is_lower and all(token.pos_ in ("PROPN", "DET", "PUNCT") for token in before)
    if not said and not bare:
        return ""
    own = {*kinds, *modifiers}
    name = proper(token for token in before if lemma(token) not in own)
    return name or _under(head, "at") or " to ".join(filter(None, (_under(head, "from"), _under(head, "to"))))


def _under(head: Token, preposition: str) -> str:
    """The name that a preposition of a noun governs: "at Port Qasim", "from Multan", "to Sukkur"."""
    after = (child for child in head.subtree if child.dep_ == "prep" and child.lower_ == preposition)
    placed = (each for prep in after for each in prep.children if each.pos_ == "PROPN")
    return next((_whole_name(each) for each in placed), "")


def _ends(token: Token) -> Iterator[str]:
    """The last parts of a compound in one word: "power" of "hydropower"."""
    return (token.lower_[at:] for at in range(len(token)))
