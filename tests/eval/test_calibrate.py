"""Weights of the verifier and of the judge of answers, fitted to the states of labelled examples."""

from __future__ import annotations

import json
import random
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from sklearn.metrics import roc_auc_score

from eval.calibrate import replies
from eval.calibrate.kept import read
from eval.calibrate.pairs import Label, Labelled, labelled
from eval.calibrate.probe import keep, lines
from eval.calibrate.verifier import fit
from eval.drawn import calibrates
from eval.sets.squad2 import CALIBRATED
from qa.core.errors import DatelineError
from qa.verify.entailment import Pair

BENCH = Path(__file__).parents[3] / "shared" / "bench"
LABELS: tuple[Label, ...] = ("entails", "contradicts", "neither")
CENTRES: dict[Label, tuple[float, float]] = {
    "entails": (2, -2),
    "contradicts": (-2, 2),
    "neither": (-2, -2),
    "not entails": (-2, 0),
}


def told(labels: list[Label]) -> NDArray[np.float64]:
    """The states of a model that mostly knows: two numbers of eight tell the classes apart."""
    drawn = np.random.default_rng(1)
    known = np.array([CENTRES[label] for label in labels]) + drawn.normal(size=(len(labels), 2))
    return np.hstack([known, drawn.normal(size=(len(labels), 6))])


@pytest.fixture
def pairs() -> list[Labelled]:
    """Pairs of two sets; of the traps is known only which ones their texts entail."""
    known = [Labelled("fm2", Pair(f"Text {n}.", f"Claim {n}."), LABELS[n % 3]) for n in range(90)]
    traps: tuple[Label, ...] = ("entails", "not entails")
    return known + [Labelled("traps", Pair(f"Trap {n}.", f"Claim {n}."), traps[n % 2]) for n in range(40)]


def test_the_weights_that_are_kept_tell_the_classes_apart(pairs: list[Labelled], tmp_path: Path) -> None:
    states = told([each.label for each in pairs])
    keep(fit(pairs, states), tmp_path / "weights.npz")
    with np.load(tmp_path / "weights.npz") as kept:
        logits = states @ kept["weights"].T + kept["biases"]
    entailed = np.array([each.label == "entails" for each in pairs])
    assert roc_auc_score(entailed, logits[:, 0]) > 0.9
    fm2 = np.array([each.set == "fm2" for each in pairs])
    denied = np.array([each.label == "contradicts" for each in pairs])
    assert roc_auc_score(denied[fm2], logits[fm2, 1]) > 0.9


def test_what_the_weights_are_worth_is_told_of_each_class_and_set(pairs: list[Labelled]) -> None:
    drawn = random.Random(1)
    knowing = fit(pairs, told([each.label for each in pairs]))
    blind = fit(pairs, told([drawn.choice(LABELS) for _ in pairs])).held_out
    counts = {("entails", "fm2"): 90, ("entails", "traps"): 40, ("contradicts", "fm2"): 90}
    assert {key: n for key, (n, _) in knowing.held_out.items()} == counts
    assert all(area > 0.9 for _, area in knowing.held_out.values())
    assert all(area < 0.8 for _, area in blind.values())
    assert len(list(lines(knowing))) == len(counts)


def test_a_run_that_was_stopped_reads_only_the_rest(tmp_path: Path) -> None:
    texts, seen = [f"Text {n}." for n in range(80)], list[str]()

    def state(text: str) -> NDArray[np.float64]:
        if len(seen) == 50:
            raise KeyboardInterrupt
        seen.append(text)
        return np.full(4, len(seen))

    with pytest.raises(KeyboardInterrupt):
        read(texts, str, state, tmp_path, lambda done, total: None)
    states = read(texts, str, lambda text: np.zeros(4), tmp_path, lambda done, total: None)
    assert states[:50, 0].tolist() == list(range(1, 51))
    assert not states[50:].any()


def test_too_few_pairs_fit_nothing(pairs: list[Labelled]) -> None:
    with pytest.raises(DatelineError, match="at least 5 examples"):
        fit(pairs[:9], told([each.label for each in pairs[:9]]))


def test_pairs_are_of_the_calibration_halves_alone() -> None:
    if not (BENCH / "fm2").is_dir():
        pytest.skip("the data of fm2 is not in ../shared/bench/fm2")
    from eval.registry import load_set

    found = labelled(BENCH)
    fm2 = [each for each in found if each.set == "fm2"]
    statements = {each.question: each.id for each in load_set("fm2", BENCH / "fm2").questions}
    assert all(calibrates(statements[each.pair.statement]) for each in fm2)
    assert {each.label for each in fm2} == {"entails", "contradicts", "neither"}
    assert {each.set for each in found} == {"fm2", "fever_symmetric", "traps"}
    # A text says something of a claim, or it is a neither: no claim has the same text for both.
    assert len({each.pair for each in fm2}) == len(fm2)


def test_no_claim_of_fever_is_in_both_halves() -> None:
    if not (BENCH / "fever_symmetric").is_dir():
        pytest.skip("the data of fever_symmetric is not in ../shared/bench/fever_symmetric")
    from eval.registry import load_set

    halves: dict[str | None, set[str]] = {"dev": set(), "test": set()}
    for each in load_set("fever_symmetric", BENCH / "fever_symmetric").questions:
        halves[each.split].add(each.question)
    assert not halves["dev"] & halves["test"]


def test_no_reply_is_of_a_reported_article() -> None:
    if not (BENCH / "squad2").is_dir():
        pytest.skip("the data of squad2 is not in ../shared/bench/squad2")
    found = replies.labelled(BENCH)
    articles = json.loads((BENCH / "squad2" / "dev.json").read_text())["data"]
    titles = [each["title"].replace("_", " ") for each in articles]
    assert len(titles) > CALIBRATED

    def headers(of: str) -> set[str]:
        return {each.reply.text.split("\n")[0] for each in found if each.set == of} - {"Wikipedia"}

    assert headers("squad2") == {f'Wikipedia: "{title}"' for title in titles[:CALIBRATED]}
    assert headers("xquad") and not headers("xquad") & {f'Wikipedia: "{title}"' for title in titles}
    for of in ("squad2", "xquad", "clapnq"):
        assert {each.right for each in found if each.set == of} == {True, False}
    assert all(each.reply.answer in each.reply.text for each in found if each.right)
