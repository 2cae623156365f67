"""A text is taken apart into what it states, each to stand alone."""

from __future__ import annotations

import pytest

from qa.verify.statements import MOST, parts, statements


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "The meeting was held in Lima on 5 May and was co-chaired by Ana Ruiz.",
            ("The meeting was held in Lima on 5 May.", "The meeting was co-chaired by Ana Ruiz."),
        ),
        (
            "The plant cost 1.8 billion dollars, and the road was opened in May.",
            ("The plant cost 1.8 billion dollars.", "The road was opened in May."),
        ),
        ("Ana Ruiz and Jun Sato co-chaired the talks.", ("Ana Ruiz and Jun Sato co-chaired the talks.",)),
        (
            "The line has 26 stations, two of them underground.",
            ("The line has 26 stations, two of them underground.",),
        ),
        ("Ruiz said that it was late and was costly.", ("Ruiz said that it was late and was costly.",)),
        ("It was “late and was costly” to build.", ("It was “late and was costly” to build.",)),
    ],
)
def test_a_compound_sentence_is_split_where_both_halves_stand(
    sentence: str, expected: tuple[str, ...]
) -> None:
    assert parts(sentence) == expected


def test_it_takes_the_subject_of_the_sentence_before() -> None:
    text = "The fourth meeting took place in Lima. It cost 4 million soles. Ana Ruiz led one side. She won."
    assert statements(text) == (
        "The fourth meeting took place in Lima.",
        "The fourth meeting cost 4 million soles.",
        "Ana Ruiz led one side.",
        "Ana Ruiz won.",
    )


def test_a_quotation_is_kept_together() -> None:
    text = "He said: “We shall go. We shall win.” Nobody came."
    assert statements(text) == ("He said: “We shall go. We shall win.”", "Nobody came.")


def test_a_long_text_is_cut_off() -> None:
    assert len(statements("A ship came. " * 50)) == MOST


def test_an_empty_text_states_nothing() -> None:
    assert statements("  \n ") == ()
