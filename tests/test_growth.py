"""Every rule over text is linear in its length, or reads no further than a bound."""

from __future__ import annotations

import pytest

from qa.core.errors import RefusedError
from qa.search.parts import MAX_CHARS, bounded
from tests.growth import BOUNDED, RULES, TODAY, Rule, cost, texts

_CHARS, _TIMES = 4_000, 8
_SLACK = 5  # A quadratic rule costs 8 times what a line would, and what is below the floor is noise.
_FLOOR_SECONDS = 0.004


def outgrown(rule: Rule, chars: int, times: int, allowed: float) -> list[str]:
    """The nasty texts on which `times` as much text costs more than `allowed` times as much."""
    small = dict(texts(chars))
    rule("The warm-up, held on 21 January 2024, he said.")
    return [
        unit
        for unit, text in texts(chars * times)
        if cost(rule, text) > allowed * max(_FLOOR_SECONDS, cost(rule, small[unit]))
        and cost(rule, text) > allowed * max(_FLOOR_SECONDS, cost(rule, small[unit]))
    ]


@pytest.mark.timeout(300)
@pytest.mark.parametrize("name", RULES)
def test_a_rule_grows_with_its_text(name):
    assert outgrown(RULES[name], _CHARS, _TIMES, _SLACK * _TIMES) == []


@pytest.mark.timeout(300)
@pytest.mark.parametrize("name", BOUNDED)
def test_a_bounded_rule_grows_with_the_square_at_most(name):
    rule, most = BOUNDED[name]
    assert outgrown(rule, most // 4, 4, 2 * 4**2) == []


def test_a_longer_question_is_refused_in_a_sentence():
    assert bounded(" Who co-chaired it? ") == "Who co-chaired it?"
    with pytest.raises(RefusedError, match=r"has 32,999 characters, and 4,000 are read at most; shorten it"):
        bounded(f"{TODAY} " * 3_000)
    assert bounded("x" * MAX_CHARS)
