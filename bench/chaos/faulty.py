"""The proxy in front of the emulator, where calls of AWS fail at random, and dependencies are away for a while."""

import random
import re
import uuid
from collections.abc import Callable

from bench.instruments.call import API
from bench.instruments.proxy import Answer, Proxy

SERVICES = ("s3", "sqs", "sns", "dynamodb")
PACS = "pacs"  # the existing bucket: S3, but another one
_SCOPE = re.compile(r"Credential=[^/]+/[^/]+/[^/]+/([^/]+)/")
_DEDUPLICATION = re.compile(rb"(MessageDeduplicationId=)([^&]+)")
THROTTLED = b'{"__type":"ThrottlingException","message":"Rate exceeded"}'


class FaultyProxy(Proxy):
    """Lets a share of calls fail, and all calls to the dependency that `away` names.

    One third of the faults are refusals before anything was done, one third throttling, and one third happen after the
    call was done, so that its caller does not know.
    """

    def __init__(self, upstream: int) -> None:
        super().__init__(upstream)
        self.share, self.away, self.bypass = 0.0, "", False
        self.pacs_bucket = ""
        self.faults = self.refused = 0
        self._chance = random.Random(7)

    def answer(
        self, method: str, path: str, headers: dict[str, str], body: bytes, upstream: Callable[[bytes], Answer]
    ) -> Answer:
        """Answer one call, or fail it."""
        service = self._service(path, headers)
        if service and service == self.away:
            self.refused += 1
            raise ConnectionAbortedError(f"{service} is away")
        if service == "sns" and self.bypass:
            body = _DEDUPLICATION.sub(lambda found: found[1] + uuid.uuid4().hex.encode(), body)
        if not service or self._chance.random() >= self.share:
            return upstream(body)
        self.faults += 1
        kind = self._chance.randrange(3)
        if kind == 0:
            upstream(body)
            return Answer(500, [], b"")
        if kind == 1 and service == "dynamodb":
            return Answer(400, [("Content-Type", "application/x-amz-json-1.0")], THROTTLED)
        return Answer(503, [], b"")

    def _service(self, path: str, headers: dict[str, str]) -> str:
        scope = _SCOPE.search(headers.get("authorization", ""))
        if path.startswith(API) or scope is None or scope[1] not in SERVICES:
            return ""
        bucket = path.split("/")[1].partition("?")[0]  # the emulator's addresses have it in the path
        return PACS if scope[1] == "s3" and bucket == self.pacs_bucket else scope[1]
