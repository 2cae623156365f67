from __future__ import annotations

import pytest

from qa.text.acronyms import introduced


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("the fourth Joint Working Group (JWG) met", [("JWG", "Joint Working Group")]),
        ("the Ministry of Foreign Affairs (MFA) said", [("MFA", "Ministry of Foreign Affairs")]),
        ("Special Economic Zones (SEZs) were set up", [("SEZ", "Special Economic Zones")]),
        ("he left (UK) and a report (2024) came", []),
        ("the chairman of the board (CEO) spoke", []),
    ],
)
def test_a_long_form_is_spelled_by_its_acronym(text: str, pairs: list[tuple[str, str]]) -> None:
    assert list(introduced(text)) == pairs
