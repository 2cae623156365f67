"""Questions that ask for more than one fact: a summary, a list, a count, what changed, what is new.

They are recognised by their grammar: which word asks, and what hangs on it. The words stand in `broad.toml`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from qa.answer.vocabulary import lemma, vocabulary
from qa.core.types import DigestKind, Turn
from qa.text.facts import names, numbers
from qa.verify.parser import Parser

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_OPENING_TOKENS = 5
_NOUNS = {"NOUN", "PROPN"}
_BEFORE = {"amod", "compound"}
_PLURALS = {"NNS", "NNPS"}


@dataclass(frozen=True, slots=True)
class Reading:
    """A broad question as it was read.

    `topic` is what to search for, "" where a pronoun stands for it; `things` the lemmas that name what is
    listed or counted, the head last; `attributes` the lemmas of what is asked of each ("capacity"), of places
    of what happened there ("meet").
    """

    kind: DigestKind
    topic: str
    things: tuple[str, ...] = ()
    attributes: tuple[str, ...] = ()


def read(question: str, parser: Parser) -> Reading | None:
    """How a broad question is to be understood; None where it asks for one fact, or can't be parsed."""
    doc = parser.doc(question.strip())
    if doc is None or not len(doc):
        return None
    for rule in (_count, _summary, _tell, _news, _change, _list, _which, _where, _each, _identity):
        found = rule(doc)
        if found is not None:
            return found
    return None


def about_the_last(reading: Reading | None, history: Sequence[Turn]) -> Reading | None:
    """A reading with what was asked before as its topic, where a pronoun stands for it ("more about it")."""
    if reading is None or reading.topic:
        return reading
    asked = [turn.content for turn in history if turn.role == "user"]
    named = " ".join(name.text for name in names(asked[-1])) if asked else ""
    return replace(reading, topic=named) if named else None


def _is(token: Token, words: str) -> bool:
    listed = vocabulary()[words]
    return token.lemma_.lower() in listed or token.lower_ in listed


def _opening(doc: Doc, words: str) -> Token | None:
    """The word that opens a request; nothing but a courtesy stands before it."""
    for token in doc[:_OPENING_TOKENS]:
        if _is(token, words):
            return token
        if token.pos_ in _NOUNS or token.tag_.startswith("W"):
            return None
    return None


def _summary(doc: Doc) -> Reading | None:
    opening = _opening(doc, "summarise")
    if opening is not None:
        topic = _hanging(doc[opening.i :], "about") or _after(doc, opening)
        return Reading("summary", topic)
    for token in doc:
        asks = token.dep_ in ("dobj", "attr", "ROOT", "nsubj") and _is(token.head, "list")
        if (asks or token.i == 0) and _is(token, "overview"):
            topic = _hanging(doc[token.i :], "about")
            return Reading("summary", topic) if topic else None
    return None


def _tell(doc: Doc) -> Reading | None:
    """ "Tell me about X", "what does the library say about X", "what is known about X"."""
    for token in doc:
        if not _is(token, "tell") or token.pos_ not in ("VERB", "AUX"):
            continue
        told = [child for child in token.children if child.dep_ in ("nsubj", "nsubjpass", "dobj", "dative")]
        about = [child for child in doc[token.i :] if child.dep_ == "prep" and _is(child, "about")]
        if about and all(_is(child, "tellers") or _is(child, "overview") for child in told):
            last = any(child.lower_ in ("last", "recently") for child in token.children)
            return Reading("latest" if last else "summary", _under(about[0])) if told else None
    return None


def _news(doc: Doc) -> Reading | None:
    """ "The latest on X", "any news about X", "what is new with X"; not "the latest forum"."""
    for token in doc:
        noun = token.head if token.dep_ == "amod" else token
        named = token.i > 0 and not token.is_lower
        if named or not (_is(token, "news") and _is(noun, "news")):
            continue
        others = (each for each in noun.children if each.dep_ == "amod" and not _is(each, "news"))
        if noun.dep_ == "compound" or any(others):
            continue  # "News outlets", "fake news".
        if noun.lower_ == "new" and noun.dep_ != "acomp":
            continue
        if noun.lower_.startswith("development") and noun == token:
            continue  # "The development of Gwadar"; the latest developments are told by their adjective.
        hanging = [each for each in doc[noun.i + 1 :] if each.pos_ == "ADP"]
        if hanging:
            return Reading("latest", _under(hanging[0]))
    return None


