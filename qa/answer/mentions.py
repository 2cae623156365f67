"""Names in a document: of things of a kind ("the Karot hydropower station"), and of holders of a post."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, partial
from itertools import takewhile
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
    text = f"{article.title}\n{article.body}"
    folded = text.casefold()
    whole = any(" ".join((*modifiers, kind)) in folded for kind in kinds)

    @cache
    def common(word: str) -> bool:
        return any(" ".join((word, *modifiers, kind)) in text for kind in kinds)

    things_named = partial(_things, whole=whole, common=common)
    named = _holders if things[-1] in vocabulary()["persons"] else things_named
    found = []
    for start, end in sentences(article):
        sentence = article.body[start:end]
        if any(kind in sentence.casefold() for kind in kinds):
            dateline = DATELINE.match(sentence)
            doc = parser.doc(sentence[dateline.end() if dateline else 0 :])
            names = named(doc, kinds, modifiers) if doc is not None else ()
            found += [Mention(name, (start, end), article) for name in names if name]
    return found


def proper(tokens: Iterable[Token]) -> str:
    """The proper nouns among some words."""
    words = [token.text_with_ws for token in tokens if token.pos_ == "PROPN" or token.text == "-"]
    return "".join(words).strip(" -,'")


def _holders(doc: Doc, kinds: Sequence[str], modifiers: Sequence[str]) -> Iterator[str]:
    """The holders of a post: "Prime Minister Imran Khan"; "its chief minister, Sarfraz Bugti"; "Mahmood Khan,
    chief minister of the province". No deputies, and not "the Prime Minister's House".
    """
    for post in doc:
        if lemma(post) not in kinds or not _said(post, modifiers) or post.dep_ == "poss":
            continue
        before = post.i - len(modifiers) - 1
        if before >= 0 and doc[before].lower_ in vocabulary()["lesser"]:
            continue
        holder = _joined(post).head
        if post.dep_ == "compound":
            yield proper(token for token in doc[post.i + 1 : _end_of_name(post.head) + 1])
        elif _joined(post).dep_ == "appos" and holder.pos_ == "PROPN":
            yield _whole_name(holder)
        else:
            beside = (child for child in post.children if child.dep_ == "appos" and child.pos_ == "PROPN")
            yield from map(_whole_name, beside)


def _joined(post: Token) -> Token:
    """The post to which this one is joined: "now deputy prime minister and foreign minister"."""
    return post.head if post.dep_ == "conj" else post


def _end_of_name(token: Token) -> int:
    """Where a name ends that the parser has cut: "Bilawal | Bhutto Zardari"."""
    after = takewhile(lambda each: each.pos_ == "PROPN", token.doc[token.i + 1 :])
    return max((each.i for each in after), default=token.i)


def _said(head: Token, modifiers: Sequence[str]) -> bool:
    before = head.doc[max(head.i - len(modifiers), 0) : head.i]
    return [lemma(token) for token in before] == list(modifiers)


def _whole_name(last: Token) -> str:
    return proper([*(token for token in last.lefts if token.dep_ == "compound"), last])


def _things(
    doc: Doc, kinds: Sequence[str], modifiers: Sequence[str], whole: bool, common: Callable[[str], bool]
) -> Iterator[str]:
    """The names of things.

    `whole` is whether the document has the kind in full; `common` whether it has a word before the kind in
    small letters: "Rashakai Special" is named Rashakai where "a special economic zone" is.
    """
    for chunk in doc.noun_chunks:
        name = _named(chunk, kinds, modifiers, whole)
        first, _, last = name.rpartition(" ")
        yield first if first and common(last.lower()) else name


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
    return name or _under(head, "at") or _between(head)


def _under(head: Token, preposition: str) -> str:
    """The name that a preposition of a noun governs: "at Port Qasim", "from Multan", "to Sukkur"."""
    after = (child for child in head.subtree if child.dep_ == "prep" and child.lower_ == preposition)
    placed = (each for prep in after for each in prep.children if each.pos_ == "PROPN")
    return next((_whole_name(each) for each in placed), "")


def _between(head: Token) -> str:
    """The two ends of a road: "Hakla to Dera Ismail Khan", whatever the parser hangs "to" on."""
    ends = [_under(head, "from"), _under(head, "to")]
    rest = head.doc[head.i + 1 :]
    to = next((each for each in rest if each.lower_ == "to" and each.nbor(-1).text in ends[0].split()), None)
    if to is not None and to.i + 1 < len(head.doc):
        ends[1] = proper(head.doc[to.i + 1 : _end_of_name(to) + 1])
    return " to ".join(filter(None, ends))


def _ends(token: Token) -> Iterator[str]:
    """The last parts of a compound in one word: "power" of "hydropower"."""
    return (token.lower_[at:] for at in range(len(token)))
