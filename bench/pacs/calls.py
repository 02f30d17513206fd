"""Calls over kept connections, timed: what the client itself costs is the same for both servers, and little."""

import socket
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import BinaryIO

PNG = b"\x89PNG"
DICOM = bytes(128) + b"DICM"


class NotShownError(Exception):
    """A server answered no picture."""


def seconds(port: int, addresses: Sequence[str], connections: int, beginning: bytes = PNG) -> float:
    """Return the seconds that it takes to get all pictures over so many connections, each asking for its share.

    Raises NotShownError for an answer that does not begin so.
    """
    shares = [addresses[at::connections] for at in range(connections)]
    clients = [socket.create_connection(("127.0.0.1", port), timeout=120) for _ in shares]
    try:
        for client in clients:
            client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        ready = Barrier(connections + 1)
        with ThreadPoolExecutor(connections) as pool:
            getting = [
                pool.submit(_get_all, ready, client, share, beginning)
                for client, share in zip(clients, shares, strict=True)
            ]
            ready.wait()
            began = time.perf_counter()
            for each in getting:
                each.result()
            return time.perf_counter() - began
    finally:
        for client in clients:
            client.close()


def _get_all(ready: Barrier, client: socket.socket, addresses: Sequence[str], beginning: bytes) -> None:
    """Get pictures, one after another. The standard library's client takes as long for one as a fast server does."""
    ready.wait()
    with client.makefile("rb") as answers:
        for address in addresses:
            client.sendall(f"GET {address} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: image/png\r\n\r\n".encode())
            status, content = _answer(answers)
            if status != 200 or not content.startswith(beginning):
                raise NotShownError(f"{status} for {address}")


def _answer(answers: BinaryIO) -> tuple[int, bytes]:
    status = int(answers.readline().split()[1])
    length = 0
    while (line := answers.readline()) not in (b"\r\n", b""):
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            length = int(value)
    return status, answers.read(length)
