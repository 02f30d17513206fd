"""Finds ports of loopback on which no process listens."""

import secrets
import socket

# Below the range from which Linux and macOS take the ports of outgoing connections: one of those could take the port.
LOWEST, HIGHEST = 20000, 32000


def free_port() -> int:
    """Return a port of loopback on which no process listens now."""
    while True:
        port = LOWEST + secrets.randbelow(HIGHEST - LOWEST)
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