def _change(doc: Doc) -> Reading | None:
    if len(doc) < 3 or doc[0].lower_ not in ("what", "how"):
        return None
    # "How did the fare of the ferry change": a small parser takes the last word for a noun.
    helper = doc[1] if doc[1].lemma_ in ("do", "have") else None
    asking = {each for each in doc if each.dep_ == "aux" or each.tag_.startswith("W") or each == helper}
    over = next((each for each in doc if each.lower_ == "over" and _is_long(each)), None)
    if over is not None:  # "What happened to the Authority over time"
        apart = {*over.subtree, *asking}
        return Reading("change", _text(each for each in doc if each not in apart and not _happens(each)))
    for token in doc:
        of_root = token.dep_ == "ROOT" or (token.sent.root.lemma_ in ("do", "have"))
        ends = helper is not None and all(each.is_punct for each in doc[token.i + 1 :])
        if _is(token, "change") and (of_root or ends):
            asking |= {each for each in (token, doc[:].root) if each.pos_ in ("VERB", "AUX")} | {token}
            return Reading("change", _text(each for each in doc if each not in asking))
    return None


def _is_long(preposition: Token) -> bool:
    return any(lemma(each) in vocabulary()["spans"] for each in preposition.children)


def _happens(token: Token) -> bool:
    return _is(token, "change") or (token.pos_ in ("VERB", "AUX") and _is(token, "occur"))


def _list(doc: Doc) -> Reading | None:
    opening = _opening(doc, "list")
    if opening is None:
        return None
    nouns = [each for each in doc[opening.i + 1 :] if _is_listed(each)]
    listed = next((each for each in nouns if _each_of(each)), nouns[0] if nouns else None)
    if listed is None or any(child.dep_ == "nummod" for child in listed.children):
        return None
    asked = [each for each in doc[opening.i + 1 : listed.i] if _is_attribute(each)]
    return _listing(doc, listed, asked)


def _which(doc: Doc) -> Reading | None:
    """ "Which prime ministers are mentioned", "in which cities did they meet": all of a kind, not those who
    did something.
    """
    asking = next((each for each in doc[:2] if each.lower_ in ("which", "what")), None)
    if asking is None:
        return None
    listed = next((each for each in doc[asking.i + 1 : asking.i + 5] if each.tag_ in _PLURALS), None)
    if listed is None:
        return None
    mentioned = any(_is(each, "mention") for each in (listed.head, doc[:].root))
    if lemma(listed) in vocabulary()["places"] and (mentioned or not _acts(asking, listed)):
        return _listing(doc, listed)
    others = [each for each in doc if each.pos_ in _NOUNS and each.i > listed.i and each.dep_ != "compound"]
    many = all(each.tag_ in _PLURALS or each.dep_ == "pobj" for each in others)
    return (
        _listing(doc, listed) if many and mentioned and not any(each.pos_ == "NUM" for each in doc) else None
    )


def _acts(asking: Token, noun: Token) -> bool:
    """Whether a noun that is asked for is who did something: "which countries joined", "... were admitted".

    Told by what follows it, as the parser takes "cities" in "which cities did they visit" for a subject too.
    """
    after = noun.doc[noun.i + 1 : noun.i + 3]
    if asking.i or len(after) < 2:
        return False
    auxiliary = after[0].lemma_ in ("be", "do", "have")
    return after[1].tag_ == "VBN" if auxiliary else after[0].tag_.startswith("VB")


def _where(doc: Doc) -> Reading | None:
    """ "Where has the forum been held": in the perfect, so of all its times."""
    if doc[0].lower_ != "where" or len(doc) < 2 or doc[1].lower_ not in ("has", "have"):
        return None
    return _of_places(doc, doc[0], ("place",)) if _is(doc[:].root, "occur") else None


