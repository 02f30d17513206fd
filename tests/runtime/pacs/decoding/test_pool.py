"""A decoding process that dies costs one call."""

import asyncio
import os
import time
from collections.abc import Callable
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


def test_decoding_processes_end_with_the_pool() -> None:
    async def call() -> int:
        decoders = pool.Pool(1)
        child = await decoders.run(own_id)
        decoders.close()
        return child

    child = asyncio.run(call())
    deadline = time.monotonic() + 5
    while Path(f"/proc/{child}").exists() and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not Path(f"/proc/{child}").exists()
