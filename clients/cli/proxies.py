"""Keeps calls to this machine from being sent to a proxy."""

import os
from typing import Final

LOOPBACK: Final = ("127.0.0.1", "localhost")


def reach_loopback_directly() -> None:
    """Add loopback to the hosts that this process and those that it starts reach without the environment's proxy."""
    known = os.environ.get("no_proxy", os.environ.get("NO_PROXY", ""))  # the first of them counts
    hosts = [host.strip() for host in known.split(",") if host.strip()]
    if "*" not in hosts:
        hosts += [host for host in LOOPBACK if host not in hosts]
    os.environ["NO_PROXY"] = os.environ["no_proxy"] = ",".join(hosts)
