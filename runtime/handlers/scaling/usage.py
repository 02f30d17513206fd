"""How long the tasks of an algorithm have run on one day, kept in the item of the scaler's memory."""

from collections.abc import Collection
from datetime import UTC, datetime
from typing import Final, NamedTuple

from runtime.contracts import keys
from runtime.handlers.table import many, store

# The scaler looks once a minute. Longer ago nothing ran, or the scaler did not: then nobody knows what ran.
LONGEST_SECONDS: Final = 150.0


class Usage(NamedTuple):
    """The seconds of all tasks together on one UTC day, of which `day` is the date in ISO form."""

    day: str
    task_seconds: float

    def attributes(self) -> store.Item:
        """Return what the item holds of it."""
        return {"day": self.day, "task_seconds": self.task_seconds}


def after(before: Usage | None, looked: float | None, now: float, tasks: int) -> Usage:
    """Return the usage at this look, if as many tasks have run since the last one; both in seconds since the epoch."""
    today = datetime.fromtimestamp(now, UTC)
    midnight = today.replace(hour=0, minute=0, second=0, microsecond=0).timestamp()
    day = today.date().isoformat()
    earlier = before.task_seconds if before and before.day == day else 0.0
    since = max(looked, midnight) if looked is not None and now - looked <= LONGEST_SECONDS else now
    return Usage(day, earlier + tasks * max(0.0, now - since))


def of_item(item: store.Item | None) -> Usage | None:
    """Return what an item holds, None if it holds none: an earlier release wrote it."""
    return Usage(item["day"], float(item["task_seconds"])) if item and "day" in item else None


def today(algorithms: Collection[str], now: float) -> dict[str, float]:
    """Return how many seconds the tasks of each algorithm have run since midnight UTC."""
    items = many.read([keys.scale(name) for name in algorithms], consistent=False)
    day = datetime.fromtimestamp(now, UTC).date().isoformat()
    found = {name: of_item(items.get(keys.scale(name))) for name in algorithms}
    return {name: usage.task_seconds if usage and usage.day == day else 0.0 for name, usage in found.items()}
