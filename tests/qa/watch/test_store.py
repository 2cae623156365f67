"""Watched questions as they are kept: for their readers, with their last answers."""

from __future__ import annotations

import datetime as dt

import pytest

from qa.core.errors import UnavailableError
from qa.core.types import Filters
from qa.watch.store import WatchedQuestions
from qa.watch.watch import Watch
from qa.watch.watched import Watched
from tests.qa.watch.scripted import ASKED, FIRST, OTHER, Assistant, now, put


def test_a_question_is_kept_once_without_a_change_to_the_library(
    assistant: Assistant, kept: WatchedQuestions
) -> None:
    generation = assistant.library.generation()
    first, new = kept.keep(ASKED)
    again, not_new = kept.keep(ASKED)
    other, new_too = kept.keep(ASKED, Filters(since=dt.date(2020, 1, 1), kinds=("official",)))
    assert (first, new, not_new, new_too) == (again, True, False, True)
    assert other.filters == Filters(since=dt.date(2020, 1, 1), kinds=("official",))
    assert assistant.library.generation() == generation
    assert [each.id for each in kept.all()] == [other.id, first.id]


def test_an_answer_after_its_question_was_removed_is_dropped(
    assistant: Assistant, kept: WatchedQuestions, watched: Watched
) -> None:
    put(assistant.library, "corrected", OTHER)
    assert kept.remove(watched.id)
    Watch(assistant, kept).look(watched)
    assert kept.all() == ()
    assert not kept.remove(watched.id)


def test_questions_belong_to_their_reader(kept: WatchedQuestions, watched: Watched) -> None:
    other = kept.of("somebody")
    other.keep(ASKED)
    assert (kept.owners(), len(kept.all()), len(other.all())) == (("", "somebody"), 1, 1)
    assert not other.remove(watched.id)
    assert other.get(watched.id) is None


def test_only_the_latest_readings_are_kept(
    assistant: Assistant, kept: WatchedQuestions, watched: Watched
) -> None:
    for number in range(30):
        assistant.says = lambda hits, number=number: "" if number % 2 else FIRST  # type: ignore[misc]
        Watch(assistant, kept).look(now(kept, watched), anyway=True)
    assert len(kept.history(watched.id)) == 20


def test_two_do_not_ask_at_once(kept: WatchedQuestions) -> None:
    with kept.asking(), pytest.raises(UnavailableError, match="Another program"), kept.of("x").asking():
        pass
