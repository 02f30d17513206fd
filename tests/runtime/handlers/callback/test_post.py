import socket
import threading
from typing import Any

import pytest

from runtime.handlers.callback import post as module
from runtime.handlers.callback.post import NotDeliveredError, post
from runtime.handlers.callback.target import Target, parse
from tests.runtime.handlers.callback.receiver import Answer, Receiver, receiver, says


def target(to: Receiver) -> Target:
    return parse(to.url, (to.authority,))


def test_a_receiver_gets_the_body_once() -> None:
    with receiver() as to:
        assert post(target(to), b"{}", {"webhook-id": "1"}) == 200
    [(headers, body)] = to.calls
    assert (body, headers["webhook-id"], headers["host"]) == (b"{}", "1", to.authority)


def test_the_body_of_an_answer_is_never_read() -> None:
    broken = says(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n\r\nnonsense")
    with receiver(broken) as to:
        assert post(target(to), b"{}", {}) == 200


@pytest.mark.parametrize(
    ("answer", "says_why"),
    [
        (says(b"HTTP/1.1 500 Oh\r\n\r\n"), "answered 500"),
        (says(b"HTTP/1.1 410 Gone\r\n\r\n"), "answered 410"),
        (says(b"nonsense\r\n\r\n"), "BadStatusLine"),
        (says(b"HTTP/1.1 200 OK\r\n" + b"a: b\r\n" * 200 + b"\r\n"), "HTTPException"),
        (says(b""), "RemoteDisconnected"),
    ],
)
def test_a_receiver_that_lies_or_dies(answer: Answer, says_why: str) -> None:
    with receiver(answer) as to, pytest.raises(NotDeliveredError, match=says_why):
        post(target(to), b"{}", {})


def test_a_redirect_is_not_followed() -> None:
    with receiver() as other:
        to_other = says(f"HTTP/1.1 307 Moved\r\nLocation: {other.url}\r\n\r\n".encode())
        with receiver(to_other) as to, pytest.raises(NotDeliveredError, match="answered 307"):
            post(target(to), b"{}", {})
    assert not other.calls


def test_a_receiver_that_hangs_is_left() -> None:
    left = threading.Event()

    def hang(connection: socket.socket) -> None:
        connection.recv(1)  # until the caller closes
        left.set()

    with receiver(hang) as to, pytest.raises(NotDeliveredError, match=r"no answer within 0\.3 s"):
        post(target(to), b"{}", {}, 0.3)
    assert left.wait(30)


def test_an_answer_that_comes_byte_by_byte_is_left() -> None:
    left = threading.Event()

    def drip(connection: socket.socket) -> None:
        try:
            while not left.wait(0.02):
                connection.sendall(b"H")
        finally:
            left.set()

    with receiver(drip) as to, pytest.raises(NotDeliveredError, match=r"no answer within 0\.3 s"):
        post(target(to), b"{}", {}, 0.3)
    assert left.wait(30)


def test_a_closed_port() -> None:
    with receiver() as to:
        gone = target(to)
    with pytest.raises(NotDeliveredError, match="ConnectionRefusedError"):
        post(gone, b"{}", {})


def test_a_name_that_leads_to_a_private_address_is_never_connected_to(monkeypatch: pytest.MonkeyPatch) -> None:
    with receiver() as to:
        port = to.socket.getsockname()[1]

        def answers(*_: Any, **__: Any) -> list[Any]:
            return [(socket.AF_INET, 1, 6, "", ("127.0.0.1", port))]

        monkeypatch.setattr(socket, "getaddrinfo", answers)
        hooks = f"hooks.example.org:{port}"
        with pytest.raises(NotDeliveredError, match="not public"):
            post(parse(f"https://{hooks}/", (hooks,)), b"{}", {})
    assert not to.calls


def test_a_call_that_nobody_waits_for_any_more_is_not_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    answered, gone = threading.Event(), threading.Event()

    def slow(to: Target) -> list[str]:
        answered.wait(30)
        return [to.host]

    class Closed(socket.socket):
        def close(self) -> None:
            super().close()
            gone.set()

    def connect(address: Any, timeout: float) -> socket.socket:
        made = Closed()
        made.connect(address)
        return made

    monkeypatch.setattr(module, "resolve", slow)
    monkeypatch.setattr(socket, "create_connection", connect)
    with receiver() as to:
        with pytest.raises(NotDeliveredError, match="no answer"):
            post(target(to), b"{}", {}, 0.1)
        answered.set()
        assert gone.wait(30)
    assert to.calls == []
