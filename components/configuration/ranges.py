"""Finds address ranges that EC2 does not take in a security group."""

import ipaddress
from collections import Counter
from collections.abc import Sequence

from components.configuration.fields import key


def faults(project: str, field: str, ranges: Sequence[str]) -> list[str]:
    """Return what is wrong with a list of ranges, each of which looks like one."""
    networks = {text: _network(text) for text in ranges}
    wrong = [
        f"{project}:{key(field)} has {text}, and EC2 takes a network's own address without leading zeros: write "
        f"{network}."
        for text, network in networks.items()
        if text != network
    ]
    wrong += [
        f"{project}:{key(field)} has {network} {number} times, and EC2 refuses a second rule for one range: name it "
        "once."
        for network, number in Counter(_network(text) for text in ranges).items()
        if number > 1
    ]
    return wrong


def _network(text: str) -> str:
    address, _, bits = text.partition("/")
    plain = ".".join(str(int(part)) for part in address.split("."))
    return str(ipaddress.ip_network(f"{plain}/{int(bits)}", strict=False))
