"""The gate itself, and the project held to it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from eval import gate, registry
from eval.gate import PARTS, Kept, Part
from eval.registry import PAGES, PUBLIC, own
from eval.run import Plan, Progress, Result
from eval.types import EvalSet, Question
from qa.core.errors import DatelineError
from qa.core.settings import Settings, load_settings

from .conftest import QUIET

GOOD: Kept = {"s retrieval": {str(number): {"recall@10": 1.0} for number in range(50)}}
WORSE: Kept = {"s retrieval": {str(n): {"recall@10": float(n % 3 > 0)} for n in range(50)}}
ONE_LOST: Kept = {"s retrieval": {str(n): {"recall@10": float(n > 0)} for n in range(50)}}


def test_a_fall_beyond_noise_is_named() -> None:
    ((part, difference),) = gate.fallen(GOOD, WORSE)
    assert (part, difference.metric) == ("s retrieval", "recall@10")


def test_one_question_of_fifty_is_noise_and_a_gain_is_no_fall() -> None:
    assert list(gate.fallen(GOOD, ONE_LOST)) == []
    assert list(gate.fallen(WORSE, GOOD)) == []


def test_figures_are_not_lowered_unless_told(tmp_path: Path) -> None:
    path = tmp_path / "baseline.json"
    gate.update(GOOD, lower=False, path=path)
    with pytest.raises(DatelineError, match="--lower"):
        gate.update(ONE_LOST, lower=False, path=path)
    assert gate.read(path) == GOOD
    gate.update(ONE_LOST, lower=True, path=path)
    assert gate.read(path) == ONE_LOST


def held_to(part: Part) -> None:
    """Fails if a part fell beyond noise since its figures were kept."""
    found = gate.measure([part], load_settings(), QUIET)
    if not found:
        pytest.skip(f"the data of {part.set} is not in ../shared/bench/{part.set}")
    assert part.name in gate.read(), "keep its figures: python -m eval gate --update"
    assert [f"{each.metric}: {each.old} to {each.new}" for _, each in gate.fallen(gate.read(), found)] == []


def test_a_figure_that_should_be_low_falls_when_it_rises(tmp_path: Path) -> None:
    wronged: Kept = {"s claims": {str(n): {"false_supported": float(n % 2)} for n in range(50)}}
    sound: Kept = {"s claims": {str(n): {"false_supported": 0.0} for n in range(50)}}
    ((_, difference),) = gate.fallen(sound, wronged)
    assert difference.metric == "false_supported"
    path = tmp_path / "baseline.json"
    gate.update(wronged, lower=False, path=path)
    gate.update(sound, lower=False, path=path)
    with pytest.raises(DatelineError, match="false_supported"):
        gate.update(wronged, lower=False, path=path)


def test_every_set_takes_part() -> None:
    """All but FM2, whose claims are like FEVER-Symmetric's, XQuAD, for another embedder, and the desk's digests."""
    assert {part.set for part in PARTS} == {*own(), *PUBLIC, PAGES} - {"fm2", "xquad", "desk"}


def test_the_gate_watches_precision_wherever_something_is_shown_as_proved() -> None:
    """The precision of what is given falls though as much is given and as many refusals are due."""
    good: Kept = {"s claims": {str(n): {"precision": 1.0, "coverage": 1.0} for n in range(50)}}
    worse: Kept = {"s claims": {str(n): {"precision": float(n % 3 > 0), "coverage": 1.0} for n in range(50)}}
    assert [each.metric for _, each in gate.fallen(good, worse)] == ["precision"]


def test_a_part_of_claims_draws_statements_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    plans: list[Plan] = []
    statement, question = Question("1", "So.", "said", verdict="supported"), Question("2", "Who?")

    def planned(eval_set: EvalSet, settings: Settings, plan: Plan, progress: Progress) -> Result:
        plans.append(plan)
        return {"rows": [{"id": "1", "scores": {"precision": 1.0, "coverage": 1.0, "em": 1.0}}]}

    monkeypatch.setattr(gate, "load_set", lambda name: EvalSet(name, (statement, question)))
    monkeypatch.setattr(gate, "run", planned)
    found = gate.measure([Part("traps", "claims", 30)], load_settings(), QUIET)
    assert found == {"traps claims": {"1": {"precision": 1.0, "coverage": 1.0}}}
    assert (plans[0].kinds, plans[0].limit) == (("said",), 30)


def test_a_part_without_its_data_is_left_out_and_said(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(registry, "_BENCH", tmp_path)
    said: list[str] = []
    assert (
        gate.measure([Part("squad2", "retrieval", 2)], load_settings(), replace(QUIET, say=said.append)) == {}
    )
    assert said[0].startswith("squad2 retrieval is left out: The data of 'squad2' is not in")


@pytest.mark.slow
@pytest.mark.parametrize("part", [part for part in PARTS if part.half == "retrieval"], ids=lambda p: p.name)
def test_retrieval_is_as_good_as_it_was(part: Part) -> None:
    held_to(part)


@pytest.mark.llm
@pytest.mark.slow
@pytest.mark.timeout(1_800)
@pytest.mark.parametrize("part", [part for part in PARTS if part.half == "claims"], ids=lambda p: p.name)
def test_claims_are_judged_as_well_as_they_were(part: Part) -> None:
    held_to(part)


@pytest.mark.llm
@pytest.mark.slow
@pytest.mark.timeout(1_800)
@pytest.mark.parametrize("part", [part for part in PARTS if part.half == "answers"], ids=lambda p: p.name)
def test_answers_are_as_good_as_they_were(part: Part) -> None:
    held_to(part)


@pytest.mark.slow
def test_pages_are_read_as_well_as_they_were() -> None:
    held_to(next(part for part in PARTS if part.half == "extraction"))
