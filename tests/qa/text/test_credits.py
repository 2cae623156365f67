"""Credits are told from sentences that begin alike."""

from __future__ import annotations

import pytest

from qa.text.credits import CREDIT, in_credit, without_credits

BODY = "The port opened on 4 May 2016.\n\nFacts from: Dawn, 5 May 2016; The Nation, 6 May 2016."


@pytest.mark.parametrize(
    "line",
    [
        "Facts from: Dawn, 5 May 2016.",
        "Source: Ministry of Planning",
        "Additional reporting by Sana Mir",
        "(Editing by A. Khan)",
        "Photo: Xinhua",
        "Photographs by Li Na",
    ],
)
def test_a_credit_is_known(line: str) -> None:
    assert CREDIT.match(line)


@pytest.mark.parametrize(
    "line",
    [
        "Sources said the road will open in May.",
        "Photographs showed the damage.",
        "Editing bylaws takes time.",
    ],
)
def test_news_that_begins_alike_is_none(line: str) -> None:
    assert not CREDIT.match(line)


def test_what_stands_in_a_credit_is_told_by_its_line() -> None:
    assert not in_credit(BODY, BODY.index("4 May"))
    assert in_credit(BODY, BODY.index("6 May"))
    assert without_credits(BODY) == "The port opened on 4 May 2016."
