"""What is removed for now comes back with everything, over real libraries with both indexes."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ingest.amend import amend
from ingest.indexer import catch_up
from ingest.pipeline import ingest
from ingest.repair import repair
from qa.core.settings import Settings
from qa.search.retriever import open_retriever
from qa.store.library import Library
from qa.store.schema import SCHEMA

PORT = "The port\n\nCorrection: an earlier version of this article gave another sum.\n\nDredging of the channel cost {} million dollars."


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(library=tmp_path / "library")


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return tmp_path / "port.txt"


@pytest.fixture
def library(settings: Settings, source: Path) -> Library:
    """A document with two earlier texts, a notice of its publisher's, a corrected day, and a neighbour."""
    other = source.with_name("rail.txt")
    other.write_text("The railway\n\nTrains between Karachi and Peshawar will run faster from March 2024.")
    for sum_ in ("14.5", "15.5", "16.5"):
        source.write_text(PORT.format(sum_))
        ingest([str(source), str(other)], settings)
    made = Library(settings.library)
    amend(made, settings, port(made), published=date(2024, 1, 21), publisher="The Ledger")
    with made.batch() as batch:
        batch.execute("UPDATE articles SET added_at = '2020-02-02T02:02:02+00:00'")
    return made


def port(library: Library) -> Any:
    return next(each for each in library.articles() if each.source.endswith("port.txt"))


def everything(library: Library) -> dict[str, list[Any]]:
    """All rows of all tables, but for what counts writes."""
    tables = [line.split()[5] for line in SCHEMA.splitlines() if line.startswith("CREATE TABLE")]
    assert "versions" in tables
    rows = {table: [dict(row) for row in library.read(f"SELECT * FROM {table}")] for table in tables}
    rows["meta"] = [row for row in rows["meta"] if row["key"] not in ("generation", "vectors_version")]
    return {table: sorted(found, key=repr) for table, found in rows.items()}


def test_all_comes_back_and_is_found(library: Library, settings: Settings) -> None:
    before = everything(library)
    assert [each.body for each in library.versions(port(library).id)] != []
    assert port(library).notice == "correction"
    removed = library.take_out(port(library).id)
    assert removed is not None
    catch_up(library, settings)
    assert (
        open_retriever(settings, library).search("What did dredging cost?").hits[0].article.title
        != "The port"
    )
    library.put_back(removed)
    catch_up(library, settings)
    assert everything(library) == before
    assert "16.5" in open_retriever(settings, library).search("What did dredging cost?").hits[0].passage.text
    assert repair(settings).sentence() == "Nothing was missing."


def test_what_comes_back_before_the_indexes_forgot_it_is_forgotten_by_none(
    library: Library, settings: Settings
) -> None:
    before = everything(library)
    removed = library.take_out(port(library).id)
    assert removed is not None
    library.put_back(removed)
    catch_up(library, settings)
    assert everything(library) == before
    assert repair(settings).sentence() == "Nothing was missing."


def test_an_unchanged_document_is_known_after_it_came_back(
    library: Library, settings: Settings, source: Path
) -> None:
    removed = library.take_out(port(library).id)
    assert removed is not None
    library.put_back(removed)
    assert ingest([str(source)], settings).unchanged == 1
    assert port(library).publisher == "The Ledger"


def test_a_newer_text_that_was_added_meanwhile_stays_the_newer(
    library: Library, settings: Settings, source: Path
) -> None:
    versions = [each.body for each in library.versions(port(library).id)]
    removed = library.take_out(port(library).id)
    assert removed is not None
    source.write_text(PORT.format("17.5"))
    ingest([str(source)], settings)
    library.put_back(removed)
    catch_up(library, settings)
    assert "17.5" in port(library).body
    assert [each.body for each in library.versions(port(library).id)] == [*versions, removed.body]
    assert repair(settings).sentence() == "Nothing was missing."


def test_the_same_text_added_meanwhile_gives_way_to_what_was_corrected(
    library: Library, settings: Settings, source: Path
) -> None:
    before = everything(library)
    removed = library.take_out(port(library).id)
    assert removed is not None
    assert ingest([str(source)], settings).added == 1
    library.put_back(removed)
    catch_up(library, settings)
    assert everything(library) == before


def test_what_is_not_there_can_t_be_taken_out(library: Library) -> None:
    assert library.take_out("0" * 16) is None