def _each(doc: Doc) -> Reading | None:
    """ "What did each road cost", "who chaired each meeting": a list of what "each" stands before."""
    each = next((token for token in doc if _is(token, "each")), None)
    if each is None or not doc[0].tag_.startswith("W"):
        return None
    nouns = [each.nbor()] if each.i + 1 < len(doc) else []
    while nouns and nouns[-1].i + 1 < len(doc) and nouns[-1].nbor().pos_ in _NOUNS:
        nouns.append(nouns[-1].nbor())
    asked = [token for token in doc if token not in nouns and _is_attribute(token)]
    if len(nouns) > 1 and _is_attribute(nouns[-1]):
        asked.append(nouns.pop())
    if not nouns or nouns[-1].pos_ not in _NOUNS or nouns[-1].dep_ == "npadvmod":
        return None  # "Every day" says how often.
    things = tuple(map(lemma, nouns))
    after = (t for t in doc[nouns[-1].i + 1 :] if t not in asked and (t.pos_ != "VERB" or t.dep_ in _BEFORE))
    return Reading("list", _text([*nouns, *after]), things, tuple(map(lemma, asked)))


def _count(doc: Doc) -> Reading | None:
    """ "How many dialogues were held", "how many were killed in 2024": all of their kind, or all of a time.

    "How many beds has the hospital" asks for one figure of one thing, which its name tells.
    """
    many = next(
        (each for each in doc if each.lower_ == "many" and each.i == 1 and doc[0].lower_ == "how"), None
    )
    if many is None:
        return None
    counted = many.head if many.head.pos_ in _NOUNS else None
    verb = counted.head if counted is not None else many.head
    own = {each.i for each in counted.subtree} if counted is not None else set()
    of_one = any((each.pos_ == "PROPN" and each.i not in own) or each.tag_ == "PRP" for each in doc)
    if of_one or _is_numbered(doc):
        return None
    occurs = (
        verb.pos_ in ("VERB", "AUX")
        and _is(verb, "occur")
        and not any(c.dep_ == "dobj" for c in verb.children)
    )
    timed = any(each.pos_ == "NUM" for each in doc) and (counted is None or not own & _named(doc))
    if not (occurs and counted is not None) and not timed:
        return None
    kept = [
        each
        for each in doc[many.i + 1 :]
        if each.dep_ not in ("aux", "auxpass", "expl") and not (each == verb and occurs)
    ]
    things = _things(counted) if counted is not None else ()
    return Reading("count", _text(kept), things, () if occurs else (verb.lemma_.lower(),))


def _named(doc: Doc) -> set[int]:
    return {each.i for each in doc if each.pos_ == "PROPN"}


def _is_numbered(doc: Doc) -> bool:
    """Whether it asks of one of a numbered kind: "the second forum"."""
    return any(number.ordinal for number in numbers(doc.text))


def _identity(doc: Doc) -> Reading | None:
    """ "Who is Sohail Mahmood": a name and nothing else."""
    if doc[0].lower_ != "who" or len(doc) < 3 or doc[1].lemma_ != "be":
        return None
    named = [each for each in doc[2:] if not each.is_punct]
    plain = all(each.pos_ == "PROPN" for each in named)
    return Reading("who", _text(named)) if plain and len(named) > 1 else None


def _listing(doc: Doc, listed: Token, asked: Sequence[Token] = ()) -> Reading:
    """A list of what a noun names; what `asked` stands before it is asked of each."""
    things = _things(listed)
    if len(things) > 1 and _is(listed, "vague"):
        things = things[:-1]  # "Railway projects" are railways.
    if things[-1] in vocabulary()["places"]:
        return _of_places(doc, listed, things)
    asked = [*asked, *_attributes(doc, listed)]
    until = min((each.i for each in asked if each.i > listed.i), default=len(doc))
    mentioned = [each for each in doc[listed.i + 1 :] if _is(each, "mention")]
    apart = {each for each in mentioned if not each.is_ancestor(listed)}
    kept = [
        each
        for each in doc[min(each.i for each in (listed, *listed.lefts)) : until]
        if not (each == listed and _is(each, "vague"))
        and each not in mentioned
        and not any(above in apart for above in each.ancestors)
        and each.tag_ not in ("CC", "VBP", "VBZ")
    ]
    while kept and kept[-1].pos_ in ("ADP", "DET", "PRON", "ADV"):
        kept.pop()
    told = [each for each in asked if not _is(each, "measures")] or asked
    return Reading("list", _text(kept), things, tuple(dict.fromkeys(map(lemma, told))))


