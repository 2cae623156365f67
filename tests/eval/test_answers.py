"""Answers and verdicts against their labels."""

from __future__ import annotations

from dataclasses import replace

import pytest

from eval.answers import (
    answer_scores,
    confidence_scores,
    is_right,
    outcome_scores,
    proof_scores,
    rewrite_scores,
    verdict_scores,
)
from eval.types import Expected, Question
from qa.core.types import Answer, Claim, Digest, Ruling, Status, Timings, Verdict


def answer(text: str, status: Status = "answered", brief: str = "") -> Answer:
    """An answer of one text."""
    return Answer("q", "q", status, text, (), (), "none", Timings(), brief=brief)


def test_of_a_digest_its_quotes_are_read() -> None:
    quote = Claim("Ines Torres is the mayor.", "supported", (), ())
    found = replace(answer("On Torres: 1 quote."), claims=(quote,), digest=Digest("who", "On Torres.", ()))
    asked = Question("1", "Who is Torres?", answers=("the mayor",), answerable=True)
    assert answer_scores(asked, found)["accuracy"] == 1
    assert answer_scores(asked, replace(found, digest=None))["accuracy"] == 0


REFUSED = answer("The library does not say.", "not_in_library")
ASKED = Question("1", "Who?", answers=("Ines Torres",), answerable=True)
UNANSWERABLE = Question("2", "How much?", answerable=False)


def test_a_right_answer() -> None:
    scores = answer_scores(ASKED, answer("Mayor Ines Torres [1]."))
    assert scores["accuracy"] == scores["decision_accuracy"] == 1
    assert scores["f1"] == 0.8
    assert "refusal_precision" not in scores


def test_squads_scores_read_the_fewest_words_and_accuracy_all_of_them() -> None:
    scores = answer_scores(ASKED, answer("Mayor Ines Torres cut the ribbon [1].", brief="Ines Torres"))
    assert scores["em"] == scores["f1"] == scores["accuracy"] == 1
    other = answer_scores(ASKED, answer("Mayor Ines Torres cut the ribbon [1].", brief="the ribbon"))
    assert (other["f1"], other["accuracy"]) == (0, 1)


def test_long_right_answers_are_compared_with_all_that_was_said() -> None:
    said = " ".join(f"word{n}" for n in range(20))
    long = Question("4", "Why?", answers=(said,), answerable=True)
    assert answer_scores(long, answer(said, brief="word1"))["f1"] == 1


def test_a_refusal_of_what_has_an_answer_loses_everything() -> None:
    scores = answer_scores(ASKED, REFUSED)
    assert scores["accuracy"] == scores["f1"] == scores["decision_accuracy"] == 0
    assert scores["refusal_precision"] == 0
    assert "refusal_recall" not in scores


def test_a_due_refusal() -> None:
    scores = answer_scores(UNANSWERABLE, REFUSED)
    assert scores["refusal_precision"] == scores["refusal_recall"] == scores["squad_f1"] == 1
    assert "accuracy" not in scores


def test_an_answer_to_what_has_none() -> None:
    scores = answer_scores(UNANSWERABLE, answer("12 crowns."))
    assert scores["refusal_recall"] == scores["squad_em"] == scores["decision_accuracy"] == 0


def test_no_labels_no_scores() -> None:
    assert answer_scores(Question("3", "Who?"), REFUSED) == {}
    assert is_right(Question("3", "Who?"), "Ines Torres") is None


def test_right_is_said_of_what_was_withheld_too() -> None:
    assert is_right(ASKED, "It was Ines Torres.")
    assert is_right(ASKED, "It was Pavel Brandt.") is False
    assert is_right(ASKED, "") is False
    assert is_right(UNANSWERABLE, "12 crowns") is False


def test_a_short_answer_is_right_that_tells_a_part_of_a_long_one() -> None:
    right = (
        "The harbour was built because the old one silted up, and because ships had grown, said the mayor."
    )
    long = Question("4", "Why was the harbour built?", answers=(right,), answerable=True)
    assert is_right(long, "The harbour was built because the old one silted up.")
    assert is_right(long, "The harbour was built for the crowns of tourists.") is False
    assert is_right(long, "The harbour was built.") is False


