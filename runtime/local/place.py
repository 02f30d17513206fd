"""The ports on which a local system listens, as they are asked for or as its last run had them."""

from typing import NamedTuple

from runtime.local.processes.ports import free_port, is_free


class PlaceError(RuntimeError):
    """A folder or a port that cannot be used; the message says why."""


class Ports(NamedTuple):
    """Ports of loopback: the emulator's (with the processing API), the PACS API's and the page's; None is any."""

    api: int | None = None
    pacs: int | None = None
    page: int | None = None


def choose(asked: Ports, last: Ports | None) -> Ports:
    """Return the ports that are asked for; those left open are any, or if there is a `last` run its own or free ones.

    Raises PlaceError if another process listens on one that is asked for.
    """
    if taken := [str(port) for port in asked if port and not is_free(port)]:
        raise PlaceError(f"another process listens on port {', '.join(taken)}; stop it, or choose another port")
    if len(named := [port for port in asked if port]) != len(set(named)):
        raise PlaceError(f"each part needs a port of its own, and these are {', '.join(map(str, named))}")
    if last is None:
        return asked
    return Ports(
        *(mine or (old if old and is_free(old) else free_port()) for mine, old in zip(asked, last, strict=True))
    )
