"""Equal calls share one piece of work."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

import pytest

from runtime.errors import PermanentError
from runtime.pacs.decoding.shared import Shared


class Work:
    """Work that counts how often it is begun and broken off, and ends when it is told to."""

    def __init__(self, error: Exception | None = None) -> None:
        self.begun = self.broken = 0
        self.error = error
        self.end = asyncio.Event()

    async def __call__(self) -> int:
        """Return how often it was begun, or raise the error."""
        self.begun += 1
        try:
            await self.end.wait()
        except asyncio.CancelledError:
            self.broken += 1
            raise
        if self.error is not None:
            raise self.error
        return self.begun


async def asked(shared: Shared, make: Callable[[], Coroutine[Any, Any, int]], count: int) -> list[asyncio.Task[int]]:
    """Return so many calls that wait."""
    calls = [asyncio.create_task(shared.run("name", make)) for _ in range(count)]
    await asyncio.sleep(0)
    return calls


def test_equal_calls_are_one_piece_of_work_and_a_later_one_another() -> None:
    async def run() -> None:
        shared, work = Shared(), Work()
        calls = await asked(shared, work, 600)
        work.end.set()
        assert await asyncio.gather(*calls) == [1] * 600
        assert await shared.run("name", work) == 2

    asyncio.run(run())


def test_an_error_is_that_of_all_and_is_not_kept() -> None:
    async def run() -> None:
        shared, work = Shared(), Work(PermanentError("input_unreadable", "damaged"))
        calls = await asked(shared, work, 3)
        work.end.set()
        assert {type(each) for each in await asyncio.gather(*calls, return_exceptions=True)} == {PermanentError}
        work.error = None
        assert await shared.run("name", work) == 2

    asyncio.run(run())


@pytest.mark.parametrize(("gone", "broken"), [(1, 0), (2, 0), (3, 1)])
def test_work_is_broken_off_when_the_last_caller_has_gone(gone: int, broken: int) -> None:
    async def run() -> None:
        shared, work = Shared(), Work()
        calls = await asked(shared, work, 3)
        for call in calls[:gone]:
            call.cancel()
        await asyncio.sleep(0.01)
        assert work.broken == broken
        work.end.set()
        assert await asyncio.gather(*calls[gone:]) == [1] * (3 - gone)
        assert await shared.run("name", work) == 2

    asyncio.run(run())
