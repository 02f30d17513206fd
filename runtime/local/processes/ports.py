"""Finds ports of loopback on which no process listens."""

import errno
import os
import secrets
import socket

# Below the range from which Linux and macOS take the ports of outgoing connections: one of those could take the port.
LOWEST, HIGHEST = 20000, 32000
# In the environment of a deployment whose addresses are chosen: the load balancer's port, and the HTTP API's id.
BALANCER_PORT, API_ID = "IMAGING_LOCAL_BALANCER_PORT", "IMAGING_LOCAL_API_ID"


def free_port() -> int:
    """Return a port of loopback on which no process listens now."""
    while True:
        port = LOWEST + secrets.randbelow(HIGHEST - LOWEST)
        if is_free(port):
            return port


def is_free(port: int) -> bool:
    """Return whether this process could listen on a port of loopback now."""
    return refusal(port) == 0


def refusal(port: int) -> int:
    """Return the number of the error (`errno`) with which a port of loopback is refused; 0 if it is free."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as servers do, whatever connections ended
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            return error.errno or errno.EADDRINUSE
    return 0


def balancer_port() -> int:
    """Return the port that was chosen for the load balancer, or a free one."""
    return int(os.environ.get(BALANCER_PORT) or free_port())
