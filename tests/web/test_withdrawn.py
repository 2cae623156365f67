"""What of a draft is told as withdrawn."""

from __future__ import annotations

from datetime import UTC, datetime

from qa.core.types import Claim
from qa.web.conversations import Exchange
from qa.web.withdrawn import sentences, why

KEPT = "The airport covers 4,300 acres."


def exchange(draft: str, **fields: object) -> Exchange:
    return Exchange("?", datetime.now(UTC), "answered", draft=draft, **fields)  # type: ignore[arg-type]


def test_a_sentence_that_the_answer_kept_is_not_withdrawn() -> None:
    assert sentences(exchange(f"{KEPT[:-1]} [1].", claims=(Claim(KEPT, "supported"),))) == ()


def test_a_sentence_that_nothing_proved_is_told_with_why() -> None:
    found = exchange(f"{KEPT} It was paid for by Norway. [2]", claims=(Claim(KEPT, "supported"),))
    assert sentences(found) == ("It was paid for by Norway.",)
    assert why(found) == "No quote that was found says this."


def test_a_proved_answer_that_was_too_unsure_says_so() -> None:
    assert "may not answer this question" in why(exchange(KEPT, withheld=KEPT))
