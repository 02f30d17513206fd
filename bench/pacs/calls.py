"""Calls over kept connections, timed: what the client itself costs is the same for both servers, and little."""

import http.client
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

PNG = b"\x89PNG"


class NotShownError(Exception):
    """A server answered no picture."""


def seconds(port: int, addresses: Sequence[str], connections: int) -> float:
    """Return the seconds that it takes to get all pictures over so many connections, each asking for its share.

    Raises NotShownError.
    """
    shares = [addresses[at::connections] for at in range(connections)]
    clients = [http.client.HTTPConnection("127.0.0.1", port, timeout=120) for _ in shares]
    try:
        for client in clients:
            client.connect()
        with ThreadPoolExecutor(connections) as pool:
            began = time.perf_counter()
            list(pool.map(_get_all, clients, shares))
            return time.perf_counter() - began
    finally:
        for client in clients:
            client.close()


def _get_all(client: http.client.HTTPConnection, addresses: Sequence[str]) -> None:
    for address in addresses:
        client.request("GET", address, headers={"Accept": "image/png"})
        answer = client.getresponse()
        content = answer.read()
        if answer.status != http.client.OK or not content.startswith(PNG):
            raise NotShownError(f"{answer.status} for {address}")
