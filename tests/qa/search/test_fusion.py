from __future__ import annotations

from qa.search.fusion import fuse, scaled


def test_scores_are_scaled_to_one() -> None:
    assert scaled({"a": 2.0, "b": 4.0, "c": 3.0}) == {"a": 0.0, "b": 1.0, "c": 0.5}
    assert scaled({"a": 7.0}) == {"a": 1.0}
    assert scaled({}) == {}


def test_what_both_rankings_find_comes_first() -> None:
    fused = fuse([{"a": 3.0, "b": 2.9, "c": 0.0}, {"b": 0.8, "d": 0.9, "e": 0.1}], [0.5, 0.5])
    assert max(fused, key=fused.__getitem__) == "b"
