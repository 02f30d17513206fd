"""Decoding in processes of its own: off the event loop, on every core, and a codec's crash costs one call."""

import asyncio
import multiprocessing
import os
import resource
import signal
import sys
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Any, NamedTuple, ParamSpec, TypeVar

from runtime import linux
from runtime.errors import PermanentError
from runtime.pacs.http.problems import PacsProblem

P = ParamSpec("P")
T = TypeVar("T")

WAITING_MOST = 64  # calls; beyond these, a 503 is better than a long wait
SECONDS_MOST = 30.0  # that one call may take, once its process has started
START_SECONDS = 180.0  # that a process may take to start, on a machine that is busy with other things
MEMORY_MOST = 3 << 30  # bytes that a process may allocate: the largest frame, its values and its picture


class Decoder(NamedTuple):
    """One process, and a future that is done once it has started."""

    executor: ProcessPoolExecutor
    ready: Future[object]


class Pool:
    """A bounded number of decoding processes, each started at its first use and again after a crash.

    Each has an executor of its own: one that dies, hangs or runs out of memory costs its own call and no other, so that
    no call needs to be tried again.
    """

    def __init__(
        self,
        size: int,
        waiting: int = WAITING_MOST,
        seconds: float = SECONDS_MOST,
        prepare: Callable[[], object] = os.getpid,
    ) -> None:
        self._size = size
        self._prepare = prepare
        self.seconds = seconds
        self._slots = asyncio.Semaphore(size)
        self._most = waiting
        self._waiting = 0
        self._idle: list[Decoder] = []

    async def __aenter__(self) -> None:
        """Wait for a slot; what a call needs (its files included) exists only while it has one.

        Raises PacsProblem (`unavailable`) if too many wait already.
        """
        if self._waiting >= self._most:
            raise PacsProblem("unavailable", "Too many images are being decoded; try again in a moment.")
        self._waiting += 1
        try:
            await self._slots.acquire()
        finally:
            self._waiting -= 1

    async def __aexit__(self, *_: object) -> None:
        """Give the slot back."""
        self._slots.release()

    def warm(self) -> None:
        """Start the processes; each calls `prepare` first, so that no image waits for its imports."""
        while len(self._idle) < self._size:
            self._idle.append(self._start())

    async def run(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a module-level function in a decoding process.

        Raises PermanentError: `input_unreadable` if the process died, `input_unsupported` if it took too long or too
        much memory. Raises PacsProblem (`unavailable`) if the process does not start.
        """
        decoder = self._idle.pop() if self._idle else self._start()
        healthy = False
        try:
            await _started(decoder)
            call = asyncio.wrap_future(decoder.executor.submit(function, *args, **kwargs))
            result = await asyncio.wait_for(call, self.seconds)
            healthy = True
            return result
        except TimeoutError as error:
            message = f"Decoding the input took longer than {self.seconds:g} s."
            raise PermanentError("input_unsupported", message) from error
        except BrokenProcessPool as error:
            raise PermanentError("input_unreadable", "Decoding the input crashed the decoder.") from error
        except MemoryError as error:
            raise PermanentError("input_unsupported", "Decoding the input needs more memory than allowed.") from error
        except PermanentError:
            healthy = True
            raise
        finally:
            if healthy:
                self._idle.append(decoder)
            else:
                _end(decoder.executor)

    def close(self) -> None:
        """End the processes."""
        while self._idle:
            self._idle.pop().executor.shutdown(wait=True, cancel_futures=True)

    def _start(self) -> Decoder:
        # Spawned rather than forked: this process has threads.
        context: Any = multiprocessing.get_context("spawn")
        executor = ProcessPoolExecutor(1, context, initializer=_settle, initargs=(os.getpid(),))
        return Decoder(executor, executor.submit(self._prepare))


async def _started(decoder: Decoder) -> None:
    """Wait until a process has started; this does not count as the call's time."""
    try:
        await asyncio.wait_for(asyncio.wrap_future(decoder.ready), START_SECONDS)
    except (TimeoutError, BrokenProcessPool) as error:
        raise PacsProblem("unavailable", "No decoding process could be started; try again in a moment.") from error


def _end(executor: ProcessPoolExecutor) -> None:
    """Kill an executor's process: one that hangs in a codec reacts to nothing else."""
    processes: dict[int, Any] = getattr(executor, "_processes", None) or {}
    for process in list(processes.values()):
        process.kill()
    executor.shutdown(wait=False, cancel_futures=True)


def _settle(parent: int) -> None:
    """Let a decoding process ignore Ctrl-C, which its parent handles, and end with its parent, even a killed one."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # Native codecs print warnings, which would break the structured log; errors come back as values.
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for descriptor in (1, 2):
        os.dup2(nowhere, descriptor)
    linux.die_with(parent)
    if sys.platform == "linux":
        resource.setrlimit(resource.RLIMIT_DATA, (MEMORY_MOST, MEMORY_MOST))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a core file would hold the patient's pixels
