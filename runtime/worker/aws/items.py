"""A table's items as DynamoDB has them, and as Python does."""

from typing import Any

from runtime.contracts import keys

Item = dict[str, Any]


def plain(item: Item) -> Item:
    """Return an item's strings, numbers and truth values as Python has them."""
    values: Item = {}
    for name, value in item.items():
        kind, content = next(iter(value.items()))
        values[name] = float(content) if kind == "N" else content
    return values


def key(job_id: str) -> Item:
    """Return the key of a job's item."""
    return {"pk": text(keys.job(job_id))}


def text(value: str) -> Item:
    """Return a string."""
    return {"S": value}


def number(value: float) -> Item:
    """Return a number."""
    return {"N": str(value)}
