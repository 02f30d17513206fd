"""Ports of loopback that nobody listens on."""

import secrets
import socket

# Below the range from which Linux and macOS take the ports of outgoing connections, which could take one unasked.
LOWEST, HIGHEST = 20000, 32000


def free_port() -> int:
    """Return a port of loopback that nobody listens on now."""
    while True:
        port = LOWEST + secrets.randbelow(HIGHEST - LOWEST)
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
