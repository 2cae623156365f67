"""A Chroma server instead of the embedded one: written by one process, read by another."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import httpx
import pytest

from ingest.indexer import catch_up
from ingest.pipeline import ingest
from ingest.refine import refine
from qa.core.errors import UnavailableError
from qa.core.settings import Settings
from qa.search.retriever import open_retriever
from qa.store import served_chroma
from qa.store.library import Library
from qa.store.vectors import Vectors
from tests.chroma_server import chroma_server
from tests.dripping import dripping

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server on loopback with an empty store."""
    with chroma_server(tmp_path_factory.mktemp("served")) as (address, _):
        yield address


@pytest.fixture
def served(settings: Settings, url: str) -> Settings:
    return settings.model_copy(update={"chroma_url": url})


@pytest.mark.here("models", "only this machine's static vectors are refined")
def test_documents_are_added_refined_found_and_removed(served, tmp_path):
    (tmp_path / "port.txt").write_text(
        "The port\n\nDredging of the navigation channel cost 14.5 million dollars."
    )
    (tmp_path / "rail.txt").write_text("The railway\n\nTrains between Karachi and Peshawar will run faster.")
    ingest([str(tmp_path)], served)
    library = Library(served.library)
    retriever = open_retriever(served, library)
    assert "Dredging" in retriever.search("What did deepening the channel cost?").hits[0].passage.text
    assert refine(served) == 2
    assert "Dredging" in retriever.search("What did deepening the channel cost?").hits[0].passage.text
    assert not (served.library / "chroma").exists()
    port = next(article for article in library.articles() if article.title == "The port")
    library.remove(port.id)
    catch_up(library, served)
    static = retriever.vectors
    assert isinstance(static, Vectors)
    assert static.count() == 1
    assert all("Dredging" not in hit.passage.text for hit in retriever.search("dredging").hits)


def test_another_process_s_documents_are_found_without_a_restart(served, tmp_path):
    first, second = tmp_path / "port.txt", tmp_path / "rail.txt"
    first.write_text("The port\n\nDredging of the navigation channel cost 14.5 million dollars.")
    second.write_text("The railway\n\nTrains between Karachi and Peshawar will run faster.")
    ingest([str(first)], served)
    retriever = open_retriever(served)
    assert len(retriever.vectors.search("trains", 5)) == 1
    environment = os.environ | {"DATELINE_CHROMA_URL": str(served.chroma_url)}
    command = [sys.executable, "-m", "ingest", str(second), "--library", str(served.library)]
    subprocess.run(command, check=True, env=environment, stdout=subprocess.DEVNULL)
    assert len(retriever.vectors.search("trains", 5)) == 2
    assert "Trains" in retriever.search("How will trains run?").hits[0].passage.text


def test_two_libraries_on_one_server_are_kept_apart(served, tmp_path):
    (tmp_path / "port.txt").write_text(
        "The port\n\nDredging of the navigation channel cost 14.5 million dollars."
    )
    other = served.model_copy(update={"library": tmp_path / "other"})
    for each in (served, other):
        ingest([str(tmp_path / "port.txt")], each)
    assert len(open_retriever(other).vectors.search("dredging", 5)) == 1


def test_a_server_that_hangs_is_told_in_a_sentence(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("qa.store.served_chroma._ANSWER_SECONDS", 0.3)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}"
        with pytest.raises(UnavailableError, match="gives no answer"):
            served_chroma.served(Settings(chroma_url=url))


def test_a_server_whose_head_drips_is_told_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("qa.store.served_chroma._CONNECT_SECONDS", 0.2)
    monkeypatch.setattr("qa.store.served_chroma._ANSWER_SECONDS", 0.2)
    with dripping() as (url, left):
        with pytest.raises(UnavailableError, match="gives no answer"):
            served_chroma.served(Settings(chroma_url=url))
        assert left.get(timeout=30)


def test_where_no_server_is_one_sentence_says_so() -> None:
    with pytest.raises(UnavailableError, match="There is no Chroma server"):
        served_chroma.served(Settings(chroma_url="http://127.0.0.1:9"))


def test_a_killed_run_of_the_tests_leaves_no_server(tmp_path: Path) -> None:
    code = (
        "import sys, time\nfrom pathlib import Path\nfrom tests.chroma_server import chroma_server\n"
        "with chroma_server(Path(sys.argv[1])) as (url, _):\n    print(url, flush=True)\n    time.sleep(600)"
    )
    command = [sys.executable, "-c", code, str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as run:
        assert run.stdout is not None
        url = run.stdout.readline().strip()
        assert httpx.get(f"{url}/api/v2/heartbeat").is_success
        run.terminate()
    with suppress(httpx.ConnectError):  # Else the test's own clock ends it.
        while True:
            httpx.get(f"{url}/api/v2/heartbeat")
