"""The ports of a local system: which are taken, and which are refused."""

import errno
import socket
from pathlib import Path

import pytest

from runtime.local import place
from runtime.local.kept import Kept
from runtime.local.place import PlaceError, Ports, choose
from runtime.local.processes.ports import free_port


def test_ports_are_those_asked_for_then_those_of_the_last_run(tmp_path: Path) -> None:
    kept = Kept(tmp_path)
    last = Ports(free_port(), free_port(), free_port())
    kept.write(last, [])
    other = free_port()
    assert choose(Ports(pacs=other), kept.ports()) == Ports(last.api, other, last.page)
    assert choose(Ports(), None) == Ports()


def test_a_port_that_is_taken_is_named(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        with pytest.raises(PlaceError, match=f"another process listens on port {port};"):
            choose(Ports(api=port), None)


def test_each_part_has_a_port_of_its_own() -> None:
    port = free_port()
    with pytest.raises(PlaceError, match=f"a port of its own, and these are {port}, {port}"):
        choose(Ports(api=port, pacs=port), None)


def test_a_port_of_the_last_run_that_another_part_is_given_now_is_not_used_twice() -> None:
    api, pacs, page = (free_port() for _ in range(3))
    chosen = choose(Ports(pacs=api), Ports(api, pacs, page))
    assert (chosen.pacs, chosen.page) == (api, page)
    assert chosen.api not in (None, api, pacs, page)


def test_a_port_that_is_not_allowed_is_told_from_one_that_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(place, "refusal", lambda port: errno.EACCES if port == 80 else 0)
    with pytest.raises(PlaceError, match="you may not listen on port 80; choose one from 1024 on"):
        choose(Ports(api=80), None)
