"""How likely each token of a given reply is to the built-in model."""

from __future__ import annotations

import pytest
from langchain_core.messages import HumanMessage

from qa.core.settings import Settings
from qa.models.surprisal import Surprisal

ASKED = [HumanMessage("Say the days of the week from Monday on, with commas.")]


@pytest.mark.llm
def test_each_token_of_a_reply_has_its_probability() -> None:
    surprisal = Surprisal(Settings())
    likely = surprisal.log_probabilities(ASKED, "Monday, Tuesday, Wednesday")
    changed = surprisal.log_probabilities(ASKED, "Monday, Tuesday, Saturday")
    assert len(likely) == len(changed) == 5
    assert all(each <= 0 for each in likely)
    assert min(likely) > min(changed) == changed[-1]


@pytest.mark.llm
@pytest.mark.parametrize(
    "reply",
    [
        'Who said "no"?',
        "Two\nlines \\ and [brackets]",
        "\u0645\u0648\u0636\u0648\u0639 \u4f55\u65f6\uff1f",
        "<|im_end|>",
    ],
)
def test_any_characters_can_be_a_reply(reply: str) -> None:
    assert len(Surprisal(Settings()).log_probabilities(ASKED, reply)) >= 2


@pytest.mark.llm
def test_a_long_reply_is_read_in_part() -> None:
    assert len(Surprisal(Settings()).log_probabilities(ASKED, "word " * 2_000)) == 128
