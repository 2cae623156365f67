"""A few of the harness's faults with each run of the suite; `python -m tests.faults 500` for many."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "fork"), reason="the harness forks")
def test_kills_and_full_disks_lose_nothing_that_was_reported() -> None:
    command = [sys.executable, "-m", "tests.faults", "13", "16"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