def _of_places(doc: Doc, listed: Token, things: tuple[str, ...]) -> Reading:
    """ "Every city where the working group met": who did it is the topic, the verb is asked of the places."""
    rest = [each for each in doc[listed.i + 1 :] if each.pos_ not in ("AUX", "SCONJ") and each.tag_ != "WRB"]
    verbs = [each for each in rest if each.pos_ == "VERB" or _is(each, "occur")]
    subject = next(
        (each for each in rest if each.dep_ in ("nsubj", "nsubjpass") and each.head in verbs), None
    )
    told = [
        each
        for each in rest
        if each not in verbs
        and (
            subject is None or each in subject.subtree or each.pos_ in ("PROPN", "NUM") or each.dep_ == "prep"
        )
    ]
    while told and told[-1].pos_ == "ADP":
        told.pop()
    return Reading("list", _text(told), things, tuple(map(lemma, verbs)))


def _attributes(doc: Doc, listed: Token) -> Iterable[Token]:
    """What is asked of each: "with their capacities", "and how many acres each covers", "and when"."""
    for token in doc[listed.i + 1 :]:
        own = any(child.tag_ == "PRP$" for child in token.children)
        with_ = token.head.lower_ == "with" and token.dep_ == "pobj"
        many = any(child.lower_ in ("many", "much") for child in token.children)
        beside = token.dep_ == "conj" and (_is_attribute(token) or _is(token, "measures"))
        if token.pos_ in _NOUNS and (own or with_ or many or beside):
            yield token
            yield from (
                each for each in doc[token.i + 1 :] if _is_attribute(each) and each.dep_ in ("acl", "pobj")
            )
        elif token.lower_ == "when":
            yield token
            yield from (token.head,) if token.head.pos_ == "VERB" and token.head.i > token.i else ()


def _is_attribute(token: Token) -> bool:
    """Whether a word names what can be told of a thing: a cost, a length, its dead, who chaired it."""
    data = vocabulary()
    return token.pos_ not in ("AUX", "ADP") and any(
        lemma(token) in data[each] for each in ("units", "spoken")
    )


def _each_of(noun: Token) -> bool:
    return any(_is(child, "each") for child in noun.children)


def _is_listed(token: Token) -> bool:
    named = token.pos_ in _NOUNS and token.is_alpha and token.dep_ != "compound"
    whole = any(_is(child, "all") for child in token.children)
    return named and (token.tag_ in _PLURALS or whole) and not (_is_attribute(token) and not whole)


def _things(head: Token) -> tuple[str, ...]:
    before = (each for each in head.lefts if each.dep_ in ("compound", "amod") and each.lower_ != "many")
    left = (each for child in before for each in child.subtree)
    return (*(lemma(each) for each in left if each.is_alpha), lemma(head))


def _hanging(tokens: Iterable[Token], words: str) -> str:
    """What the first preposition of some words governs."""
    prepositions = (each for each in tokens if each.dep_ == "prep" and _is(each, words))
    return next((_under(each) for each in prepositions), "")


def _under(preposition: Token) -> str:
    """What hangs on a preposition; what stands before it may, too, where the parser takes it for the root."""
    return _text(each for each in preposition.subtree if each.i > preposition.i)


def _after(doc: Doc, opening: Token) -> str:
    rest = doc[opening.i + 1 :]
    return _text(each for each in rest if not (each.i == opening.i + 1 and each.dep_ == "prt"))


def _text(tokens: Iterable[Token]) -> str:
    """Words as they stand, without the articles, pronouns and marks."""
    empty = ("DET", "PRON", "PUNCT", "SPACE")
    kept = [each for each in tokens if each.pos_ not in empty or each.text == "-"]
    while kept and kept[0].pos_ == "ADP":
        kept = kept[1:]
    return "".join(each.text_with_ws for each in kept).strip(" -")
