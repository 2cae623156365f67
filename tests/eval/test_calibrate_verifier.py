"""Weights of the verifier, fitted to replies about labelled pairs."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from eval.calibrate.pairs import Label, Labelled, labelled
from eval.calibrate.verifier import CLASSES, Features, asked, fit, lines
from eval.sets.fm2 import calibrates
from qa.core.errors import DatelineError
from qa.verify import calibration
from qa.verify.verifier import Pair

BENCH = Path(__file__).parents[3] / "shared" / "bench"
CENTRES: dict[Label, Features] = {"entails": (2, -2, 2), "contradicts": (-2, 2, -2), "neither": (-2, -2, -1)}


def told(label: Label, drawn: random.Random) -> Features:
    """The log-odds of a model that mostly knows."""
    return tuple(drawn.gauss(centre, 1) for centre in CENTRES[label])


@pytest.fixture
def pairs() -> list[Labelled]:
    """Pairs of two sets; of a claim and a text beside it, as FM2's have."""
    return [
        Labelled("one" if number % 3 else "two", Pair(f"Text {number}.", f"Claim {number // 2}."), label)
        for number in range(120)
        for label in [CLASSES[number % 3]]
    ]


def test_the_printed_weights_tell_the_classes_apart(
    pairs: list[Labelled], monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn = random.Random(1)
    features = [told(each.label, drawn) for each in pairs]
    found = fit(pairs, features)
    weights, biases = list(lines(found))[:2]
    printed: dict[str, dict[str, Features]] = {}
    exec(f"{weights}\n{biases}", {}, printed)
    monkeypatch.setattr(calibration, "WEIGHTS", printed["WEIGHTS"])
    monkeypatch.setattr(calibration, "BIASES", printed["BIASES"])
    right = 0
    for each, seen in zip(pairs, features, strict=True):
        judged = calibration.calibrated(seen)
        neither = 1 - judged.entails - judged.contradicts
        probable = max(zip((judged.entails, judged.contradicts, neither), CLASSES, strict=True))
        right += probable[1] == each.label
    assert right > 108


def test_what_the_weights_are_worth_is_told_of_each_set(pairs: list[Labelled]) -> None:
    drawn = random.Random(1)
    knowing = fit(pairs, [told(each.label, drawn) for each in pairs]).held_out
    blind = fit(pairs, [told(drawn.choice(CLASSES), drawn) for _ in pairs]).held_out
    assert {name: worth.n for name, worth in knowing.items()} == {"two": 40, "one": 80}
    assert set(knowing["two"].auc) == set()  # One class alone has no area.
    assert set(knowing["one"].auc) == {"contradicts", "neither"}
    assert knowing["one"].auc["contradicts"] > 0.95
    assert blind["one"].auc["contradicts"] < 0.75
    assert knowing["one"].accuracy > 0.85 > blind["one"].accuracy


def test_a_run_that_was_stopped_asks_only_the_rest(pairs: list[Labelled], tmp_path: Path) -> None:
    seen: list[Pair] = []

    def ask(pair: Pair) -> Features:
        if len(seen) == 7:
            raise KeyboardInterrupt
        seen.append(pair)
        return (1.0, 2.0, 3.0)

    with pytest.raises(KeyboardInterrupt):
        asked(pairs[:9], ask, "m", tmp_path, lambda done, total: None)
    more: list[Pair] = []
    counts: list[tuple[int, int]] = []
    features = asked(
        pairs[:9],
        lambda pair: (more.append(pair), (1.0, 2.0, 3.0))[1],
        "m",
        tmp_path,
        lambda *count: counts.append(count),
    )
    assert more == [each.pair for each in pairs[7:9]]
    assert features == [(1.0, 2.0, 3.0)] * 9
    assert counts[-1] == (9, 9)


def test_another_model_is_asked_anew(pairs: list[Labelled], tmp_path: Path) -> None:
    counted: list[Pair] = []
    for model in ("one", "two", "one"):
        asked(pairs[:3], lambda pair: (counted.append(pair), (0.0,))[1], model, tmp_path, lambda *count: None)
    assert len(counted) == 6


def test_too_few_pairs_are_said(pairs: list[Labelled]) -> None:
    with pytest.raises(DatelineError, match="at least 5 pairs of each class"):
        fit(pairs[:6], [(0.0, 0.0, 0.0)] * 6)


def test_data_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(DatelineError, match="--data DIR"):
        labelled(tmp_path, fever=0)


def test_pairs_are_of_the_calibration_half_alone() -> None:
    if not (BENCH / "fm2").is_dir():
        pytest.skip("the data of fm2 is not in ../shared/bench/fm2")
    from eval.registry import load_set

    found = labelled(BENCH, fever=40)
    fm2 = [each for each in found if each.set == "fm2"]
    statements = {each.question: each.id for each in load_set("fm2", BENCH / "fm2").questions}
    assert all(calibrates(statements[each.pair.statement]) for each in fm2)
    assert {each.label for each in fm2} == {"entails", "contradicts", "neither"}
    assert len(found) - len(fm2) == 40
    # A text says something of a claim, or it is a neither: no claim has the same text for both.
    assert len({each.pair for each in fm2}) == len(fm2)
