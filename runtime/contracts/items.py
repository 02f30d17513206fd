"""Items of the jobs table: as DynamoDB writes them, and as plain Python values."""

from collections.abc import Mapping
from typing import Any

Item = dict[str, Any]


def pack(item: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """Return `item` in DynamoDB's notation."""
    return {name: attribute(value) for name, value in item.items()}


def unpack(item: Mapping[str, Mapping[str, Any]]) -> Item:
    """Return an item of the table as plain values."""
    return {name: _value(*next(iter(packed.items()))) for name, packed in item.items()}


def attribute(value: Any) -> dict[str, Any]:
    """Return one value in DynamoDB's notation."""
    if isinstance(value, bool):
        return {"BOOL": value}
    if isinstance(value, (int, float)):
        return {"N": str(value)}
    if value is None:
        return {"NULL": True}
    return {"S": str(value)}


def _value(kind: str, value: Any) -> Any:
    if kind == "N":
        return int(value) if value.lstrip("-").isdigit() else float(value)
    return None if kind == "NULL" else value
