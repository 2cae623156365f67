"""Passages: whole sentences, exact offsets, no more than an embedder reads."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from ingest.splitter import MAX_PIECES, TARGET_CHARS, pieces, split
from qa.text.sentences import spans


def passages(body: str, without=()):
    return split("a", body, spans(body), without)


@given(st.text(alphabet=st.sampled_from(list("ab. \n,。中ی۔A!")), max_size=3_000))
def test_every_passage_is_the_text_between_its_offsets_in_order_and_none_overlap(body):
    found = passages(body)
    assert all(body[each.start : each.end] == each.text for each in found)
    assert all(one.end <= two.start for one, two in pairwise(found))
    assert all(pieces(each.text) <= MAX_PIECES for each in found)
    assert "".join("".join(each.text.split()) for each in found) == "".join(body.split())


def test_a_paragraph_that_fits_is_one_passage_and_a_long_one_is_divided_evenly():
    short = "The ferry left on time. " * 20
    long = "The ferry left on time, and nobody was late for it. " * 20
    found = passages(f"{short.strip()}\n\n{long.strip()}")
    assert [each.paragraph for each in found] == [0, 1, 1, 1]
    lengths = [len(each.text) for each in found[1:]]
    assert max(lengths) - min(lengths) < 120
    assert all(abs(length - TARGET_CHARS) < 120 for length in lengths)


def test_a_heading_joins_what_follows_it():
    body = (
        "Two sentences stand here. They end here, after "
        + "more " * 30
        + "words.\n\nA heading\n\nWhat follows the heading is this."
    )
    assert passages(body)[-1].text.startswith("A heading")


def test_the_same_text_at_the_same_place_keeps_its_id():
    assert [each.id for each in passages("One. Two.")] == [each.id for each in passages("One. Two.")]


def test_no_passage_touches_what_is_kept_out():
    body = "One stays here. Two goes. Three stays here."
    found = passages(body, without=((16, 25),))
    assert [each.text for each in found] == ["One stays here.", "Three stays here."]


def test_chinese_is_bounded_by_characters_because_each_is_a_piece():
    body = "双方同意加强合作并于明年再次举行会议，" * 60 + "。"
    assert all(len(each.text) <= MAX_PIECES for each in passages(body))
