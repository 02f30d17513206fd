"""Decoding in processes of its own: off the event loop, on every core, and a codec's crash costs one call."""

import asyncio
import os
import resource
from collections.abc import Callable
from concurrent.futures.process import BrokenProcessPool
from typing import Any, ParamSpec, TypeVar

from runtime.errors import PermanentError
from runtime.pacs.decoding.process import Decoder, start
from runtime.pacs.http.problems import PacsProblem

P = ParamSpec("P")
T = TypeVar("T")

WAITING_MOST = 64  # calls; beyond these, a 503 is better than a long wait
SECONDS_MOST = 30.0  # that one call may take, once its process has started
START_SECONDS = 180.0  # that a process may take to start, on a machine that is busy with other things
ABANDONED_SECONDS = 2.0  # that a call may go on after its caller has gone; starting a new process takes as long


def _ended(call: "asyncio.Future[Any]") -> None:
    """Take the error of a call that nobody waits for any more: asyncio would log it as one that was forgotten."""
    if not call.cancelled():
        call.exception()


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
        memory: int = resource.RLIM_INFINITY,
    ) -> None:
        self._size = size
        self._prepare = prepare
        self._memory = memory
        self.startable = True  # whether the last process that was to start did so
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
            self._idle.append(start(self._prepare, self._memory))

    async def run(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a module-level function in a decoding process.

        Raises PermanentError: `input_unreadable` if the process died, `input_unsupported` if it took too long or too
        much memory. Raises PacsProblem (`unavailable`) if the process does not start. A call that is cancelled may end
        soon, so that its process can be kept; otherwise the process is killed.
        """
        decoder = await self._living()
        healthy = False
        try:
            call = asyncio.wrap_future(decoder.executor.submit(function, *args, **kwargs))
            call.add_done_callback(_ended)
            try:
                await asyncio.wait({call}, timeout=self.seconds)
            except asyncio.CancelledError:
                await asyncio.wait({call}, timeout=ABANDONED_SECONDS)
                healthy = call.done() and isinstance(call.exception(), PermanentError | None)
                raise
            if not call.done():
                raise TimeoutError
            result = call.result()
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
                decoder.end()

    def close(self) -> None:
        """End the processes, those too that are still starting: they keep nothing."""
        while self._idle:
            self._idle.pop().end()

    async def _living(self) -> Decoder:
        """Return a process that takes calls; one that died while it was idle is no call's fault."""
        while self._idle:
            decoder = self._idle.pop()
            if not decoder.has_died:
                break
            decoder.end()
        else:
            decoder = start(self._prepare, self._memory)
        try:
            await self._started(decoder)
        except BaseException:
            decoder.end()
            raise
        return decoder

    async def _started(self, decoder: Decoder) -> None:
        """Wait until a process has started; this does not count as the call's time."""
        try:
            await asyncio.wait_for(asyncio.wrap_future(decoder.ready), START_SECONDS)
            self.startable = True
        except (TimeoutError, BrokenProcessPool, OSError) as error:
            self.startable = False
            raise PacsProblem("unavailable", "No decoding process could be started; try again in a moment.") from error
