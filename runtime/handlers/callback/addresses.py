"""The IP addresses that a callback may connect to: public ones, judged at the time of connecting."""

import ipaddress
import socket
from typing import Final

from runtime.handlers.callback.target import Target, is_local

# Each carries an IPv4 address that a gateway may turn into a private one.
_TRANSLATED: Final = tuple(map(ipaddress.ip_network, ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32")))


class RefusedAddressError(Exception):
    """A host's name leads to an address that nobody may call."""


def resolve(target: Target) -> list[str]:
    """Return the addresses of a host, IPv4 first. Raises OSError, or RefusedAddressError if any of them is not public.

    The caller connects to one of these and asks no name server again, so that a second answer changes nothing.
    """
    answers = socket.getaddrinfo(target.host, target.port, type=socket.SOCK_STREAM)
    answers.sort(key=lambda each: each[0] != socket.AF_INET)
    found = list(dict.fromkeys(str(each[4][0]) for each in answers))
    for each in found:
        if not (is_public(each) or (is_local(target.host) and _is_loopback(each))):
            raise RefusedAddressError("the host's name leads to an address that is not public")
    return found


def is_public(address: str) -> bool:
    """Return whether an address is one of the public internet."""
    ip = _parse(address)
    if isinstance(ip, ipaddress.IPv6Address):
        if ip.ipv4_mapped:
            return is_public(str(ip.ipv4_mapped))
        if ip.is_site_local or any(ip in network for network in _TRANSLATED):
            return False
    return ip is not None and ip.is_global and not ip.is_multicast and not ip.is_reserved


def _is_loopback(address: str) -> bool:
    ip = _parse(address)
    return ip is not None and ip.is_loopback


def _parse(address: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(address)
    except ValueError:
        return None
