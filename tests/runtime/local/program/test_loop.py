"""The program's loop answers calls of the engine in its own thread, unless they block."""

import asyncio
import threading
from collections.abc import Callable
from typing import Any

import pytest

from runtime.local.program.loop import Later, ProgramLoop


@pytest.fixture
def loop() -> Any:
    made = ProgramLoop()
    yield made
    made.close()


def answer(loop: ProgramLoop, call: Callable[[], Any]) -> Any:
    async def asked() -> Any:
        return await asyncio.get_running_loop().run_in_executor(None, call)

    return loop.run_until_complete(asked())


def test_a_call_runs_in_the_thread_of_the_loop(loop: ProgramLoop) -> None:
    assert answer(loop, threading.get_ident) == threading.get_ident()


def test_an_answer_that_comes_later_is_waited_for(loop: ProgramLoop) -> None:
    async def later() -> int:
        return await loop.at_once(lambda: 7)

    def call() -> None:
        raise Later(later())

    assert answer(loop, call) == 7


def test_a_call_that_blocks_runs_in_another_thread(loop: ProgramLoop) -> None:
    def call() -> int:
        loop.need_a_thread()
        return threading.get_ident()

    assert answer(loop, call) != threading.get_ident()


def test_an_error_is_the_callers(loop: ProgramLoop) -> None:
    with pytest.raises(ZeroDivisionError):
        answer(loop, lambda: 1 // 0)
