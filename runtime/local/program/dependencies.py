"""Notes which resource depends on which, as Pulumi's SDK does, without looking at all of them each time.

The SDK asks before each new dependency whether it would close a circle, and follows for that all that the other
resource depends on, directly or not: with many resources this takes longer than all else in registering them. A
resource on which nothing depends yet cannot be part of a circle, which is nearly always so.
"""

import threading
from typing import Any


class Dependencies:
    """The dependencies of one program's resources; it replaces the SDK's `declare_dependency`."""

    def __init__(self) -> None:
        self._of: dict[Any, set[Any]] = {}
        self._depended_on: set[Any] = set()
        self._lock = threading.Lock()

    def declare(self, from_resource: Any, to_resource: Any) -> bool:
        """Note that one resource depends on another; return False, and note nothing, if that closes a circle."""
        with self._lock:
            known = self._of.setdefault(from_resource, set())
            if to_resource in known:
                return True
            if to_resource is from_resource:
                return False
            if from_resource in self._depended_on and self._leads_to(to_resource, from_resource):
                return False
            known.add(to_resource)
            self._depended_on.add(to_resource)
            return True

    def _leads_to(self, start: Any, end: Any) -> bool:
        seen, waiting = {start}, [start]
        while waiting:
            found = self._of.get(waiting.pop(), set())
            if end in found:
                return True
            waiting += found - seen
            seen |= found
        return False
