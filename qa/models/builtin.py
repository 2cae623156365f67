"""The built-in language model: llama.cpp's server inside this process, started once and shared.

It is the model that comes along, or one in a file of the reader's (`DATELINE_LLM=builtin:FILE.gguf`). It
listens on loopback only, on a port that the system picks, and wants a key that each process makes anew.
"""

from __future__ import annotations

import atexit
import os
import secrets
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from qa.core.errors import DatelineError, UnavailableError
from qa.core.settings import Settings
from qa.models import install, registry

NAME = "builtin"
_MAGIC = b"GGUF"  # how a file of llama.cpp's begins
_SILENT = -1
"""llama.cpp's verbosity; else its reports would appear among the answers."""

_CACHE_REUSE_TOKENS = 32
"""From so many tokens on, a part of an earlier prompt is reused instead of read again."""

_PROMPT_CACHE_MIB = 512
"""Memory for earlier prompts, some 25 of them. llama.cpp's default is 8 GiB, more than a laptop has; a day of
questions fills it."""

_PING_S = 1
"""How often the server looks at a waiting stream, and so how long a stop waits: by default 30 s."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """An OpenAI-compatible address and the key that it wants."""

    url: str
    key: str


_lock = threading.Lock()
_running: dict[str, tuple[Any, Endpoint]] = {}


def is_chosen(settings: Settings) -> bool:
    """Whether the settings choose a model that runs in this process."""
    return settings.llm.partition(":")[0] == NAME


def name(settings: Settings) -> str:
    """The model's name; a file's own without its ending."""
    file = _file(settings)
    return registry.LANGUAGE_MODEL if file is None else file.stem


def start(settings: Settings) -> Endpoint:
    """Where the server listens. The first call fetches the model if need be, and loads it.

    Raises:
        DatelineError: the settings name a file that is no model.
        UnavailableError: the model can't be had or started.
    """
    with _lock:
        if settings.llm not in _running:
            file = _file(settings)
            path = install.ensure(registry.LANGUAGE_MODEL, settings) if file is None else _sound(file)
            _running[settings.llm] = _launch(path, settings)
            atexit.register(stop)
        return _running[settings.llm][1]


def stop() -> None:
    """Ends the server and any answer in progress; the next `start` makes a new one."""
    with _lock:
        _running.clear()  # The last reference: freeing the server joins its threads.
        atexit.unregister(stop)


def _file(settings: Settings) -> Path | None:
    """The file that the settings name, None where they name the model that comes along."""
    given = settings.llm.partition(":")[2]
    return Path(given).expanduser() if given else None


def _sound(file: Path) -> Path:
    """A file that begins as a model does."""
    try:
        with file.open("rb") as opened:
            if opened.read(len(_MAGIC)) == _MAGIC:
                return file
    except OSError as error:
        reason = error.strerror
    else:
        reason = "it is no GGUF file"
    raise DatelineError(
        f"The language model in {str(file)!r} can't be opened ({reason}); "
        "set DATELINE_LLM to 'builtin', or to 'builtin:FILE.gguf' with a model's file."
    )


def _launch(path: Path, settings: Settings) -> tuple[Any, Endpoint]:
    options = {
        "model_alias": [name(settings)],
        "n_parallel": settings.llm_slots,
        "n_ctx": settings.llm_slots * settings.llm_context_tokens,
        "n_cache_reuse": _CACHE_REUSE_TOKENS,
        "cache_ram_mib": _PROMPT_CACHE_MIB,
        "sse_ping_interval": _PING_S,
    }
    memory = f"about {path.stat().st_size / 1e9 + 1:.0f} GB"
    return serve(path, options, f"The language model {name(settings)}", memory)


def serve(path: Path, options: Mapping[str, Any], named: str, memory: str) -> tuple[Any, Endpoint]:
    """Starts a server of llama.cpp for the model in a file: on loopback, on all cores, with a key of its own.

    Args:
        path: the model.
        options: what else is set of llama.cpp's `CommonParams`.
        named: the model, as an error's sentence begins.
        memory: how much it needs, for that sentence.

    Returns:
        The server, which ends with its last reference, and where it listens.

    Raises:
        UnavailableError: it can't be started.
    """
    xllamacpp = library()
    key = secrets.token_urlsafe(32)
    params = xllamacpp.CommonParams()
    params.verbosity = _SILENT
    params.model.path = str(path)
    params.hostnames = ["127.0.0.1"]
    params.port = 0
    params.api_keys = [key]
    params.ui = False
    params.cpuparams.n_threads = params.cpuparams_batch.n_threads = cores()
    for name, value in options.items():
        setattr(params, name, value)
    try:
        server = xllamacpp.Server(params)
    except Exception as error:  # What the binding raises is not documented.
        raise UnavailableError(
            f"{named} can't be started ({error}); it needs {memory} of free memory."
        ) from error
    return server, Endpoint(f"{server.listening_address}/v1", key)


def library() -> Any:
    """llama.cpp's binding. Its wheel wants OpenMP from the system; PyTorch's wheel brings a copy along."""
    # Waiting threads must sleep, not spin: beside other work on the same cores (an ingest, a browser), an
    # answer of 40 words took over 200 s with spinning, 45 s without.
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    try:
        import xllamacpp
    except ImportError as error:
        import ctypes
        from importlib.util import find_spec

        torch = find_spec("torch")
        beside = Path(torch.origin).parent if torch and torch.origin else Path()
        try:
            ctypes.CDLL(str(beside / "lib" / "libgomp.so.1"))
            import xllamacpp
        except (ImportError, OSError):
            raise UnavailableError(
                f"The built-in language model can't be loaded ({error}); "
                "install OpenMP, on Debian with 'apt-get install libgomp1'."
            ) from error
    return xllamacpp


def cores() -> int:
    """How many processor cores this process may use; the hyper-threads of one core count once."""
    try:
        usable = os.sched_getaffinity(0)
        siblings = {
            Path(f"/sys/devices/system/cpu/cpu{cpu}/topology/thread_siblings_list").read_text()
            for cpu in usable
        }
    except (AttributeError, OSError):  # not Linux, or a Linux that hides its processors
        return os.cpu_count() or 1
    return max(1, min(len(siblings), _quota()))


def _quota() -> int:
    """How many whole cores the container's limit allows."""
    try:
        limit, period = Path("/sys/fs/cgroup/cpu.max").read_text().split()
        return max(1, int(limit) // int(period))
    except (OSError, ValueError):  # no such file, or "max"
        return len(os.sched_getaffinity(0))
