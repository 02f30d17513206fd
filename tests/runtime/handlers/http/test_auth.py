"""A call that is known by its token is answered, though the table does not take when it came."""

from typing import Any

import pytest
from botocore.exceptions import ClientError

from runtime.contracts import headers
from runtime.handlers.http import auth
from runtime.handlers.http.exchange import Request
from runtime.handlers.log import Line


def test_a_table_that_takes_no_writes_keeps_nobody_from_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    token = auth.new_token("0" * 16)
    record = {"pk": "client", "shard": 0, "queue_url": "q", "last_seen": 0, "token_sha256": auth.digest(token)}

    def throttled(*_: Any, **__: Any) -> bool:
        raise ClientError({"Error": {"Code": "ProvisionedThroughputExceededException"}}, "UpdateItem")

    monkeypatch.setattr(auth.store, "get", lambda key: record)
    monkeypatch.setattr(auth.store, "change", throttled)
    call = Request("GET", "/jobs", "GET /jobs", {headers.CLIENT_TOKEN_HEADER: token}, {}, {}, b"")
    assert auth.authenticate(call, Line("jobs", None)).client_id == "0" * 16
