"""The ports on which a local system listens, as they are asked for or as its last run had them."""

import errno
from typing import NamedTuple

from runtime.local.processes.ports import free_port, is_free, refusal


class PlaceError(RuntimeError):
    """A folder or a port that cannot be used; the message says why."""


class Ports(NamedTuple):
    """Ports of loopback: the emulator's (with the processing API), the PACS API's and the page's; None is any."""

    api: int | None = None
    pacs: int | None = None
    page: int | None = None


def choose(asked: Ports, last: Ports | None) -> Ports:
    """Return the ports that are asked for; those left open are any, or if there is a `last` run its own or free ones.

    Raises PlaceError if this process may not listen on one that is asked for, or if another one does.
    """
    refused = {port: number for port in asked if port and (number := refusal(port))}
    if denied := [str(port) for port, number in refused.items() if number == errno.EACCES]:
        raise PlaceError(f"you may not listen on port {', '.join(denied)}; choose one from 1024 on")
    if refused:
        taken = ", ".join(map(str, refused))
        raise PlaceError(f"another process listens on port {taken}; stop it, or choose another port")
    if len(named := [port for port in asked if port]) != len(set(named)):
        raise PlaceError(f"each part needs a port of its own, and these are {', '.join(map(str, named))}")
    if last is None:
        return asked
    again = {old for old in last if old and old not in named and is_free(old)}
    return Ports(*(mine or (old if old in again else free_port()) for mine, old in zip(asked, last, strict=True)))
