"""Watched questions asked again: only if that may bring something, and the change with its documents."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Sequence

from qa.core.errors import UnavailableError
from qa.core.types import Citation, Disagreement, Hit, Side
from qa.store.library import article_id
from qa.watch.store import WatchedQuestions
from qa.watch.watch import Watch, due
from qa.watch.watched import Watched
from tests.qa.watch.scripted import AGAIN, ASKED, FIRST, NOISE, OTHER, Assistant, now, put


def test_an_unchanged_library_is_not_even_searched(
    assistant: Assistant, kept: WatchedQuestions, watched: Watched
) -> None:
    assert due(kept, assistant.library) == ()
    with sqlite3.connect(kept.path) as connection:  # Yesterday "last month" was another month.
        yesterday = dt.datetime.now(dt.UTC) - dt.timedelta(days=1)
        connection.execute("UPDATE watched SET looked_at = ?", (yesterday.isoformat(),))
    assert due(kept, assistant.library) == (now(kept, watched),)


def test_no_model_is_asked_where_the_same_is_found(
    assistant: Assistant, kept: WatchedQuestions, watched: Watched
) -> None:
    put(assistant.library, "unrelated", "Zebras sang.")
    assert due(kept, assistant.library) == (watched,)
    assert Watch(assistant, kept).look(watched) == "as_before"
    assert assistant.asked == [ASKED]
    assert due(kept, assistant.library) == ()
    assert Watch(assistant, kept).look(now(kept, watched), anyway=True) == "asked"


def test_what_is_found_but_changes_nothing_is_no_news(
    assistant: Assistant, kept: WatchedQuestions, watched: Watched
) -> None:
    put(assistant.library, "noise", NOISE)
    assert Watch(assistant, kept).look(watched) == "asked"
    assert not now(kept, watched).unseen
    assert kept.unseen() == 0


def test_another_answer_names_the_document_that_brought_it(
    assistant: Assistant, kept: WatchedQuestions, watched: Watched
) -> None:
    new = put(assistant.library, "corrected", OTHER, "Ministry")
    assistant.says = lambda hits: OTHER
    assert Watch(assistant, kept).look(watched) == "changed"
    found = now(kept, watched)
    (change,) = found.changes
    assert (change.kind, [each.article_id for each in change.documents]) == ("other_answer", [new.id])
    assert change.citations[0].quote == OTHER
    assert found.before is not None
    assert found.last is not None
    assert FIRST[:-1] in found.before.answer.text
    assert OTHER[:-1] in found.last.answer.text
    assert (found.unseen, kept.unseen()) == (True, 1)
    kept.see(watched.id)
    assert (now(kept, watched).unseen, now(kept, watched).changes, kept.unseen()) == (False, (change,), 0)


def test_a_new_source_of_the_same_answer_is_quoted(
    assistant: Assistant, kept: WatchedQuestions, watched: Watched
) -> None:
    new = put(assistant.library, "again", AGAIN, "Dawn")
    assistant.says = lambda hits: FIRST.replace(" in Islamabad", "")
    assert Watch(assistant, kept).look(watched) == "changed"
    (change,) = now(kept, watched).changes
    assert (change.kind, [each.article_id for each in change.documents]) == ("new_source", [new.id])
    assert change.citations[0].quote == AGAIN


def test_a_first_answer_is_told(assistant: Assistant, kept: WatchedQuestions) -> None:
    asked, _ = kept.keep("How many passengers does the ferry Zephyrine carry?")
    assistant.says = lambda hits: ""
    Watch(assistant, kept).look(asked)
    text = "The ferry Zephyrine carries 312 passengers."
    assistant.says = lambda hits: text
    new = put(assistant.library, "ferry", text)
    assert Watch(assistant, kept).look(now(kept, asked)) == "changed"
    (change,) = now(kept, asked).changes
    assert (change.kind, change.documents[0].article_id) == ("newly_answered", new.id)


def test_an_answer_that_lost_its_document_says_so(
    assistant: Assistant, kept: WatchedQuestions, watched: Watched
) -> None:
    put(assistant.library, "noise", NOISE)
    assistant.library.remove(article_id("first"))
    assistant.lexical.sync()
    assistant.says = lambda hits: ""
    assert Watch(assistant, kept).look(watched) == "changed"
    (change,) = now(kept, watched).changes
    assert (change.kind, change.documents[0].title) == ("no_longer_answered", "First")
    assert "removed" in change.text


def test_the_same_answer_from_another_document_tells_which_is_gone(
    assistant: Assistant, kept: WatchedQuestions, watched: Watched
) -> None:
    put(assistant.library, "again", AGAIN)
    assistant.library.remove(article_id("first"))
    assistant.lexical.sync()
    assert Watch(assistant, kept).look(watched) == "changed"
    assert [change.kind for change in now(kept, watched).changes] == ["new_source", "lost_source"]


def test_a_new_disagreement_is_told_once(
    assistant: Assistant, kept: WatchedQuestions, watched: Watched
) -> None:
    new = put(assistant.library, "noise", NOISE)
    sides = [
        Side(value, Citation(1, id_, "T", "P", None, None, "q", 0, 1))
        for value, id_ in (("62", new.id), ("46", article_id("first")))
    ]
    assistant.disagreements = (Disagreement("the cost", tuple(sides)),)
    assert Watch(assistant, kept).look(watched) == "changed"
    (change,) = now(kept, watched).changes
    assert (change.kind, change.text) == ("disagreement", "Documents disagree on the cost: 62, 46.")
    assert [each.article_id for each in change.documents] == [new.id]
    assert Watch(assistant, kept).look(now(kept, watched), anyway=True) == "asked"


def test_a_change_that_no_new_document_brought_says_that(
    assistant: Assistant, kept: WatchedQuestions, watched: Watched
) -> None:
    assistant.says = lambda hits: ""
    assert Watch(assistant, kept).look(watched, anyway=True) == "changed"
    (change,) = now(kept, watched).changes
    assert (change.kind, change.documents) == ("no_longer_answered", ())
    assert "still stands in the library" in change.text


def test_changes_add_up_until_they_are_seen(
    assistant: Assistant, kept: WatchedQuestions, watched: Watched
) -> None:
    assistant.says = lambda hits: OTHER
    put(assistant.library, "corrected", OTHER)
    Watch(assistant, kept).look(watched)
    assistant.says = lambda hits: ""
    Watch(assistant, kept).look(now(kept, watched), anyway=True)
    found = now(kept, watched)
    assert [change.kind for change in found.changes] == ["other_answer", "no_longer_answered"]
    assert found.before is not None
    assert FIRST[:-1] in found.before.answer.text  # What the reader saw last, not what came in between.
    assert [len(each.changes) for each in kept.history(watched.id)] == [1, 1, 0]


def test_a_failure_is_kept_and_the_question_asked_again(
    assistant: Assistant, kept: WatchedQuestions, watched: Watched
) -> None:
    def broken(hits: Sequence[Hit]) -> str:
        raise UnavailableError("The model is away.")

    put(assistant.library, "noise", NOISE)
    assistant.says = broken
    assert Watch(assistant, kept).look(watched) == "failed"
    assert now(kept, watched).failure == "The model is away."
    assistant.says = lambda hits: FIRST
    assert due(kept, assistant.library) == (now(kept, watched),)
    assert Watch(assistant, kept).look(now(kept, watched)) == "asked"
    assert now(kept, watched).failure == ""


def test_a_question_that_is_put_off_lets_go_and_is_due_again(
    assistant: Assistant, kept: WatchedQuestions, watched: Watched
) -> None:
    put(assistant.library, "corrected", OTHER)
    assert Watch(assistant, kept).look(watched, stop=lambda: True) == "put_off"
    assert due(kept, assistant.library) == (watched,)
