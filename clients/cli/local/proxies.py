"""Keeps calls to this machine from being sent to a proxy."""

import os
from typing import Final

LOOPBACK: Final = ("127.0.0.1", "localhost")
PROXIES: Final = ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY")  # of addresses that begin with http://


def reach_loopback_directly() -> None:
    """Add loopback to the hosts that this process and those that it starts reach without the environment's proxy."""
    known = os.environ.get("no_proxy", os.environ.get("NO_PROXY", ""))  # the first of them counts
    hosts = [host.strip() for host in known.split(",") if host.strip()]
    if "*" not in hosts:
        hosts += [host for host in LOOPBACK if host not in hosts]
    os.environ["NO_PROXY"] = os.environ["no_proxy"] = ",".join(hosts)


def for_a_shell() -> dict[str, str]:
    """Return the variables with which a shell's own commands, such as curl, reach loopback; none without a proxy."""
    if not any(os.environ.get(name) for name in PROXIES):
        return {}
    return {name: os.environ[name] for name in ("NO_PROXY", "no_proxy") if name in os.environ}
