"""Service records: where an algorithm's jobs and results go, as the deployment wrote it into the jobs table."""

import time
from typing import Final

from runtime.contracts import keys
from runtime.handlers.table import store

SECONDS: Final = 60.0
_known: dict[str, tuple[float, store.Item]] = {}


def find(algorithm: str) -> store.Item | None:
    """Return the algorithm's service record, at most a minute old; None if there is none."""
    known = _known.get(algorithm)
    if known and time.monotonic() - known[0] < SECONDS:
        return known[1]
    item = store.get(keys.service_record(algorithm))
    if item is not None:
        _known[algorithm] = (time.monotonic(), item)
    return item


def forget(algorithm: str) -> None:
    """Read the algorithm's service record anew next time: what it names is gone."""
    _known.pop(algorithm, None)
