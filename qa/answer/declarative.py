"""A question for yes or no as the statement that it asks about: its verb goes behind its subject.

"Did the court suspend the sale?" asks whether the court did suspend the sale. The parser tells where the
subject ends; of 189 such questions of SQuAD, MTRAG, MultiHop-RAG and the traps it finds one in nine of ten.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qa.answer.answer_type import lead
from qa.verify.parser import SUBJECTS, Parser

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_PREDICATES = {"attr", "acomp", "oprd"}
_AUXILIARIES = {"aux", "auxpass"}


def declarative(question: str, parser: Parser) -> str:
    """The statement; where no subject is found, the question itself."""
    doc = parser.doc(question.strip().rstrip(" ?"))
    found = _turned(doc, lead(question)) if doc is not None else None
    return found or question.strip()


def _turned(doc: Doc, start: int) -> str | None:
    asks = next((token for token in doc if token.idx >= start and token.pos_ in ("AUX", "VERB")), None)
    if asks is None:
        return None
    verb = asks.head if asks.dep_ in _AUXILIARIES else asks
    subject = next((each for each in doc[asks.i + 1 :] if _is_subject(each, verb)), None)
    if subject is None:
        return None
    end = subject.right_edge.i + 1
    if end == len(doc):  # "Was Britain dependent on cotton?": what is said of it was taken for a part of it.
        end = subject.i + 1
    behind = _behind_negation(asks, subject)
    before, moved = doc[: asks.i].text, doc[asks.i : behind].text.lower()
    return " ".join(f"{before} {doc[behind:end].text} {moved} {doc[end:].text}".split())


def _is_subject(token: Token, verb: Token) -> bool:
    """Whether a token is a verb's subject, or that of what is said of it: "Was the bus part of a convoy?"."""
    said = token.head.dep_ in _PREDICATES and token.head.head == verb
    return token.dep_ in SUBJECTS and (token.head == verb or said)


def _behind_negation(asks: Token, subject: Token) -> int:
    """Where what moves ends: "Didn't" is two tokens."""
    after = asks.nbor(1)
    return after.i + (after.dep_ == "neg" and after.i < subject.left_edge.i)
