"""The public sets, where their data is."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from eval.evidence import find_quote
from eval.registry import PUBLIC, load_set
from eval.types import EvalSet
from qa.core.errors import DatelineError

BENCH = Path(__file__).parents[4] / "shared" / "bench"


def public(name: str) -> EvalSet:
    """A public set; the test is skipped where its data isn't."""
    if not (BENCH / name).is_dir():
        pytest.skip(f"the data of {name} is not in ../shared/bench/{name}")
    return load_set(name, BENCH / name)


@pytest.mark.parametrize("name", PUBLIC)
def test_every_set_is_whole(name: str) -> None:
    """Ids are unique, evidence is in a document of the set, and its quote is in the body."""
    loaded = public(name)
    bodies = {document.url: document.body for document in loaded.documents}
    assert loaded.name == name
    assert len(bodies) == len(loaded.documents)
    assert max(Counter(question.id for question in loaded.questions).values()) == 1
    for question in loaded.questions:
        assert question.question
        assert all(url in bodies for url in question.documents)
        for evidence in question.evidence:
            assert find_quote(bodies[evidence.url], evidence.quote), question.id


def test_squads_halves_are_labelled() -> None:
    loaded = public("squad2")
    for question in loaded.questions:
        assert question.answerable == bool(question.answers) == bool(question.evidence)


def test_null_questions_have_no_evidence() -> None:
    kinds = {question.kind: question for question in public("multihoprag").questions}
    assert set(kinds) == {"inference", "comparison", "temporal", "null"}
    assert kinds["null"].evidence == ()


def test_follow_ups_have_turns_before_them() -> None:
    rewrites = [question for question in public("mtrag").questions if question.kind == "rewrite"]
    assert rewrites
    assert all(question.history and question.rewrite for question in rewrites)


def test_a_set_whose_data_is_not_there_says_how_to_give_it(tmp_path: Path) -> None:
    with pytest.raises(DatelineError, match="--data DIR"):
        load_set("squad2", tmp_path / "nowhere")
    with pytest.raises(DatelineError, match=r"lacks dev\.json"):
        load_set("squad2", tmp_path)
    with pytest.raises(DatelineError, match="no eval set 'squid'"):
        load_set("squid")


def test_xquad_asks_the_same_in_every_language() -> None:
    loaded = public("xquad")
    assert Counter(question.kind for question in loaded.questions) == dict.fromkeys(
        ("en", "zh", "ar", "hi", "de"), 1_190
    )
    asked = {question.id: question for question in loaded.questions}
    for question in loaded.questions:
        assert question.evidence == asked[f"en-{question.id[3:]}"].evidence
