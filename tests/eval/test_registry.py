"""Which questions a run asks."""

from __future__ import annotations

from collections import Counter

import pytest

from eval.registry import load_set, only, own, sample
from eval.types import EvalSet, Question
from qa.core.errors import DatelineError

QUESTIONS = tuple(
    Question(str(number), "Who?", kind="rare" if number % 10 == 0 else "usual") for number in range(200)
)


def test_a_sample_keeps_the_share_of_each_kind_and_the_order() -> None:
    drawn = sample(QUESTIONS, 50, seed=1)
    assert Counter(question.kind for question in drawn) == {"usual": 45, "rare": 5}
    assert [int(question.id) for question in drawn] == sorted(int(question.id) for question in drawn)


def test_a_seed_draws_the_same_again_and_another_seed_others() -> None:
    assert sample(QUESTIONS, 50, seed=1) == sample(QUESTIONS, 50, seed=1)
    assert sample(QUESTIONS, 50, seed=1) != sample(QUESTIONS, 50, seed=2)


def test_no_limit_asks_all() -> None:
    assert sample(QUESTIONS, None, seed=0) == list(QUESTIONS)
    assert len(sample(QUESTIONS, 1_000, seed=0)) == 200


def test_kinds_and_splits_restrict() -> None:
    both = EvalSet("s", (Question("1", "Who?", "a", split="dev"), Question("2", "Who?", "b", split="test")))
    assert [question.id for question in only(both, ("a",), None)] == ["1"]
    assert [question.id for question in only(both, (), "test")] == ["2"]
    with pytest.raises(DatelineError, match="no question of kind 'c'"):
        only(both, ("c",), None)


def test_the_projects_own_sets_are_sound() -> None:
    assert "cpec" in own()
    for name in own():
        assert load_set(name).questions
