"""A transaction that DynamoDB is too busy for is tried again, one whose condition fails is not."""

from typing import Any

import pytest
from botocore.exceptions import ClientError

from runtime.handlers.table import store


@pytest.mark.parametrize(
    ("reason", "done", "calls"),
    [("TransactionConflict", True, 2), ("ThrottlingError", True, 2), ("ConditionalCheckFailed", False, 1)],
)
def test_a_transaction(monkeypatch: pytest.MonkeyPatch, reason: str, done: bool, calls: int) -> None:
    tried: list[Any] = []

    class Dynamodb:
        def transact_write_items(self, TransactItems: list[Any]) -> None:  # noqa: N803
            tried.append(TransactItems)
            if len(tried) == 1:
                reasons: Any = {"Error": {"Code": "TransactionCanceledException"}, "CancellationReasons": []}
                reasons["CancellationReasons"] = [{"Code": "None"}, {"Code": reason}]
                raise ClientError(reasons, "TransactWriteItems")

    monkeypatch.setattr(store, "boto3_client", lambda service: Dynamodb())
    monkeypatch.setattr(store, "pause", lambda attempt: None)
    assert store.transact({"Put": {}}) is done
    assert len(tried) == calls
