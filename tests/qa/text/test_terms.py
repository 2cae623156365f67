from __future__ import annotations

import pytest

from qa.text.terms import fold, terms


@pytest.mark.parametrize(
    ("one", "other", "language"),
    [
        ("Meetings were held", "the meeting was hold".replace("hold", "held"), "en"),
        ("U.S. officials", "US official", "en"),
        ("1,200 workers", "1200 worker", "en"),
        ("Beyoncé’s album", "beyonce album", "en"),
        ("Les négociations", "negociation", "fr"),
        ("پاکستان كى", "پاکستان کی", "ur"),
        ("٢٠٢٤", "2024", "ar"),
    ],
)
def test_the_same_word_written_differently_meets(one: str, other: str, language: str) -> None:
    assert set(terms(one, language)) & set(terms(other, language)) >= set(terms(other, language)) - {
        "the",
        "was",
    }


def test_scripts_without_spaces_are_cut_into_pairs() -> None:
    assert terms("中国在") == ["中国", "国在"]


def test_hangul_and_indian_vowel_signs_survive() -> None:
    assert fold("한국") == "한국"
    assert terms("हिन्दी", "xx") == ["हिन्दी"]


def test_numbers_keep_their_decimals() -> None:
    assert terms("14.5 of 2,000.") == ["14.5", "of", "2000"]
