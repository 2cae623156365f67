"""Load on the API, retrieval only: `python -m tests.load [SECONDS]`, over the sample library, on loopback.

A server of its own is started, and 1, 8 and 32 clients search one after another without a pause.
"""

from __future__ import annotations

import asyncio
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

import httpx

from ingest.pipeline import ingest
from qa.core.settings import Settings

_CLIENTS = (1, 8, 32)
_URL = "http://127.0.0.1:8699"
_ASKED = [
    "Who co-chaired the fourth meeting of the working group?",
    "What does the expressway at Gwadar cost?",
    "When was the Sahiwal plant's second unit connected?",
    "What was agreed about ML-1 in August 2020?",
    "attack on the bus at Besham",
    "How long is the Hakla motorway?",
]


async def client(until: float, took: list[float], statuses: Counter[str]) -> None:
    async with httpx.AsyncClient(base_url=_URL, timeout=60) as calls:
        for number in range(sys.maxsize):
            if time.monotonic() > until:
                return
            began = time.monotonic()
            try:
                asked = {"question": _ASKED[number % len(_ASKED)]}
                statuses[str((await calls.get("/search", params=asked)).status_code)] += 1
            except httpx.HTTPError as error:
                statuses[type(error).__name__] += 1
            took.append(time.monotonic() - began)


async def loaded(clients: int, seconds: float) -> tuple[list[float], Counter[str]]:
    took: list[float] = []
    statuses = Counter[str]()
    until = time.monotonic() + seconds
    await asyncio.gather(*(client(until, took, statuses) for _ in range(clients)))
    return took, statuses


def memory_mb(process: int) -> float:
    lines = Path(f"/proc/{process}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS:")) / 1024


def main(seconds: float) -> None:
    with tempfile.TemporaryDirectory() as folder:
        ingest(["sample"], Settings(library=Path(folder) / "library"))
        command = [
            sys.executable,
            "-m",
            "qa",
            "serve",
            "--port",
            _URL.rpartition(":")[2],
            "--library",
            folder + "/library",
        ]
        env = os.environ | {"DATELINE_SERVE_RATE": "999999/second"}
        server = subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            while server.poll() is None:
                try:
                    if httpx.get(f"{_URL}/ready", timeout=60).status_code == 200:
                        break
                except httpx.HTTPError:
                    time.sleep(0.2)
            for clients in _CLIENTS:
                before = memory_mb(server.pid)
                took, statuses = asyncio.run(loaded(clients, seconds))
                cuts = [round(cut * 1000) for cut in statistics.quantiles(took, n=100)]
                print(
                    f"{clients} clients: {len(took) / seconds:.1f}/s, p50 {cuts[49]} ms, p95 {cuts[94]} ms, "
                    f"p99 {cuts[98]} ms, {dict(statuses)}, {before:.0f} to {memory_mb(server.pid):.0f} MB",
                    flush=True,
                )
        finally:
            server.terminate()
            server.wait()


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 30)
