"""Work that equal calls share: a page that many open at once asks for the same pictures at once."""

import asyncio
from collections.abc import Callable, Coroutine, Hashable
from dataclasses import dataclass
from typing import Any, TypeVar

T = TypeVar("T")


@dataclass(slots=True)
class _Work:
    task: asyncio.Task[Any]
    callers: int = 0


class Shared:
    """Pieces of work under way, each done once for all who ask for it meanwhile; used on one event loop.

    A piece of work ends early only if nobody waits for it any longer.
    """

    def __init__(self) -> None:
        self._under_way: dict[Hashable, _Work] = {}

    async def run(self, name: Hashable, make: Callable[[], Coroutine[Any, Any, T]]) -> T:
        """Return what `make` returns, or what it does for the call that began the work of that name. Raises as it does.

        Calls of one name must mean the same work.
        """
        work = self._under_way.get(name)
        if work is None:
            work = _Work(asyncio.create_task(make()))
            self._under_way[name] = work
            work.task.add_done_callback(lambda task: self._ended(name, task))
        work.callers += 1
        try:
            return await asyncio.shield(work.task)
        finally:
            work.callers -= 1
            if not work.callers and not work.task.done():
                self._forget(name, work.task)  # who comes now begins anew
                work.task.cancel()

    def _ended(self, name: Hashable, task: asyncio.Task[Any]) -> None:
        self._forget(name, task)
        if not task.cancelled():
            task.exception()  # asyncio would log the error of a call that nobody waits for any more

    def _forget(self, name: Hashable, task: asyncio.Task[Any]) -> None:
        work = self._under_way.get(name)
        if work is not None and work.task is task:
            del self._under_way[name]
