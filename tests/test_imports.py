"""`--help` comes at once: the commands import nothing heavy before they know what to do."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = (
    "torch",
    "transformers",
    "sentence_transformers",
    "chromadb",
    "tantivy",
    "trafilatura",
    "onnxruntime",
)
COMPILED = ("xllamacpp", "uharfbuzz", "lxml.etree", "pyarrow", "pandas", "sklearn", "onnxruntime")
PROVIDERS = ("langchain", "langchain_core", "langchain_openai", "openai", "xllamacpp", "httpx", "streamlit")


@pytest.mark.parametrize("command", ["qa", "ingest", "eval"])
def test_a_command_starts_without_anything_heavy(command: str) -> None:
    code = f"import {command}.__main__, sys; print(*sorted(sys.modules), sep='\\n')"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert not set(loaded.split()) & {*HEAVY, *PROVIDERS}


@pytest.mark.parametrize("command", ["qa", "ingest", "eval"])
def test_help_says_how_a_command_is_used(command: str) -> None:
    done = subprocess.run([sys.executable, "-m", command, "--help"], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    assert f"Usage: python -m {command}" in done.stdout


@pytest.mark.parametrize("order", [COMPILED, COMPILED[::-1]], ids=["model first", "model last"])
def test_what_is_compiled_shares_a_process(order: tuple[str, ...]) -> None:
    """An app that had drawn a PDF could not start its model: two of Cython's makes under one name."""
    code = (
        "import importlib, sys\n"
        "from qa.models.builtin import library\n"
        "for name in sys.argv[1:]:\n"
        "    library() if name == 'xllamacpp' else importlib.import_module(name)"
    )
    done = subprocess.run([sys.executable, "-c", code, *order], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
