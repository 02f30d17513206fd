"""Sends one callback: to an address that was judged, within a fixed time, following nothing and reading no body."""

import contextlib
import http.client
import socket
import ssl
import threading
from collections.abc import Mapping
from typing import Final

from runtime.handlers.callback.addresses import RefusedAddressError, resolve
from runtime.handlers.callback.target import Target

SECONDS: Final = 10.0
_CONNECT_SECONDS: Final = 3.0


class NotDeliveredError(Exception):
    """A callback that its receiver did not take; says why, without the address and what was sent."""


class _Attempt:
    """One exchange in a thread of its own, because neither name servers nor slow answers have a limit altogether."""

    def __init__(self, target: Target, body: bytes, headers: Mapping[str, str]) -> None:
        self._target, self._body = target, body
        self._headers = {**headers, "Host": target.authority, "Content-Type": "application/json", "Connection": "close"}
        self._socket: socket.socket | None = None
        self._stopped = False
        self.status = 0
        self.error: Exception | None = None

    def run(self) -> None:
        """Connect, send, and read the status."""
        try:
            self._socket = self._connect()
            if self._target.secure:
                context = ssl.create_default_context()
                self._socket = context.wrap_socket(self._socket, server_hostname=self._target.host)
            connection = http.client.HTTPConnection(self._target.host, self._target.port)
            connection.sock = self._socket
            if self._stopped:  # nobody waits for it any more, and it is tried again: a name server was slow
                return
            connection.request("POST", self._target.path, self._body, self._headers)
            self.status = connection.getresponse().status
        except (OSError, http.client.HTTPException, RefusedAddressError, ValueError) as error:
            self.error = error
        finally:
            self.stop()

    def stop(self) -> None:
        """Close the connection, which ends what waits for it; one that is not there yet sends nothing."""
        self._stopped = True
        if self._socket:
            with contextlib.suppress(OSError):
                self._socket.shutdown(socket.SHUT_RDWR)
            self._socket.close()

    def _connect(self) -> socket.socket:
        last: OSError = OSError("the host has no address")
        for address in resolve(self._target):
            try:
                made = socket.create_connection((address, self._target.port), timeout=_CONNECT_SECONDS)
            except OSError as error:
                last = error
            else:
                made.settimeout(SECONDS)
                return made
        raise last


def post(target: Target, body: bytes, headers: Mapping[str, str], seconds: float = SECONDS) -> int:
    """Return the status of an answer between 200 and 299. Raises NotDeliveredError."""
    attempt = _Attempt(target, body, headers)
    thread = threading.Thread(target=attempt.run, daemon=True)
    thread.start()
    thread.join(seconds)
    if thread.is_alive():
        attempt.stop()
        raise NotDeliveredError(f"no answer within {seconds:g} s")
    if isinstance(attempt.error, RefusedAddressError):
        raise NotDeliveredError(str(attempt.error))
    if attempt.error:
        raise NotDeliveredError(f"{type(attempt.error).__name__}")
    if not 200 <= attempt.status < 300:
        raise NotDeliveredError(f"answered {attempt.status}")
    return attempt.status
