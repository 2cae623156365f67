"""What the verifier and the judge of answers are taught with."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from eval.calibrate import replies
from eval.calibrate.pairs import labelled
from eval.drawn import calibrates
from eval.sets.squad2 import CALIBRATED

BENCH = Path(__file__).parents[3] / "shared" / "bench"


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
    assert headers("xquad")
    assert not headers("xquad") & {f'Wikipedia: "{title}"' for title in titles}
    for of in ("squad2", "xquad", "clapnq"):
        assert {each.right for each in found if each.set == of} == {True, False}
    assert all(each.reply.answer in each.reply.text for each in found if each.right)
