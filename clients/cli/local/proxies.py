"""Keeps calls to this machine from being sent to a proxy, and names a proxy that cannot be used."""

import importlib.util
import os
import urllib.request
from typing import Final
from urllib.parse import urlsplit

import click

LOOPBACK: Final = ("127.0.0.1", "localhost")
HERE: Final = (*LOOPBACK, "::1")
PROXIES: Final = ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY")  # of addresses that begin with http://
SCHEMES: Final = ("http", "https")  # of proxies, and with a package more:
SOCKS: Final = ("socks5", "socks5h")


def reach_loopback_directly() -> None:
    """Add loopback to the hosts that this process and those that it starts reach without the environment's proxy."""
    known = os.environ.get("no_proxy", os.environ.get("NO_PROXY", ""))  # the first of them counts
    hosts = [host for each in known.split(",") if (host := _readable(each.strip()))]
    if "*" not in hosts:
        hosts += [host for host in LOOPBACK if host not in hosts]
    os.environ["NO_PROXY"] = os.environ["no_proxy"] = ",".join(hosts)


def _readable(host: str) -> str:
    """Return an entry of NO_PROXY as httpx reads it; nothing if it takes it for a host with a port, as IPv6 ranges."""
    if host.startswith("[") and host.endswith("]"):
        host = host[1:-1]
    return "" if "/" in host and "://" not in host and host.count(":") > 1 else host


def for_a_shell() -> dict[str, str]:
    """Return the variables with which a shell's own commands, such as curl, reach loopback; none without a proxy."""
    if not any(os.environ.get(name) for name in PROXIES):
        return {}
    return {name: os.environ[name] for name in ("NO_PROXY", "no_proxy") if name in os.environ}


def check(address: str) -> None:
    """Raise ClickException if the environment names a proxy that httpx cannot use, and the address needs it."""
    if is_here(address) or "*" in os.environ.get("no_proxy", "").split(","):
        return
    for name, value in os.environ.items():
        if name.lower() not in ("http_proxy", "https_proxy", "all_proxy") or not value:
            continue
        scheme = value.partition("://")[0].lower() if "://" in value else SCHEMES[0]
        if scheme in SOCKS and importlib.util.find_spec("socksio") is None:
            raise click.ClickException(
                f"{name} names a SOCKS proxy, for which the package socksio is missing: pip install 'httpx[socks]',"
                " or name another proxy"
            )
        if scheme not in (*SCHEMES, *SOCKS):  # without the rest, which may hold a password
            known = ", ".join((*SCHEMES, *SOCKS))
            raise click.ClickException(f"{name} names a proxy that begins with {scheme}://; known are {known}")


def leading_to(address: str) -> str | None:
    """Return the variable whose proxy leads to an address; None if it is reached directly."""
    if is_here(address) or urllib.request.proxy_bypass(_host(address)):
        return None
    names = (f"{address.partition('://')[0].lower()}_proxy", "all_proxy")
    return next((each for name in names for each in (name, name.upper()) if os.environ.get(each)), None)


def is_here(address: str) -> bool:
    """Return whether an address is one of this machine."""
    return _host(address) in HERE


def _host(address: str) -> str:
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""
