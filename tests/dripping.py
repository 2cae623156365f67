"""A server on loopback that sends the head of its answers a byte at a time, without end."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from queue import SimpleQueue

_PAUSE_SECONDS = 0.02


@contextmanager
def dripping() -> Iterator[tuple[str, SimpleQueue[str]]]:
    """The server's address, and a queue that tells of each connection that its caller has cut."""
    left: SimpleQueue[str] = SimpleQueue()
    over = threading.Event()

    def drip(connection: socket.socket) -> None:
        with connection:
            try:
                connection.recv(65_536)
                connection.sendall(b"HTTP/1.1 200 OK\r\nX-Slow: ")
                while not over.wait(_PAUSE_SECONDS):
                    connection.sendall(b"x")
            except OSError:
                left.put("left")

    def serve() -> None:
        with suppress(OSError):
            while True:
                threading.Thread(target=drip, args=(listening.accept()[0],), daemon=True).start()

    with socket.create_server(("127.0.0.1", 0)) as listening:
        threading.Thread(target=serve, daemon=True).start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}", left
        over.set()
        listening.shutdown(socket.SHUT_RDWR)  # Else `accept` waits on.
