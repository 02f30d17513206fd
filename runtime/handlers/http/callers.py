"""Checks the caller's address against the configured ranges in a stack without tokens."""

import os
from functools import cache
from typing import Any

from runtime.contracts.variables import handler_variables
from runtime.handlers.problem import Problem


@cache
def _ranges() -> tuple[Any, ...] | None:
    """Return the ranges, read once for each process; None in a stack that asks for a token or a signature."""
    ranges = os.environ.get(handler_variables.ALLOWED_CIDRS)
    if ranges is None:
        return None
    from ipaddress import ip_network  # most stacks ask for a token, and their functions start without it

    return tuple(ip_network(each) for each in ranges.split(",") if each)


def check(source: str) -> None:
    """Raise a Problem unless the address may call."""
    ranges = _ranges()
    if ranges is None:
        return
    from ipaddress import ip_address

    try:
        address = ip_address(source)
    except ValueError:
        address = None
    if address is None or not any(address in each for each in ranges):
        raise Problem(
            "address_not_allowed",
            f"This stack asks for no token and takes no calls from {source}; its operator can add a range with that "
            "address to imaging:apiAllowedCidrs and deploy again.",
        )
