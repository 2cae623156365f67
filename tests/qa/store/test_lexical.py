from __future__ import annotations

import datetime as dt

from qa.core.types import Filters
from qa.dates.find import find_days
from qa.store.index_state import IndexState
from qa.store.lexical import Lexical
from qa.store.library import Library
from tests.qa.conftest import Store


def test_a_stemmed_word_finds_its_passage(lexical: Lexical, store: Store) -> None:
    passages = [store("meeting"), store("port"), store("railway")]
    assert lexical.sync() == 3
    assert lexical.search("upgrading railways", 3)[0][0] == passages[2].id


def test_sync_is_idempotent_and_removes(lexical: Lexical, library: Library, store: Store) -> None:
    passage = store("port")
    lexical.sync()
    assert lexical.sync() == 0
    library.remove(passage.article_id)
    lexical.sync()
    assert lexical.search("dredging", 5) == []


def test_a_kill_before_the_mark_leaves_no_passage_twice(
    lexical: Lexical, library: Library, store: Store
) -> None:
    store("port")
    lexical.sync()
    IndexState(library, "lexical").forget_all()
    lexical.sync()
    assert len(lexical.search("dredging", 5)) == 1


def test_filters_hold(lexical: Lexical, store: Store) -> None:
    store("port", publisher="Dawn", published=dt.date(2024, 1, 1))
    undated = store("railway", published=None)
    store("meeting", publisher="Xinhua", kind="official")
    lexical.sync()
    question = "dredging railway meeting"
    assert len(lexical.search(question, 5)) == 3
    assert len(lexical.search(question, 5, Filters(publishers=("dawn",)))) == 1
    assert len(lexical.search(question, 5, Filters(since=dt.date(2024, 1, 2)))) == 1
    assert len(lexical.search(question, 5, Filters(until=dt.date(2024, 1, 1)))) == 1
    assert len(lexical.search(question, 5, Filters(kinds=("official",)))) == 1
    assert len(lexical.search(question, 5, Filters(articles=(undated.article_id,)))) == 1


def test_chinese_is_found(lexical: Lexical, store: Store) -> None:
    passage = store("chinese", language="zh")
    store("port")
    lexical.sync()
    assert lexical.search("伊斯兰堡会议", 1)[0][0] == passage.id


def test_a_question_without_words_finds_nothing(lexical: Lexical, store: Store) -> None:
    store("port")
    lexical.sync()
    assert lexical.search("?!", 5) == []


def test_a_spelling_slip_is_forgiven(lexical: Lexical, store: Store) -> None:
    passages = [store("meeting"), store("port"), store("railway")]
    lexical.sync()
    assert lexical.search("Where is Peshavar?", 1)[0][0] == passages[2].id
    assert lexical.search("Islambad", 1)[0][0] == passages[0].id


def test_an_acronym_and_its_long_form_meet(lexical: Lexical, store: Store) -> None:
    store("meeting")
    short = store("short", "The JWG adopted a plan for ports.")
    long = store("long", "A joint working group discussed visas.")
    store("port")
    lexical.sync()
    assert long.id in dict(lexical.search("JWG", 10))
    assert short.id in dict(lexical.search("joint working group", 10))


def test_a_day_is_found_however_it_is_written(lexical: Lexical, library: Library, store: Store) -> None:
    text = "It was held on 21 July 2022."
    passage = store("day", text, days=tuple(find_days(text, dt.date(2024, 1, 22))))
    store("port")
    lexical.sync()
    for question in ("2022-07-21", "July 21, 2022", "the 21st of July 2022"):
        assert lexical.search(question, 1)[0][0] == passage.id


def test_a_headline_and_a_neighbour_count(lexical: Lexical, store: Store) -> None:
    passage = store("port", title="Gwadar at work")
    store("railway")
    lexical.sync()
    assert lexical.search("Gwadar", 1)[0][0] == passage.id


def test_an_older_index_is_built_anew(lexical: Lexical, library: Library, store: Store) -> None:
    passage = store("port")
    lexical.sync()
    library.set_meta("lexical_schema", "1")
    assert Lexical(library).search("dredging", 1)[0][0] == passage.id


def test_several_filters_bring_the_best_of_each(lexical: Lexical, store: Store) -> None:
    first = store("one", text="Dredging and more dredging of the port.", publisher="Dawn")
    other = store("two", text="The port.", publisher="APP")
    lexical.sync()
    whole, of_app = Filters(), Filters(publishers=("APP",))
    assert [id_ for id_, _ in lexical.search("dredging of the port", 1, whole)] == [first.id]
    assert [id_ for id_, _ in lexical.search("dredging of the port", 1, whole, of_app)] == [
        first.id,
        other.id,
    ]
