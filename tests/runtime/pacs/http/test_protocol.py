"""The head of a call is bounded, on a server as its container runs it."""

import socket
from urllib.parse import urlsplit

import pytest

from runtime.pacs.http.protocol import HEAD_BYTES
from tests.runtime.pacs.server import Server

REST = b" HTTP/1.1\r\nHost: pacs\r\nConnection: close\r\n"


def said(server: Server, *parts: bytes) -> bytes:
    """Return what the server answers to bytes; it may close the connection before it has read all of them."""
    address = urlsplit(server.address)
    with socket.create_connection((str(address.hostname), int(address.port or 0)), timeout=30) as connection:
        answer = b""
        try:
            for part in parts:
                connection.sendall(part)
            while piece := connection.recv(1 << 16):
                answer += piece
        except ConnectionError:
            pass
        return answer


@pytest.mark.parametrize("size", [HEAD_BYTES // 2, HEAD_BYTES - 200])
def test_a_long_head_is_read(server: Server, size: int) -> None:
    answer = said(server, b"GET /health" + REST + b"X: " + b"x" * size + b"\r\n\r\n")
    assert answer.startswith(b"HTTP/1.1 200 ")


@pytest.mark.parametrize("beginning", [b"GET /health" + REST + b"X: ", b"GET /health?", b"GET /health" + REST])
def test_a_head_without_an_end_is_given_up(server: Server, beginning: bytes) -> None:
    more = (b"X: y\r\n" if beginning.endswith(b"\n") else b"xxxxxx") * (4 * HEAD_BYTES)  # more than comes at once
    answer = said(server, beginning, more)
    assert answer.startswith(b"HTTP/1.1 431 ") or not answer  # closed while more was on its way


def test_a_body_may_be_longer_than_a_head(server: Server) -> None:
    length = 4 * HEAD_BYTES
    head = b"POST /studies/s/series/e/process/gaussian" + REST + b"Content-Length: %d\r\n\r\n" % length
    answer = said(server, head + b"x" * length)
    assert answer.startswith(b"HTTP/1.1 413 ") and b"body_too_large" in answer


def test_calls_on_one_connection_are_counted_one_by_one(server: Server) -> None:
    one = b"GET /health HTTP/1.1\r\nHost: pacs\r\nX: " + b"x" * (HEAD_BYTES // 2) + b"\r\n\r\n"
    answer = said(server, one * 4, b"GET /health" + REST + b"\r\n")
    assert answer.count(b"HTTP/1.1 200 ") == 5
