"""The values of a job's item that the worker writes, as DynamoDB takes them."""

from runtime.contracts import keys
from runtime.contracts.items import Item, attribute


def key(job_id: str) -> Item:
    """Return the key of a job's item."""
    return {"pk": text(keys.job(job_id))}


def text(value: str) -> Item:
    """Return a string as DynamoDB takes it."""
    return attribute(value)


def number(value: float) -> Item:
    """Return a number as DynamoDB takes it."""
    return attribute(value)
