"""The catalogue: one truth, written in transactions, read while it is written."""

from __future__ import annotations

import multiprocessing
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from qa.core.errors import LibraryEmptyError
from qa.core.types import Article, Day, Filters, Passage, Speech, Stripped
from qa.store import writing
from qa.store.index_state import IndexState
from qa.store.library import Library, article_id, passage_id

DAY = date(2024, 1, 21)


def article(name: str = "a", **changes: object) -> Article:
    body = "The group met on Sunday. It was short."
    made = Article(
        id=article_id(name),
        title=f"Title {name}",
        body=body,
        source=name,
        publisher="Dawn",
        published=DAY,
        published_from="text",
        place="ISLAMABAD",
        authors=("Sana Mirza",),
        language="en",
        story=article_id(name),
        pages=(0, 10),
        days=(Day("Sunday", 17, 23, DAY, DAY),),
        speech=(Speech(0, 24, "the group", ""),),
        stripped=(Stripped("hidden", "white text", "stripped"),),
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def passages(of: Article) -> list[Passage]:
    cut = [(0, 24), (25, len(of.body))]
    return [
        Passage(passage_id(of.id, start, of.body[start:end]), of.id, at, 0, start, end, of.body[start:end])
        for at, (start, end) in enumerate(cut)
    ]


@pytest.fixture
def library(tmp_path) -> Library:
    return Library(tmp_path / "library", create=True)


def put(library: Library, one: Article) -> str:
    return library.put(one, passages(one))


def test_an_article_comes_back_as_it_was_put(library):
    one = article()
    assert put(library, one) == "added"
    assert library.article(one.id) == one
    assert list(library.passages_of(one.id)) == passages(one)
    assert put(library, one) == "unchanged"


def test_a_missing_library_says_how_to_add_documents(tmp_path):
    with pytest.raises(LibraryEmptyError, match="python -m ingest"):
        Library(tmp_path / "nowhere")


def test_a_change_keeps_the_older_text_and_the_passages_that_stay_keep_their_place_in_the_indexes(library):
    one = article()
    put(library, one)
    for index in ("vectors", "lexical"):
        IndexState(library, index).mark_indexed([each.id for each in passages(one)])
    other = replace(one, body=one.body.replace("short", "large"))
    assert put(library, other) == "updated"
    assert [version.body for version in library.versions(one.id)] == [one.body]
    assert [each.text for each in IndexState(library, "vectors").waiting()] == ["It was large."]
    assert list(IndexState(library, "lexical").removals()) == [passages(one)[1].id]


def test_another_header_sends_all_passages_back_to_the_indexes(library):
    one = article()
    put(library, one)
    for index in ("vectors", "lexical"):
        IndexState(library, index).mark_indexed([each.id for each in passages(one)])
    put(library, replace(one, publisher="The Wire"))
    assert len(IndexState(library, "lexical").waiting()) == len(IndexState(library, "vectors").waiting()) == 2


def test_what_is_removed_is_gone_and_waits_for_the_indexes_to_forget_it(library):
    one = article()
    put(library, one)
    with library.batch() as batch:
        writing.note_input(batch, one.source, "digest", "content", one.id)
    assert library.remove(one.id)
    assert library.article(one.id) is None
    assert library.inputs([one.source]) == {}
    assert len(IndexState(library, "vectors").removals()) == 2
    assert not library.remove(one.id)


def test_a_batch_happens_whole_or_not_at_all(library):
    def fail() -> None:
        with library.batch() as batch:
            writing.put(batch, article("a"), passages(article("a")))
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    assert library.stats().articles == 0


@pytest.mark.parametrize(
    ("filters", "names"),
    [
        (Filters(), {"a", "b", "c"}),
        (Filters(since=date(2024, 1, 22)), {"b"}),
        (Filters(until=DAY), {"a"}),
        (Filters(publishers=("the wire",)), {"b"}),
        (Filters(kinds=("opinion",)), {"c"}),
        (Filters(languages=("ur", "en"), publishers=("Dawn",)), {"a"}),
    ],
)
def test_filters(library, filters, names):
    put(library, article("a"))
    put(library, article("b", publisher="The Wire", published=date(2024, 2, 1)))
    put(library, article("c", kind="opinion", published=None, publisher=None, language=None))
    assert {each.source for each in library.articles(filters)} == names
    assert library.count(filters) == len(names)


def test_stories_hold_their_versions_and_copies_name_their_original(library):
    first, copy = article("a"), article("b", story=article_id("a"), copy_of=article_id("a"))
    put(library, first)
    put(library, copy)
    assert [each.source for each in library.story(first.story)] == ["a", "b"]
    assert library.count_stories() == 1
    with library.batch() as batch:
        writing.set_copy(batch, first.id, copy.id)
    found = library.articles_by_id([first.id, copy.id])
    assert (found[first.id].copy_of, found[copy.id].copy_of) == (copy.id, first.id)


def test_bands_lead_to_the_articles_that_share_most_of_them(library):
    for name, bands in (("a", [1, 2, 3]), ("b", [2, 3, 4]), ("c", [9])):
        put(library, article(name))
        with library.batch() as batch:
            writing.put_bands(batch, article_id(name), bands)
    assert library.sharing_bands([2, 3, 4], 5) == [article_id("b"), article_id("a")]
    library.remove(article_id("b"))
    assert library.sharing_bands([2, 3, 4], 5) == [article_id("a")]


def test_articles_are_found_by_id_by_its_beginning_and_by_source(library):
    put(library, article("a"))
    id_ = article_id("a")
    assert library.matching(id_) == library.matching(id_[:5]) == library.matching("a") == (id_,)
    assert library.matching("zzzz") == ()


def test_a_visit_is_remembered(library):
    assert library.visit("u") is None
    library.set_visit("u", '"1"', None, ["x", "y"])
    assert library.visit("u") == ('"1"', None, ("x", "y"))


def test_every_write_raises_the_generation(library):
    before = library.generation()
    put(library, article())
    assert library.generation() > before


def _put_many(folder, start):
    library = Library(folder)
    for number in range(start, start + 25):
        put(library, article(f"p{number}"))


def test_two_processes_write_at_once_and_lose_nothing(library):
    context = multiprocessing.get_context("spawn")
    processes = [context.Process(target=_put_many, args=(library.folder, start)) for start in (0, 100)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert library.stats().articles == 50


def test_a_library_is_its_owner_s_alone(tmp_path: Path) -> None:
    library = Library(tmp_path / "new", create=True)
    library.set_meta("a", "fact")
    assert library.folder.stat().st_mode & 0o077 == 0
    assert [each.name for each in library.folder.iterdir() if each.stat().st_mode & 0o077] == []
