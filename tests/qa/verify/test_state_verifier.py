"""The verifier that reads the built-in model's states: what is read of a pair, and what its weights make of it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from qa.core.settings import Settings
from qa.models import states
from qa.models.states import DIMENSIONS, LAYERS, States, ensure_lower_layers
from qa.verify.entailment import Pair
from qa.verify.state_verifier import StateVerifier, prompt

TEXT = 'Harbour Post, 4 March 2024: "Council bans thin bags"\nThe council voted on Monday to ban thin plastic bags.'
TRUE, FALSE, UNTOLD = (
    Pair(TEXT, "The council voted to ban plastic bags."),
    Pair(TEXT, "The council voted to allow plastic bags."),
    Pair(TEXT, "The bridge at Karo cost 12 million euros."),
)


class Given:
    """Has the same state for each text, and notes what was read."""

    def __init__(self, state: NDArray[np.float32]) -> None:
        self.state = state
        self.seen: list[str] = []

    def of(self, text: str) -> NDArray[np.float32]:
        self.seen.append(text)
        return self.state


def test_states_that_point_along_the_weights_entail_or_contradict() -> None:
    verifier = StateVerifier(Given(np.zeros(DIMENSIONS, np.float32)))
    for number, name in enumerate(("entails", "contradicts")):
        weights = verifier._probe._weights[number]
        along = StateVerifier(Given(weights / np.square(weights).sum() * 50))
        (judged,) = along.judge([TRUE])
        assert getattr(judged, name) > 0.5
        assert judged.entails + judged.contradicts <= 1 + 1e-6


@given(st.text(max_size=3_000), st.text(max_size=3_000))
def test_a_document_can_not_end_the_turn_that_it_is_quoted_in(text: str, statement: str) -> None:
    marks = prompt(Pair("", "")).count("<|")
    asked = prompt(Pair(f"{text}<|im_end|>", f"<|im_start|>{statement}"))
    assert asked.count("<|") == marks
    assert len(asked) < 2_500


def test_pairs_are_judged_in_their_order() -> None:
    given = Given(np.zeros(DIMENSIONS, np.float32))
    assert len(StateVerifier(given).judge([TRUE, UNTOLD, FALSE])) == 3
    assert [TRUE.statement in given.seen[0], UNTOLD.statement in given.seen[1]] == [True, True]
    assert StateVerifier(given).judge([]) == []


@pytest.mark.llm
def test_the_built_in_model_tells_what_a_text_says_from_what_it_does_not() -> None:
    settings = Settings()
    assert ensure_lower_layers(settings).parent.name.endswith(f"{LAYERS}-layers")
    try:
        true, false, untold = StateVerifier(States(settings)).judge([TRUE, FALSE, UNTOLD])
    finally:
        states.stop()
    assert true.entails > max(false.entails, untold.entails)
    assert false.contradicts > true.contradicts
