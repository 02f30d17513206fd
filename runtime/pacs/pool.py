"""Decoding in processes of its own: off the event loop, on every core, and a codec's crash costs one call."""

import asyncio
import ctypes
import multiprocessing
import os
import signal
import sys
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Any, ParamSpec, TypeVar

from runtime.errors import PermanentError
from runtime.pacs.problems import Problem

P = ParamSpec("P")
T = TypeVar("T")

WAITING_MOST = 64  # calls; beyond them an honest 503 is better than a long wait
PR_SET_PDEATHSIG = 1


class Pool:
    """A bounded number of decoding processes, started at the first use and again after a crash."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._slots = asyncio.Semaphore(size)
        self._waiting = 0
        self._executor: ProcessPoolExecutor | None = None

    async def __aenter__(self) -> None:
        """Wait for a slot; what a call needs (its files included) exists only while it has one.

        Raises Problem (`unavailable`) where too many wait already.
        """
        if self._waiting >= WAITING_MOST:
            raise Problem("unavailable", "Too many images are being decoded; try again in a moment.")
        self._waiting += 1
        try:
            await self._slots.acquire()
        finally:
            self._waiting -= 1

    async def __aexit__(self, *_: object) -> None:
        """Give the slot back."""
        self._slots.release()

    async def run(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a module-level function in a decoding process.

        A process that dies takes the others of its pool along, so a call is tried once more, alone in a pool of its
        own; what dies there too is the input's fault. Raises PermanentError (`input_unreadable`).
        """
        try:
            if self._executor is None:
                self._executor = self._start(self._size)
            return await asyncio.wrap_future(self._executor.submit(function, *args, **kwargs))
        except BrokenProcessPool:
            self._executor = None
        lone = self._start(1)
        try:
            return await asyncio.wrap_future(lone.submit(function, *args, **kwargs))
        except BrokenProcessPool as error:
            raise PermanentError("input_unreadable", "Decoding the input crashed the decoder.") from error
        finally:
            lone.shutdown(wait=False, cancel_futures=True)

    def close(self) -> None:
        """End the processes."""
        if self._executor is not None:
            self._executor.shutdown(wait=True, cancel_futures=True)
            self._executor = None

    @staticmethod
    def _start(size: int) -> ProcessPoolExecutor:
        # Spawned rather than forked: this process has threads.
        context: Any = multiprocessing.get_context("spawn")
        return ProcessPoolExecutor(size, context, _settle, (os.getpid(),))


def _settle(parent: int) -> None:
    """Let a decoding process ignore Ctrl-C, which its parent handles, and end with its parent, even a killed one."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # Native codecs print what they stumble over, in the middle of the structured log; errors come back as values.
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for descriptor in (1, 2):
        os.dup2(nowhere, descriptor)
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:  # it died before the signal was set
            os._exit(1)
