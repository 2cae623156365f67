"""What the built-in model makes of a text: the state of its lower layers at the last token.

These layers were taught to judge, by low-rank matrices that are added to theirs (Hu et al. 2021,
https://arxiv.org/abs/2106.09685); `python -m eval calibrate` fits these, to pairs of a text and a statement
and to replies that others made.

Of a transformer's 28 layers the last ones choose the next word; the text is understood well before. On
350 pairs of a claim and its evidence, a regression over the states after 8, 12, 14, 16, 18, 20, 24 and 28
layers tells true claims from false ones (10-fold) with areas under the ROC curve of 0.49, 0.61, 0.77, 0.86,
0.90, 0.90, 0.89 and 0.89 for FEVER-Symmetric's and 0.53, 0.56, 0.66, 0.77, 0.85, 0.85, 0.85 and 0.84 for
Fool Me Twice's. So the first 18 are kept as a model of their own, which costs two thirds of the time.
"""

from __future__ import annotations

import atexit
import re
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from qa.core.errors import UnavailableError
from qa.core.settings import Settings
from qa.models import builtin, derived, install, registry
from qa.models.probe import State

if TYPE_CHECKING:
    import httpx

LAYERS = 18
DIMENSIONS = 1536
ADAPTER = Path(__file__).with_name("judges.gguf")
_FILE = "model.gguf"
_TOKENS = 2048  # read at once; a longer text is refused
_BLOCK = re.compile(r"blk\.(\d+)\.")
_LAST_TOKEN = 3  # llama.cpp's LLAMA_POOLING_TYPE_LAST

_lock = threading.Lock()
_running: list[tuple[Any, builtin.Endpoint]] = []


class States:
    """Reads texts. Safe to share between threads, which wait for each other."""

    def __init__(self, settings: Settings) -> None:
        import httpx

        self._settings = settings
        # One for all texts: making a client takes tens of milliseconds. No proxy for loopback.
        self._client = httpx.Client(timeout=settings.llm_timeout_s, trust_env=False)

    def of(self, text: str) -> State:
        """The state at the last token of a text, shape [`DIMENSIONS`].

        Raises:
            UnavailableError: the model can't be started, or the text has more than 2,048 tokens.
        """
        reply = self._post("/v1/embeddings", {"input": text, "embd_normalize": -1})
        if not reply.is_success:
            raise UnavailableError(f"The built-in model can't read a text of {len(text):,} characters.")
        return np.asarray(reply.json()["data"][0]["embedding"], dtype=np.float32)

    def tokens(self, text: str) -> list[int]:
        """The numbers of a text's tokens.

        Raises:
            UnavailableError: the model can't be started.
        """
        reply = self._post("/tokenize", {"content": text, "parse_special": True})
        found: list[int] = reply.raise_for_status().json()["tokens"]
        return found

    def _post(self, path: str, body: object) -> httpx.Response:
        endpoint = _start(self._settings)
        return self._client.post(
            f"{endpoint.url.removesuffix('/v1')}{path}",
            json=body,
            headers={"Authorization": f"Bearer {endpoint.key}"},
        )


def ensure_lower_layers(settings: Settings, *, progress: bool = True) -> Path:
    """The file with the language model's lower layers; writes it if no process has done so before."""

    def make(folder: Path) -> None:
        whole = install.ensure(registry.LANGUAGE_MODEL, settings, progress=progress)
        if progress:
            print("Preparing the verifier (once, some seconds)...", file=sys.stderr)
        _write_lower_layers(whole, folder / _FILE)

    name = f"{registry.LANGUAGE_MODEL}-{LAYERS}-layers"
    return derived.ensure(settings.cache / "models" / name, make) / _FILE


def stop() -> None:
    """Ends the server; the next text starts a new one."""
    with _lock:
        _running.clear()
        atexit.unregister(stop)


def _start(settings: Settings) -> builtin.Endpoint:
    with _lock:
        if not _running:
            _running.append(_launch(ensure_lower_layers(settings)))
            atexit.register(stop)
        return _running[0][1]


def _launch(path: Path) -> tuple[Any, builtin.Endpoint]:
    adapter = builtin.library().CommonAdapterLoraInfo()
    adapter.path, adapter.scale = str(ADAPTER), 1.0
    options = {
        "lora_adapters": [adapter],
        "embedding": True,
        "pooling_type": _LAST_TOKEN,
        "n_parallel": 1,
        "n_ctx": _TOKENS,
        "n_batch": _TOKENS,
        "n_ubatch": _TOKENS,
    }
    return builtin.serve(path, options, "The verifier's model", "about 1 GB")


def _write_lower_layers(whole: Path, path: Path) -> None:
    """Copies a model without its upper layers and its output layer."""
    from gguf import GGUFReader, GGUFValueType, GGUFWriter

    reader = GGUFReader(whole)
    architecture = reader.fields["general.architecture"].contents()
    writer = GGUFWriter(path, architecture)
    for name, field in reader.fields.items():
        if name.startswith("GGUF.") or name == "general.architecture":  # The writer has its own.
            continue
        value = LAYERS if name == f"{architecture}.block_count" else field.contents()
        kind, *of = field.types
        writer.add_key_value(name, value, kind, of[-1] if kind == GGUFValueType.ARRAY else None)
    for tensor in reader.tensors:
        block = _BLOCK.match(tensor.name)
        if (block and int(block[1]) >= LAYERS) or tensor.name == "output.weight":
            continue
        writer.add_tensor(tensor.name, tensor.data, raw_dtype=tensor.tensor_type)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
