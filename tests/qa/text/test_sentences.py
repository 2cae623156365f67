"""Sentences: exact spans, in any script, and no split inside names and figures."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.text.sentences import spans


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in spans(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One here. Two there.", ["One here.", "Two there."]),
        ("Mr. Khan met Dr. Li. They spoke.", ["Mr. Khan met Dr. Li.", "They spoke."]),
        ("The U.S. Senate met. It rose.", ["The U.S. Senate met.", "It rose."]),
        ("He left the U.S. The visit was short.", ["He left the U.S.", "The visit was short."]),
        ("It cost $6.7 billion. No. 5 was cut.", ["It cost $6.7 billion.", "No. 5 was cut."]),
        ("A.Q. Khan spoke to J. Smith. Then left.", ["A.Q. Khan spoke to J. Smith.", "Then left."]),
        ("“We agree.” He signed.", ["“We agree.”", "He signed."]),
        ("Why? because. Really!", ["Why? because.", "Really!"]),
        ("会议在北京举行。双方同意合作！", ["会议在北京举行。", "双方同意合作！"]),
        ("اجلاس ہوا۔ وہ گئے۔", ["اجلاس ہوا۔", "وہ گئے۔"]),
        ("A Heading\nThe text goes on.", ["A Heading", "The text goes on."]),
        ("Sectors:\n- energy\n- ports", ["Sectors:", "- energy", "- ports"]),
        ("One line\n\nanother one", ["One line", "another one"]),
        ("", []),
    ],
)
def test_splits_as_a_reader_would(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


def test_a_wrapped_line_reads_on() -> None:
    text = "The two sides reviewed with satisfaction the progress made since\nthe third meeting. They rose."
    assert len(spans(text)) == 2


@given(st.text(alphabet=st.sampled_from('aB .!?\n"”。۔-1') | st.characters(), max_size=300))
def test_spans_cover_everything_but_white_space(text: str) -> None:
    """In order, apart, trimmed, and nothing that can be read lies outside them."""
    found = spans(text)
    for start, end in found:
        assert text[start:end] == text[start:end].strip() != ""
    assert all(one[1] <= two[0] for one, two in pairwise(found))
    inside = "".join(text[start:end] for start, end in found)
    assert "".join(inside.split()) == "".join(text.split())
