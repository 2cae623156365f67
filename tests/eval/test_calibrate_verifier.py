"""Weights of the verifier, fitted to replies about labelled pairs."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from eval.calibrate.pairs import Label, Labelled, labelled
from eval.calibrate.verifier import Features, asked, fit, lines
from eval.sets.fm2 import calibrates
from qa.core.errors import DatelineError
from qa.verify import calibration
from qa.verify.entailment import Pair

BENCH = Path(__file__).parents[3] / "shared" / "bench"
LABELS: tuple[Label, ...] = ("entails", "contradicts", "neither")
CENTRES: dict[Label, tuple[float, float, float]] = {
    "entails": (2, -2, 2),
    "contradicts": (-2, 2, -2),
    "neither": (-2, -2, -1),
    "not entails": (-2, 0, -2),
}


def told(label: Label, drawn: random.Random) -> Features:
    """The features of a model that mostly knows, of statements that share half of their words."""
    return calibration.features(*(drawn.gauss(centre, 1) for centre in CENTRES[label]), 0.5)


@pytest.fixture
def pairs() -> list[Labelled]:
    """Pairs of two sets; of the traps is known only which ones their texts entail."""
    known = [Labelled("fm2", Pair(f"Text {n}.", f"Claim {n}."), LABELS[n % 3]) for n in range(90)]
    traps: tuple[Label, ...] = ("entails", "not entails")
    return known + [Labelled("traps", Pair(f"Trap {n}.", f"Claim {n}."), traps[n % 2]) for n in range(40)]


def test_the_printed_weights_tell_the_classes_apart(
    pairs: list[Labelled], monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn = random.Random(1)
    features = [told(each.label, drawn) for each in pairs]
    weights, biases = list(lines(fit(pairs, features)))[:2]
    printed: dict[str, dict[str, Features]] = {}
    exec(f"{weights}\n{biases}", {}, printed)
    monkeypatch.setattr(calibration, "WEIGHTS", printed["WEIGHTS"])
    monkeypatch.setattr(calibration, "BIASES", printed["BIASES"])
    judged = [calibration.calibrated(seen) for seen in features]
    entailed = [
        (each.entails > 0.5) == (pair.label == "entails") for each, pair in zip(judged, pairs, strict=True)
    ]
    assert sum(entailed) > 0.9 * len(pairs)
    denied = [
        (each.contradicts > 0.5) == (pair.label == "contradicts")
        for each, pair in zip(judged, pairs, strict=True)
        if pair.set == "fm2"
    ]
    assert sum(denied) > 0.9 * len(denied)


def test_what_the_weights_are_worth_is_told_of_each_class_and_set(pairs: list[Labelled]) -> None:
    drawn = random.Random(1)
    knowing = fit(pairs, [told(each.label, drawn) for each in pairs]).held_out
    blind = fit(pairs, [told(drawn.choice(LABELS), drawn) for _ in pairs]).held_out
    counts = {("entails", "fm2"): 90, ("entails", "traps"): 40, ("contradicts", "fm2"): 90}
    assert {key: n for key, (n, _) in knowing.items()} == counts
    assert all(area > 0.9 for _, area in knowing.values())
    assert all(area < 0.8 for _, area in blind.values())


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
    with pytest.raises(DatelineError, match="at least 5 pairs"):
        fit(pairs[:6], [(0.0,) * len(calibration.FEATURES)] * 6)


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
    others = [each.set for each in found if each.set != "fm2"]
    assert others.count("fever_symmetric") == 40
    assert set(others) == {"fever_symmetric", "traps"}
    # A text says something of a claim, or it is a neither: no claim has the same text for both.
    assert len({each.pair for each in fm2}) == len(fm2)
