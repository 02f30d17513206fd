"""Converts items between the form of DynamoDB and plain Python values."""

from typing import Any

from runtime.contracts import keys

Item = dict[str, Any]


def plain(item: Item) -> Item:
    """Return an item's strings, numbers and truth values as Python values."""
    values: Item = {}
    for name, value in item.items():
        kind, content = next(iter(value.items()))
        values[name] = float(content) if kind == "N" else content
    return values


def key(job_id: str) -> Item:
    """Return the key of a job's item."""
    return {"pk": text(keys.job(job_id))}


def text(value: str) -> Item:
    """Return a string as DynamoDB takes it."""
    return {"S": value}


def number(value: float) -> Item:
    """Return a number as DynamoDB takes it."""
    return {"N": str(value)}
