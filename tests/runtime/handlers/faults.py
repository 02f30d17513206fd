"""Faults of the calls that handlers make in this process: it dies before one, or the answer to one is lost."""

from typing import Any

from botocore.httpsession import URLLib3Session

from runtime.handlers.boto3_clients import boto3_client

SERVICES = ("dynamodb", "sqs", "sns", "s3")


class Died(BaseException):
    """The end of a process."""


class Faults:
    """Counts the calls of AWS from `begin` on; one of them, by its number, meets a fault."""

    def __init__(self) -> None:
        self.calls, self._dies, self._loses = 0, -1, -1
        self._session = URLLib3Session()
        for each in SERVICES:
            events = boto3_client(each).meta.events
            events.register("before-call", self._call)
            events.register("before-send", self._send)

    def begin(self, *, dies: int = -1, loses: int = -1) -> None:
        """Count from 0 on: the process dies before the call `dies`, the answer to the call `loses` is lost."""
        self.calls, self._dies, self._loses = 0, dies, loses

    def end(self) -> None:
        """Let every call through."""
        self.begin()

    def _call(self, **_: Any) -> None:
        self.calls += 1
        if self.calls - 1 == self._dies:
            raise Died

    def _send(self, request: Any, **_: Any) -> None:
        if self.calls - 1 == self._loses:
            self._loses = -1
            self._session.send(request)  # and botocore sends it again, as if no answer had come
