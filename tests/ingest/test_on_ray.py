"""Documents prepared on Ray: the same library as the plain way's, gone on with after a kill."""

from __future__ import annotations

import importlib.util
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner

from ingest.__main__ import main
from ingest.on_ray import Embedded, sent
from ingest.pipeline import ingest
from ingest.values import Options
from qa.core.errors import DatelineError, UnavailableError
from qa.core.settings import Settings
from qa.models.embedder import Embedder, Matrix
from qa.store.chroma import Chroma
from qa.store.library import Library
from tests.chroma_server import chroma_server
from tests.ingest.corpus import story

installed = importlib.util.find_spec("ray") is not None
needs_ray = pytest.mark.skipif(not installed, reason="Ray is not installed: pip install -e '.[ray]'")
_ALONE = {"RAY_USAGE_STATS_ENABLED": "0", "RAY_worker_niceness": "0"}  # as busy machines let it start


class Counting(Embedder):
    """A model that counts the texts which it is asked for."""

    name, dimensions = "counting", 2

    def __init__(self) -> None:
        self.asked: list[str] = []

    def embed(self, texts: Any) -> Matrix:
        self.asked += texts
        return np.array([[len(text), 1] for text in texts], dtype=np.float32)


def test_vectors_that_came_with_their_documents_are_not_made_again() -> None:
    embedded, model = Embedded(), Counting()
    embedded.hold(["a", "bb"], np.array([[7, 7], [8, 8]], dtype=np.float32))
    given = embedded.over(model).embed(["bb", "ccc", "a", "bb"])
    assert given.tolist() == [[8, 8], [3, 1], [7, 7], [8, 8]]
    assert model.asked == ["ccc"]
    embedded.embed(["a"])
    assert model.asked == ["ccc", "a"]  # What was given is held no longer.


def test_vectors_that_nobody_asks_for_do_not_fill_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ingest.on_ray._HELD_TEXTS", 2)
    embedded, model = Embedded(), Counting()
    for text in "abc":
        embedded.hold([text], np.zeros((1, 2), dtype=np.float32))
    assert embedded.over(model).embed(["b", "c"]).tolist() == [[0, 0], [0, 0]]
    embedded.embed(["a"])
    assert model.asked == ["a"]


def test_only_the_key_for_embedding_goes_to_other_machines() -> None:
    keys = [name for name, field in Settings.model_fields.items() if "SecretStr" in str(field.annotation)]
    told = sent(Settings(**{name: f"secret of {name}" for name in keys}))  # type: ignore[arg-type]
    assert [name for name in keys if getattr(told, name)] == ["embeddings_key"]


