"""HTTP as the server reads it: uvicorn's, with a limit to what comes before a body."""

from typing import Final

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

# As much as an Application Load Balancer passes on; what comes at once with the beginning (up to 256 KiB) is free.
HEAD_BYTES: Final = 64 << 10
REFUSAL: Final = (
    b"HTTP/1.1 431 Request Header Fields Too Large\r\ncontent-length: 0\r\n"
    b"cache-control: no-store\r\nconnection: close\r\n\r\n"
)


class BoundedHead(HttpToolsProtocol):
    """Reads a call, and closes a connection whose call does not come to its body: httptools would keep all of it."""

    _in_head = False
    _head = 0

    def data_received(self, data: bytes) -> None:
        """Parse what has come, and count it if the head had begun before; what comes at once is bounded anyway."""
        if self._in_head:
            self._head += len(data)
        super().data_received(data)
        if self._in_head and self._head > HEAD_BYTES and not self.transport.is_closing():
            if not self.cycle or self.cycle.response_complete:  # else an earlier call is being answered
                self.transport.write(REFUSAL)
            self.transport.close()

    def on_message_begin(self) -> None:
        """Count from here on."""
        self._in_head, self._head = True, 0
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        """Count no more."""
        self._in_head = False
        super().on_headers_complete()
