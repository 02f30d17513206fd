"""Many items of the jobs table in few calls."""

from collections.abc import Sequence
from typing import Any, Final

from runtime.handlers.boto3_clients import boto3_client
from runtime.handlers.table import store

AT_ONCE: Final = 100  # items that DynamoDB answers in one call, if they have no more than 16 MB


def read(
    pks: Sequence[str], *, consistent: bool = True, tries: int = 6, attributes: Sequence[str] = ()
) -> dict[str, store.Item]:
    """Return the existing items by key, including expired ones; of each these `attributes`, or all.

    Items that DynamoDB was too busy for are requested again, with growing pauses. Raises TimeoutError after `tries`.
    """
    items: dict[str, store.Item] = {}
    names = {f"#{name}": name for name in attributes}
    shown = {"ProjectionExpression": ", ".join(names), "ExpressionAttributeNames": names} if names else {}
    for start in range(0, len(pks), AT_ONCE):
        keys = [store.pack({"pk": pk}) for pk in pks[start : start + AT_ONCE]]
        request: dict[str, Any] = {store.table(): {"Keys": keys, "ConsistentRead": consistent, **shown}}
        for attempt in range(tries):
            if attempt:
                store.pause(attempt)
            answer = boto3_client("dynamodb").batch_get_item(RequestItems=request)
            batch = map(store.unpack, answer["Responses"].get(store.table(), ()))
            items |= {item["pk"]: item for item in batch}
            request = answer.get("UnprocessedKeys") or {}
            if not request:
                break
        else:
            raise TimeoutError("the jobs table did not return all items")
    return items
