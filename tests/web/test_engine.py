"""The shared engine: what it leaves for the drawing of pages."""

from __future__ import annotations

import gc

from qa.web.engine import settle


def test_what_is_loaded_is_left_out_of_the_garbage_collections_that_end_each_drawing() -> None:
    loaded = [[number] for number in range(1_000)]
    settle()
    try:
        looked_at = {id(each) for each in gc.get_objects()}
        assert not looked_at & {id(each) for each in loaded}
    finally:
        gc.unfreeze()
