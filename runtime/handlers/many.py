"""Many items of the jobs table in few calls."""

import time
from collections.abc import Sequence
from typing import Any, Final

from runtime.handlers import store
from runtime.handlers.clients import client

AT_ONCE: Final = 100  # that DynamoDB answers in one call, if they have no more than 16 MB


def read(pks: Sequence[str], *, consistent: bool = True, tries: int = 6) -> dict[str, store.Item]:
    """Return the items that there are, by key, expired ones as well.

    What DynamoDB is too busy for is asked again, with growing pauses. Raises TimeoutError after so many `tries`.
    """
    found: dict[str, store.Item] = {}
    for start in range(0, len(pks), AT_ONCE):
        keys = [store.pack({"pk": pk}) for pk in pks[start : start + AT_ONCE]]
        asked: dict[str, Any] = {store.table(): {"Keys": keys, "ConsistentRead": consistent}}
        for attempt in range(tries):
            time.sleep(0.05 * 2**attempt if attempt else 0)
            answer = client("dynamodb").batch_get_item(RequestItems=asked)
            read_now = map(store.unpack, answer["Responses"].get(store.table(), ()))
            found |= {item["pk"]: item for item in read_now}
            asked = answer.get("UnprocessedKeys") or {}
            if not asked:
                break
        else:
            raise TimeoutError("the table did not answer all of its items")
    return found
