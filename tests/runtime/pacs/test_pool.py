"""A decoding process that dies costs one call."""

import asyncio
import os
import time
from pathlib import Path

import pytest

from runtime.errors import PermanentError
from runtime.pacs import pool
from runtime.pacs.problems import Problem


def die(_: str) -> None:
    os.abort()


def die_the_first_time(mark: Path) -> str:
    if not mark.exists():
        mark.touch()
        os.abort()
    return "done"


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


def test_a_call_that_another_ones_crash_took_along_is_done(tmp_path: Path) -> None:
    async def call() -> str:
        decoders = pool.Pool(1)
        try:
            return await decoders.run(die_the_first_time, tmp_path / "mark")
        finally:
            decoders.close()

    assert asyncio.run(call()) == "done"


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


def test_more_calls_than_can_wait_are_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "WAITING_MOST", 1)

    async def calls() -> None:
        decoders = pool.Pool(1)
        async with decoders:
            waiting = asyncio.create_task(decoders.__aenter__())
            await asyncio.sleep(0)
            with pytest.raises(Problem) as caught:
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
