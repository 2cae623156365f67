"""One answer, or one verdict, against what is known to be right. Scores are 0..1.

A score whose label a question lacks is left out, so a mean over rows is a mean over the questions
that it applies to: `refusal_precision` over what was refused, `refusal_recall` over what has no answer.
"""

from __future__ import annotations

from collections.abc import Callable

from eval.matching import content_f1, exact, f1, lenient, strict, told, words
from eval.types import Expected, Question
from qa.core.types import Answer, Ruling, Verdict

CLOSED_WORDS = 12
"""Right answers up to this long are closed: one can say whether an answer names them."""


def answer_scores(question: Question, answer: Answer) -> dict[str, float]:
    """What an answer and its decision to answer are worth.

    decision_accuracy   answered what has an answer, refused what has none
    refusal_precision   of a refusal: there was no answer
    refusal_recall      of a question without an answer: it was refused
    accuracy            a right answer is named (`strict`); accuracy_lenient half of its words
    em, f1              SQuAD's, over questions that have an answer; a refusal scores 0
    squad_em, squad_f1  SQuAD 2.0's, over all: a due refusal scores 1

    Accuracy reads the whole text. em and f1 read the answer in its fewest words, as SQuAD's own
    answers are; the whole text where there are none, or where the right answers are long themselves.
    """
    refused = answer.status == "not_in_library"
    scores = _decision(question.answerable, refused)
    if question.answers and question.answerable is not False:
        scores |= _right(question, "" if refused else as_read(answer), "" if refused else answer.brief)
        scores |= {f"squad_{name}": scores[name] for name in ("em", "f1")}
    elif question.answerable is False:
        scores |= {"squad_em": float(refused), "squad_f1": float(refused)}
    return scores


def as_read(answer: Answer) -> str:
    """An answer as its reader has it before the eyes: a digest shows its quotes under each entry."""
    shown = [answer.text, *(claim.text for claim in answer.claims if answer.digest)]
    return "\n".join(shown)


def _decision(answerable: bool | None, refused: bool) -> dict[str, float]:
    if answerable is None:
        return {}
    scores = {"decision_accuracy": float(refused != answerable)}
    if refused:
        scores["refusal_precision"] = float(not answerable)
    if not answerable:
        scores["refusal_recall"] = float(refused)
    return scores


def _right(question: Question, text: str, brief: str) -> dict[str, float]:
    closed = _closed(question)
    short = brief if brief and closed else text
    scores = {
        "em": _best(question, lambda right: exact(short, right)),
        "f1": _best(question, lambda right: f1(short, right)),
    }
    if closed:
        scores["accuracy"] = _best(question, lambda right: strict(text, right, question.choices))
        scores["accuracy_lenient"] = _best(question, lambda right: lenient(text, right))
    return scores


def _closed(question: Question) -> bool:
    return min(len(words(right)) for right in question.answers) <= CLOSED_WORDS


def _best(question: Question, score: Callable[[str], float]) -> float:
    return max(float(score(right)) for right in question.answers)


def is_right(question: Question, text: str) -> bool | None:
    """Whether it is right to give an answer, for the risk-coverage curve; None if not labelled.

    A selective classifier (El-Yaniv and Wiener 2010) is two functions: what is answered, and whether
    that is given. Right is said of the first, so of a refusal too: `text` is then what was withheld.
    It is right if it names a right answer or, where those are long, if at least half of what it adds to
    the question stands in one. Whatever is said to a question without an answer is wrong, and so is nothing.
    """
    if question.answerable is not False and not question.answers:
        return None
    if question.answerable is False or not text:
        return False
    if _closed(question):
        return _best(question, lambda right: strict(text, right, question.choices)) == 1
    return _best(question, lambda right: told(text, right, question.question)) >= 0.5


def proof_scores(*, given: bool, right: bool | None) -> dict[str, float]:
    """What is shown as proved: `precision`, right among what is given, and `coverage`, the share given.

    Args:
        given: whether there was an answer, or a verdict other than "not in the library".
        right: whether that is right; None if not labelled.
    """
    known = {"precision": float(right)} if given and right is not None else {}
    return known | {"coverage": float(given)}


def outcome_scores(question: Question, *, given: bool, right: bool | None) -> dict[str, float]:
    """What a reader meets, over all questions that are labelled.

    right_or_refused   a right answer was given, or a question without an answer was refused
    wrong_given        an answer was given, and it is wrong (lower is better)
    """
    if right is None:
        return {}
    well = right if given else question.answerable is False
    return {"right_or_refused": float(well), "wrong_given": float(given and not right)}


def confidence_scores(confidence: float | None, right: bool | None) -> dict[str, float]:
    """Brier's score of a stated confidence: its squared distance from what came true, lower is better."""
    if confidence is None or right is None:
        return {}
    return {"brier": (confidence - right) ** 2}


def rewrite_scores(question: Question, standalone: str) -> dict[str, float]:
    """How close a follow-up's rewriting comes to a person's, how close it was as asked, and the gain."""
    if not question.rewrite:
        return {}
    rewritten = content_f1(standalone, question.rewrite)
    unchanged = content_f1(question.question, question.rewrite)
    return {"rewrite_f1": rewritten, "unchanged_f1": unchanged, "rewrite_gain": rewritten - unchanged}


def verdict_scores(question: Question, verdict: Verdict) -> dict[str, float]:
    """What a verdict is worth.

    precision, coverage  see `proof_scores`
    verdict_accuracy     the right one
    decided              supported or contradicted
    false_supported      of a false statement: it was called supported (lower is better)
    true_kept            of a true statement: it was called supported
    supported_false      of "supported": the statement is false (lower is better)
    contradicted_true    of "contradicted": the statement is true (lower is better)

    A disputed statement is neither true nor false; one that nobody made (a fabricated quote) is false.
    """
    given, right = verdict.verdict, _agrees(verdict.verdict, question.verdict)
    true, false = question.verdict == "supported", question.verdict not in ("supported", "disputed")
    scores = proof_scores(given=given != "not_in_library", right=right)
    scores |= {"verdict_accuracy": float(right), "decided": float(given in ("supported", "contradicted"))}
    if false:
        scores["false_supported"] = float(given == "supported")
    if true:
        scores["true_kept"] = float(given == "supported")
    if given == "supported":
        scores["supported_false"] = float(false)
    if given == "contradicted":
        scores["contradicted_true"] = float(true)
    return scores


def _agrees(given: Ruling, expected: Expected | None) -> bool:
    return given != "supported" if expected == "not_supported" else given == expected
