"""What the scaler saw at its last look at an algorithm's queues and tasks, kept in the item of its memory."""

import time
from collections.abc import Collection
from typing import Final, NamedTuple

from runtime.contracts import keys
from runtime.handlers.table import many, store

# Within so many seconds a look is not read again: clients ask for their jobs each second.
SECONDS: Final = 5.0
_known: dict[str, tuple[float, "Look | None"]] = {}


class Look(NamedTuple):
    """Jobs that waited on each queue (`overflow` is None if that was not read), that tasks held, and tasks that ran.

    `at` is in seconds since the epoch.
    """

    at: float
    waiting: int
    overflow: int | None
    held: int
    tasks: int

    def attributes(self) -> store.Item:
        """Return what the item holds of it beside the time."""
        overflow = {} if self.overflow is None else {"on_overflow": self.overflow}
        return {"on_requests": self.waiting, **overflow, "held": self.held, "tasks": self.tasks}


def read(algorithms: Collection[str]) -> dict[str, Look | None]:
    """Return the last look at each algorithm, None if there is none; it may be some seconds behind."""
    now = time.monotonic()
    unknown = [name for name in algorithms if name not in _known or now - _known[name][0] > SECONDS]
    items = many.read([keys.scale(name) for name in unknown], consistent=False) if unknown else {}
    for name in unknown:
        _known[name] = (now, _look(items.get(keys.scale(name))))
    return {name: _known[name][1] for name in algorithms}


def _look(item: store.Item | None) -> Look | None:
    if item is None or "on_requests" not in item:  # or an earlier release wrote it
        return None
    return Look(float(item["at"]), item["on_requests"], item.get("on_overflow"), item["held"], item["tasks"])
