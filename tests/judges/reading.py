"""A mapping that knows which of its entries were read, at any depth."""

from collections.abc import Iterable
from typing import Any


class Read(dict[str, Any]):
    """Properties that note each key that is asked for by name or iterated over; copying them reads nothing."""

    def __init__(self, values: dict[str, Any]) -> None:
        super().__init__({key: _wrapped(value) for key, value in values.items()})
        self._read: set[str] = set()

    def __getitem__(self, key: str) -> Any:
        self._read.add(key)
        return super().__getitem__(key)

    def get(self, key: str, default: Any = None) -> Any:
        self._read.add(key)
        return super().get(key, default)

    def items(self) -> Any:
        self._read.update(super().keys())
        return super().items()

    def values(self) -> Any:
        self._read.update(super().keys())
        return super().values()

    def unread(self) -> list[str]:
        """Return the paths of all entries that nobody read."""
        return [path for key, value in dict.items(self) for path in self._below(key, value)]

    def _below(self, key: str, value: Any) -> Iterable[str]:
        if key not in self._read:
            return [key]
        if isinstance(value, Read):
            return [f"{key}.{path}" for path in value.unread()]
        if isinstance(value, list):
            return [f"{key}[].{path}" for entry in value if isinstance(entry, Read) for path in entry.unread()]
        return []


def _wrapped(value: Any) -> Any:
    if isinstance(value, dict):
        return Read(value)
    return [_wrapped(entry) for entry in value] if isinstance(value, list) else value


def plain(value: Any) -> Any:
    """Return a value without what notes its reading."""
    if isinstance(value, dict):
        return {key: plain(inner) for key, inner in dict.items(value)}
    return [plain(entry) for entry in value] if isinstance(value, list) else value
