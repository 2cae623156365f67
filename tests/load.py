"""Load on the API, retrieval only: `python -m tests.load [SECONDS]`, over the sample library, on loopback.

A server of its own is started, and 1, then 8, then 32 clients search without a pause, 15 minutes each unless told
otherwise. Its memory is looked at fifteen times on the way: each minute. One table is printed.
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
from contextlib import suppress
from pathlib import Path

import httpx

from ingest.pipeline import ingest
from qa.core.settings import Settings

_CLIENTS = (1, 8, 32)
_LOOKS = 15
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


async def loaded(clients: int, seconds: float, server: int) -> tuple[list[float], Counter[str], list[float]]:
    """What searches took, how they ended, and the server's memory meanwhile."""
    took: list[float] = []
    statuses = Counter[str]()
    memory: list[float] = []
    until = time.monotonic() + seconds
    looking = asyncio.create_task(looked(server, seconds / _LOOKS, memory))
    await asyncio.gather(*(client(until, took, statuses) for _ in range(clients)))
    looking.cancel()
    return took, statuses, [*memory, memory_mb(server)]


async def looked(server: int, every: float, memory: list[float]) -> None:
    while True:
        memory.append(memory_mb(server))
        await asyncio.sleep(every)


def memory_mb(process: int) -> float:
    """What a process and its children hold."""
    lines = Path(f"/proc/{process}/status").read_text().splitlines()
    own = next(int(line.split()[1]) for line in lines if line.startswith("VmRSS:")) / 1024
    children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    return own + sum(memory_mb(int(child)) for child in children)


def row(clients: int, seconds: float, server: int) -> str:
    """A line of the table: the load of so many clients."""
    took, statuses, memory = asyncio.run(loaded(clients, seconds, server))
    cuts = [f"{cut * 1000:,.0f} ms" for cut in statistics.quantiles(took, n=100)]
    good = statuses.pop("200", 0)
    errors = ", ".join(f"{count} {status}" for status, count in statuses.items()) or "0"
    rates = [f"{good / seconds:.1f}", cuts[49], cuts[94], cuts[98], f"{errors} of {len(took):,}"]
    return f"| {clients} | {' | '.join(rates)} | {', '.join(f'{each:.0f}' for each in memory)} |"


def main(seconds: float) -> None:
    with tempfile.TemporaryDirectory() as folder:
        library = Path(folder) / "library"
        ingest(["sample"], Settings(library=library))
        command = [sys.executable, "-m", "qa", "serve", "--port", _URL.rpartition(":")[2], "--library"]
        env = os.environ | {"DATELINE_SERVE_RATE": "999999/second"}
        server = subprocess.Popen(
            [*command, str(library)], env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        try:
            wait_for(server)
            print(f"{seconds:g} s each; memory in MB at the start, each {seconds / _LOOKS:g} s, at the end\n")
            print("| clients | searches a second | p50 | p95 | p99 | errors | memory |")
            print("| ---: | ---: | ---: | ---: | ---: | ---: | --- |", flush=True)
            for clients in _CLIENTS:
                print(row(clients, seconds, server.pid), flush=True)
        finally:
            server.terminate()
            server.wait()


def wait_for(server: subprocess.Popen[bytes]) -> None:
    """Returns once the server answers."""
    while server.poll() is None:
        with suppress(httpx.HTTPError):
            if httpx.get(f"{_URL}/ready", timeout=60).status_code == 200:
                return
        time.sleep(0.2)
    raise SystemExit("The server ended before it was ready.")


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 900)
