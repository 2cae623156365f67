"""The faults of `shim.c`: built with the machine's C compiler, loaded before a program, armed from inside it."""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys
from pathlib import Path

_SOURCE = Path(__file__).with_name("shim.c")
_LOADED = "LD_PRELOAD"


def possible() -> bool:
    """Whether such faults can be had on this machine."""
    return sys.platform == "linux" and shutil.which("cc") is not None


def loading(folder: Path) -> dict[str, str]:
    """The environment of a program that is to load the shim, which is built in a folder."""
    built = folder / "shim.so"
    subprocess.run(["cc", "-shared", "-fPIC", "-O1", "-o", built, _SOURCE, "-ldl"], check=True)
    return {**os.environ, _LOADED: str(built)}


def loaded() -> bool:
    """Whether this program has loaded it."""
    return "shim.so" in os.environ.get(_LOADED, "")


def arm(library: Path, *, call: str = "", at: int = 0, error: int = 0, kept: Path | None = None) -> None:
    """Arms this process.

    Args:
        library: the folder whose files are touched.
        call: what fails or kills: "write", "sync", "rename", "delete" or "open".
        at: the how-manieth of these calls.
        error: what it fails with from then on, an errno; 0 kills.
        kept: a folder that is to hold each file as it was last synced.
    """
    beside = os.fsencode(kept) if kept else b""
    ctypes.CDLL(None).fault_arm(os.fsencode(library), beside, call.encode(), ctypes.c_long(at), error)
