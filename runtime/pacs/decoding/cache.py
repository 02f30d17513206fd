"""A small cache of the values that were used last."""

import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class Cache(Generic[T]):
    """Values whose sizes add up to at most `limit`; the one that was unused for longest goes first."""

    def __init__(self, limit: int, size: Callable[[T], int] = lambda _: 1) -> None:
        self._limit = limit
        self._size = size
        self._held = 0
        self._values: OrderedDict[str, T] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: str) -> T | None:
        """Return the value of a key, or None."""
        with self._lock:
            if key in self._values:
                self._values.move_to_end(key)
            return self._values.get(key)

    def put(self, key: str, value: T) -> None:
        """Keep a value; one larger than the whole cache is not kept."""
        size = self._size(value)
        with self._lock:
            if key in self._values:
                self._held -= self._size(self._values.pop(key))
            if size > self._limit:
                return
            self._values[key] = value
            self._held += size
            while self._held > self._limit:
                self._held -= self._size(self._values.popitem(last=False)[1])
