"""A proxy in front of the emulator: it records each call, and may delay all of them."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import NamedTuple, Self

# What belongs to one connection; the body is read as a whole, so its length is written anew.
OF_A_CONNECTION = {"connection", "keep-alive", "transfer-encoding", "content-length", "expect", "date", "server"}


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request and its answer. Names of headers are in lower case."""

    method: str
    path: str
    headers: dict[str, str]
    request: bytes
    status: int
    answer: bytes


class Answer(NamedTuple):
    """What comes back: status, headers as they came, body."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes


class Proxy(ThreadingHTTPServer):
    """Passes calls on to a port of loopback, each after `delay` seconds of its own, in a thread for each connection.

    `observe` is called with each exchange before its caller has the answer.
    """

    daemon_threads = True
    request_queue_size = 256

    def __init__(self, upstream: int, observe: Callable[[Exchange], None] = lambda exchange: None) -> None:
        super().__init__(("127.0.0.1", 0), _Connection)
        self.upstream, self.observe, self.delay = upstream, observe, 0.0
        self.endpoint = f"http://127.0.0.1:{self.server_address[1]}"

    def __enter__(self) -> Self:
        threading.Thread(target=self.serve_forever, name="proxy", daemon=True).start()
        return self

    def __exit__(self, *error: object) -> None:
        self.shutdown()
        self.server_close()

    def answer(
        self, method: str, path: str, headers: dict[str, str], body: bytes, upstream: Callable[[bytes], Answer]
    ) -> Answer:
        """Return the answer to one call, by default that of `upstream`, which takes the body to send."""
        return upstream(body)

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing: a caller that is stopped leaves its long poll."""


class _Connection(BaseHTTPRequestHandler):
    """One connection of a caller, with one of its own to the emulator."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1  # head and body leave in one piece

    def setup(self) -> None:
        super().setup()
        assert isinstance(self.server, Proxy)
        self.proxy = self.server
        self.upstream = HTTPConnection("127.0.0.1", self.proxy.upstream)

    def finish(self) -> None:
        self.upstream.close()
        super().finish()

    def handle_expect_100(self) -> bool:
        """Ask for the body at once: boto3 waits a second for that before it stores an object."""
        asked = super().handle_expect_100()
        self.wfile.flush()
        return asked

    def log_message(self, format: str, *args: object) -> None:
        """Write no log."""

    def _pass_on(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        headers = {name.lower(): value for name, value in self.headers.items()}
        time.sleep(self.proxy.delay)
        sent = {name: value for name, value in headers.items() if name not in OF_A_CONNECTION}

        def upstream(body: bytes) -> Answer:
            self.upstream.request(self.command, self.path, body or None, {**sent, "content-length": str(len(body))})
            answer = self.upstream.getresponse()
            return Answer(answer.status, answer.getheaders(), answer.read())

        answer = self.proxy.answer(self.command, self.path, headers, body, upstream)
        self.proxy.observe(Exchange(self.command, self.path, headers, body, answer.status, answer.body))
        self._send(answer)

    def _send(self, answer: Answer) -> None:
        self.send_response_only(answer.status)
        lengths = [value for name, value in answer.headers if name.lower() == "content-length"]
        for name, value in answer.headers:
            if name.lower() not in OF_A_CONNECTION:
                self.send_header(name, value)
        length = lengths[0] if lengths and self.command == "HEAD" else str(len(answer.body))
        if answer.status != 204:
            self.send_header("Content-Length", length)
        self.end_headers()
        self.wfile.write(answer.body)

    do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = do_PATCH = do_OPTIONS = _pass_on  # noqa: N815