@pytest.mark.skipif(installed, reason="Ray is installed")
def test_without_ray_a_sentence_says_how_to_install_it(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The port was dredged.")
    with pytest.raises(DatelineError, match=r"pip install 'dateline\[ray\]'"):
        ingest([str(tmp_path / "a.txt")], settings, ray="local")


def test_ray_does_not_watch(settings: Settings) -> None:
    command = ["add", "--ray", "local", "--watch", ".", "--library", str(settings.library)]
    result = CliRunner().invoke(main, command)
    assert result.exit_code == 2
    assert "--watch takes them without it" in result.output


@pytest.fixture(scope="module")
def cluster() -> Iterator[str]:
    """A cluster of two workers with a core each."""
    from ray.cluster_utils import Cluster

    os.environ.update(_ALONE)
    nodes = Cluster(initialize_head=True, head_node_args={"num_cpus": 1, "include_dashboard": False})
    try:
        nodes.add_node(num_cpus=1)
        yield nodes.address
    finally:
        nodes.shutdown()


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Files, records, a copy, and what is refused."""
    folder = tmp_path_factory.mktemp("documents")
    records = [json.dumps(story(number).record()) for number in range(120)]
    (folder / "news.jsonl").write_text("\n".join([*records, records[7]]))
    for brief in sorted(Path("sample").glob("*.md"))[:6]:
        (folder / brief.name).write_bytes(brief.read_bytes())
    (folder / "torn.pdf").write_bytes(b"%PDF-1.7 torn")
    return folder


@pytest.fixture(scope="module")
def plain(documents: Path, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A library made without Ray."""
    settings = Settings(library=tmp_path_factory.mktemp("plain") / "library")
    assert len(ingest([str(documents)], settings).refused) == 1
    return settings


def held(settings: Settings) -> tuple[list[Any], dict[str, Any]]:
    """A library's articles with their passages, and each passage's vector."""
    library = Library(settings.library)
    articles = sorted(library.articles(limit=1_000), key=lambda each: each.id)
    collection = Chroma(library, "vectors", settings).reading()
    found = collection.get(include=["embeddings"])
    vectors = dict(zip(found["ids"], np.asarray(found["embeddings"]), strict=True))
    return [(each, library.passages_of(each.id)) for each in articles], vectors


def assert_same(settings: Settings, plain: Settings) -> None:
    articles, vectors = held(settings)
    wanted, given = held(plain)
    assert articles == wanted
    assert vectors.keys() == given.keys()
    rounded = 1e-7 if settings.chroma_url else 0  # A server sends them in decimals.
    assert all(np.allclose(vectors[id_], given[id_], rtol=0, atol=rounded) for id_ in given)


@needs_ray
@pytest.mark.slow
@pytest.mark.timeout(900)
def test_a_cluster_of_two_makes_the_library_that_the_plain_way_makes(
    cluster: str, documents: Path, plain: Settings, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ingest.pipeline.JOB_DOCUMENTS", 10)
    monkeypatch.setattr("ingest.on_ray._WAVE_BYTES", 30_000)  # several waves
    made_here: list[str] = []
    original = Embedded.embed

    def noted(self: Embedded, texts: Any) -> Matrix:
        made_here.extend(text for text in texts if text not in self._held)
        return original(self, texts)

    monkeypatch.setattr(Embedded, "embed", noted)
    report = ingest([str(documents)], settings, Options(), ray=cluster)
    assert (report.added, len(report.refused)) == (126, 1)
    assert_same(settings, plain)
    assert made_here == []
    assert ingest([str(documents)], settings, Options(), ray=cluster).unchanged == 127


@needs_ray
@pytest.mark.slow
@pytest.mark.timeout(900)
def test_a_killed_run_is_gone_on_with(
    cluster: str, documents: Path, plain: Settings, settings: Settings
) -> None:
    command = [sys.executable, "-m", "ingest", "--json", "--library", str(settings.library), "--ray"]
    process = subprocess.Popen([*command, cluster, str(documents)], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert any('"added"' in line for line in process.stdout)
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdout.close()
    ingest([str(documents)], settings, ray=cluster)
    assert_same(settings, plain)


@needs_ray
@pytest.mark.slow
@pytest.mark.timeout(900)
def test_what_fails_on_the_cluster_is_a_sentence(cluster: str, documents: Path, settings: Settings) -> None:
    away = settings.model_copy(update={"embeddings": "m", "embeddings_url": "http://127.0.0.1:9/v1"})
    with pytest.raises(UnavailableError, match="No vectors came from the embedding model m"):
        ingest([str(documents)], away, ray=cluster)


@needs_ray
@pytest.mark.slow
@pytest.mark.timeout(900)
def test_where_no_cluster_is_a_sentence_says_so(documents: Path, settings: Settings) -> None:
    with pytest.raises(UnavailableError, match=r"There is no Ray cluster at .127\.0\.0\.1:9."):
        ingest([str(documents)], settings, ray="127.0.0.1:9")


@needs_ray
@pytest.mark.slow
@pytest.mark.timeout(900)
@pytest.mark.parametrize("served", [False, True], ids=["embedded", "Chroma server"])
def test_the_command_reads_on_this_machine_s_cores(
    documents: Path, plain: Settings, tmp_path: Path, served: bool
) -> None:
    with ExitStack() as stack:
        url = stack.enter_context(chroma_server(tmp_path / "server"))[0] if served else None
        settings = Settings(library=tmp_path / "library", chroma_url=url)
        command = [sys.executable, "-m", "ingest", "--ray", "local", "--library", str(settings.library)]
        env = os.environ | _ALONE | ({"DATELINE_CHROMA_URL": url} if url else {})
        done = subprocess.run([*command, str(documents)], capture_output=True, text=True, env=env)
        assert "126 added" in done.stdout
        assert "Traceback" not in done.stderr
        assert_same(settings, plain)
        assert (settings.library / "chroma").exists() == (url is None)