def test_a_sure_and_wrong_answer_costs_more_than_an_unsure_one() -> None:
    assert confidence_scores(0.9, right=False)["brier"] == pytest.approx(0.81)
    assert confidence_scores(0.9, right=True)["brier"] == pytest.approx(0.01)
    assert confidence_scores(None, right=True) == {}


def test_long_answers_are_not_judged_by_naming() -> None:
    long = Question("4", "Why?", answers=("because " + "word " * 20,), answerable=True)
    assert "accuracy" not in answer_scores(long, answer("because word"))


def test_rewriting_is_measured_against_leaving_it() -> None:
    asked = Question("5", "Can it be cleaned up?", rewrite="Can groundwater contamination be cleaned up?")
    scores = rewrite_scores(asked, "Can groundwater contamination be cleaned up?")
    assert scores["rewrite_f1"] == 1
    assert 0 < scores["unchanged_f1"] < 1
    assert scores["rewrite_gain"] == 1 - scores["unchanged_f1"]


def scored(given: Ruling, expected: Expected) -> dict[str, float]:
    """The scores of a verdict on a statement whose right one is known."""
    return verdict_scores(Question("6", "s", verdict=expected), Verdict("s", given, (), (), "", Timings()))


def test_what_is_not_given_has_no_precision() -> None:
    assert proof_scores(given=True, right=True) == {"precision": 1, "coverage": 1}
    assert proof_scores(given=True, right=False) == {"precision": 0, "coverage": 1}
    assert proof_scores(given=True, right=None) == {"coverage": 1}
    assert proof_scores(given=False, right=True) == {"coverage": 0}


@pytest.mark.parametrize(
    ("question", "given", "right", "well", "wrong"),
    [
        (ASKED, True, True, 1, 0),
        (ASKED, True, False, 0, 1),
        (ASKED, False, True, 0, 0),
        (UNANSWERABLE, True, False, 0, 1),
        (UNANSWERABLE, False, False, 1, 0),
    ],
)
def test_a_reader_is_served_by_a_right_answer_or_a_due_refusal(
    question: Question, given: bool, right: bool, well: float, wrong: float
) -> None:
    assert outcome_scores(question, given=given, right=right) == {
        "right_or_refused": well,
        "wrong_given": wrong,
    }


def test_what_is_not_labelled_has_no_outcome() -> None:
    assert outcome_scores(ASKED, given=True, right=None) == {}


def test_a_false_statement_called_supported_and_a_true_one_wronged() -> None:
    passed, wronged = scored("supported", "contradicted"), scored("contradicted", "supported")
    assert (passed["precision"], passed["false_supported"], passed["supported_false"]) == (0, 1, 1)
    assert (wronged["precision"], wronged["true_kept"], wronged["contradicted_true"]) == (0, 0, 1)
    kept, caught = scored("supported", "supported"), scored("contradicted", "contradicted")
    assert (kept["precision"], kept["true_kept"], kept["supported_false"]) == (1, 1, 0)
    assert (caught["precision"], caught["false_supported"], caught["contradicted_true"]) == (1, 0, 0)


def test_a_share_is_only_over_what_it_is_a_share_of() -> None:
    silent = scored("not_in_library", "supported")
    assert silent == {"coverage": 0, "verdict_accuracy": 0, "decided": 0, "true_kept": 0}
    disputed = scored("disputed", "disputed")
    assert disputed == {"precision": 1, "coverage": 1, "verdict_accuracy": 1, "decided": 0}


def test_of_what_nobody_made_silence_is_right_and_support_is_false() -> None:
    assert scored("not_in_library", "not_in_library")["verdict_accuracy"] == 1
    assert scored("supported", "not_in_library")["false_supported"] == 1


@pytest.mark.parametrize("given", ["contradicted", "disputed", "not_in_library"])
def test_any_verdict_but_support_is_right_of_a_statement_that_is_not_supported(given: Ruling) -> None:
    assert scored(given, "not_supported")["verdict_accuracy"] == 1
    assert scored(given, "not_supported")["false_supported"] == 0
    assert scored("supported", "not_supported")["precision"] == 0


def test_an_answer_in_words_is_right_or_wrong_though_nobody_said_whether_there_is_one() -> None:
    asked = Question("7", "How many turbines has it?", answers=("14 (40 was an error)", "14"))
    assert is_right(asked, "It has 14 turbines [1].")
    assert is_right(asked, "It has 40 turbines [1].") is False
