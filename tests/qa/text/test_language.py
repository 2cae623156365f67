"""Which language a text is in, and whether it is plainly not English."""

from __future__ import annotations

import pytest

from qa.text.language import called, foreign, identify


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("谁主持了第四次会议？", "zh"),
        ("چوتھا اجلاس کہاں منعقد ہوا تھا؟", "ur"),
        ("चौथी बैठक कहाँ आयोजित की गई थी?", "hi"),
        ("Wie viele Punkte gab die Verteidigung der Panthers in der Saison ab?", "de"),
        ("Who chaired the fourth meeting?", None),
        ("Karot hydropower capacity", None),
        ("Syrus Qazi, Sun Weidong, Ahsan Iqbal", None),
        ("2024?", None),
        ("", None),
    ],
)
def test_what_is_plainly_not_english(text: str, language: str | None) -> None:
    assert foreign(text) == language


def test_a_text_too_short_to_tell_has_no_language() -> None:
    assert identify("会议") is None


def test_a_language_has_its_english_name() -> None:
    assert (called("ur"), called("zh"), called("xx")) == ("Urdu", "Chinese", "xx")
