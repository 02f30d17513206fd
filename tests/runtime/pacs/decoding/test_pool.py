"""A decoding process that dies costs one call."""

import asyncio
import os
import signal
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from runtime.errors import PermanentError
from runtime.pacs.decoding import pool
from runtime.pacs.http.problems import PacsProblem


def die(_: str) -> None:
    os.abort()


def wait_a_little() -> str:
    time.sleep(0.2)
    return "done"


def sleep_for_long() -> None:
    time.sleep(600)


def take_all_memory() -> None:
    raise MemoryError


def own_id() -> int:
    return os.getpid()


def refuse() -> None:
    raise PermanentError("input_unreadable", "not this one")


def test_an_input_that_kills_the_decoder_is_unreadable_and_the_next_call_works() -> None:
    async def calls() -> int:
        decoders = pool.Pool(1)
        try:
            with pytest.raises(PermanentError, match="crashed the decoder"):
                await decoders.run(die, "")
            return await decoders.run(own_id)
        finally:
            decoders.close()

    assert asyncio.run(calls()) != os.getpid()


def test_a_crash_costs_no_other_call() -> None:
    async def calls() -> tuple[object, object]:
        decoders = pool.Pool(2)
        try:
            return await asyncio.gather(decoders.run(die, ""), decoders.run(wait_a_little), return_exceptions=True)
        finally:
            decoders.close()

    crashed, other = asyncio.run(calls())
    assert isinstance(crashed, PermanentError) and other == "done"


def start_slowly() -> None:
    time.sleep(1.5)


def test_starting_a_process_is_no_part_of_a_calls_time() -> None:
    async def call() -> int:
        decoders = pool.Pool(1, seconds=1, prepare=start_slowly)
        try:
            return await decoders.run(own_id)
        finally:
            decoders.close()

    assert asyncio.run(call()) != os.getpid()


@pytest.mark.parametrize(
    ("function", "said"), [(sleep_for_long, "longer than 1 s"), (take_all_memory, "more memory than allowed")]
)
def test_a_call_that_takes_too_much_ends_and_the_next_one_works(function: Callable[[], None], said: str) -> None:
    async def calls() -> int:
        decoders = pool.Pool(1)
        try:
            await decoders.run(own_id)
            decoders.seconds = 1
            with pytest.raises(PermanentError, match=said) as caught:
                await decoders.run(function)
            assert caught.value.code == "input_unsupported"
            decoders.seconds = 60
            return await decoders.run(own_id)
        finally:
            decoders.close()

    assert asyncio.run(calls()) != os.getpid()


def test_errors_come_back_as_they_are() -> None:
    async def call() -> None:
        decoders = pool.Pool(1)
        try:
            await decoders.run(refuse)
        finally:
            decoders.close()

    with pytest.raises(PermanentError) as caught:
        asyncio.run(call())
    assert (caught.value.code, caught.value.message) == ("input_unreadable", "not this one")


def test_more_calls_than_can_wait_are_told_so() -> None:
    async def calls() -> None:
        decoders = pool.Pool(1, waiting=1)
        async with decoders:
            waiting = asyncio.create_task(decoders.__aenter__())
            await asyncio.sleep(0)
            with pytest.raises(PacsProblem) as caught:
                await decoders.__aenter__()
            assert caught.value.status == 503
        await waiting

    asyncio.run(calls())


def test_a_call_whose_caller_has_gone_keeps_its_process_if_it_ends_soon() -> None:
    async def calls() -> tuple[int, int, int]:
        decoders = pool.Pool(1)
        try:
            first = await decoders.run(own_id)
            await abandon(decoders, wait_a_little)
            second = await decoders.run(own_id)
            await abandon(decoders, sleep_for_long)
            return first, second, await decoders.run(own_id)
        finally:
            decoders.close()

    first, second, third = asyncio.run(calls())
    assert first == second != third


async def abandon(decoders: pool.Pool, function: Callable[[], object]) -> None:
    """Cancel a call as soon as it runs."""
    call = asyncio.create_task(decoders.run(function))
    await asyncio.sleep(0.05)
    call.cancel()
    with pytest.raises(asyncio.CancelledError):
        await call


def test_a_process_that_died_while_idle_costs_no_call() -> None:
    async def calls() -> int:
        decoders = pool.Pool(1)
        try:
            idle = await decoders.run(own_id)
            os.kill(idle, signal.SIGKILL)
            while not decoders._idle[0].has_died:
                await asyncio.sleep(0.01)
            return await decoders.run(own_id)
        finally:
            decoders.close()

    assert asyncio.run(calls()) != os.getpid()


def allocate(size: int) -> int:
    return len(bytearray(size))


def test_a_process_has_the_memory_that_it_is_given() -> None:
    async def calls() -> int:
        decoders = pool.Pool(1, memory=200 << 20)
        try:
            with pytest.raises(PermanentError, match="more memory than allowed"):
                await decoders.run(allocate, 300 << 20)
            return await decoders.run(allocate, 20 << 20)
        finally:
            decoders.close()

    assert asyncio.run(calls()) == 20 << 20


def start_late(started: Path) -> None:
    time.sleep(2)
    started.touch()


def fail_to_start() -> None:
    os._exit(1)


def test_it_is_known_whether_a_process_can_be_started() -> None:
    async def calls() -> bool:
        decoders = pool.Pool(1, prepare=fail_to_start)
        with pytest.raises(PacsProblem, match="unavailable"):
            await decoders.run(own_id)
        return decoders.startable

    assert asyncio.run(calls()) is False


def test_decoding_processes_end_with_the_pool() -> None:
    async def call() -> int:
        decoders = pool.Pool(1)
        child = await decoders.run(own_id)
        decoders.close()
        return child

    child = asyncio.run(call())
    deadline = time.monotonic() + 30
    while Path(f"/proc/{child}").exists() and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not Path(f"/proc/{child}").exists()


def test_the_end_waits_for_no_process_that_is_still_starting(tmp_path: Path) -> None:
    async def start_and_end() -> None:
        decoders = pool.Pool(1, prepare=partial(start_late, tmp_path / "started"))
        decoders.warm()
        decoders.close()

    asyncio.run(start_and_end())
    time.sleep(3)
    assert not (tmp_path / "started").exists()
