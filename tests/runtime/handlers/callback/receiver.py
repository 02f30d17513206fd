"""A receiver of callbacks: a real HTTP server that does to each call what the test says."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

Answer = Callable[[socket.socket], None]


def says(text: bytes) -> Answer:
    """Answer with these bytes."""
    return lambda connection: connection.sendall(text)


OK = says(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")


class Receiver:
    """A listening socket with a thread for each call; `calls` are head and body of each."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer
        self.calls: list[tuple[dict[str, str], bytes]] = []
        self.closed = threading.Event()
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.authority = f"127.0.0.1:{self.socket.getsockname()[1]}"
        self.url = f"http://{self.authority}/ended?from=imaging"
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        while not self.closed.is_set():
            try:
                connection, _ = self.socket.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        with connection:
            data = b""
            while b"\r\n\r\n" not in data:
                data += connection.recv(65536)
            head, _, body = data.partition(b"\r\n\r\n")
            lines = head.decode().split("\r\n")[1:]
            headers = {name.lower(): value.strip() for name, _, value in (each.partition(":") for each in lines)}
            while len(body) < int(headers["content-length"]):
                body += connection.recv(65536)
            self.calls.append((headers, body))
            with suppress(OSError):  # the caller may have gone
                self.answer(connection)


@contextmanager
def receiver(answer: Answer = OK) -> Iterator[Receiver]:
    """Start a receiver."""
    made = Receiver(answer)
    try:
        yield made
    finally:
        made.closed.set()
        with suppress(OSError):
            made.socket.shutdown(socket.SHUT_RDWR)  # wakes the thread that accepts
        made.socket.close()
