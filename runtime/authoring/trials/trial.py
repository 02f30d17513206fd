"""One computation as a worker's child does it: read, checked, limited, written; in a process that may die."""

import contextlib
import multiprocessing
import os
import signal
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self, cast

from algorithms.registered import Registered
from runtime import procfs
from runtime.authoring.observation.observed import Observation
from runtime.authoring.trials import transfer
from runtime.authoring.trials.confined import Request, serve
from runtime.authoring.trials.memory import Meter
from runtime.worker.child.fork import isolation
from runtime.worker.child.fork.preparation import made
from runtime.worker.child.messages import Done, Failed, NoRoom, Reply

__all__ = ["Request", "Trial", "attempt", "attempt_all"]

EVERY = 0.004  # seconds between two looks at the memory
_context = multiprocessing.get_context("fork")  # from a process that has imported what is needed, and no more


@dataclass(frozen=True, slots=True)
class Trial:
    """What came of it: the reply of a worker's child, and what the worker does not see.

    `seconds` are those of reading, computing and writing together; `peak_bytes` is the memory which the worker limits:
    what was prepared, and what the job took beyond what the process had at first.
    """

    reply: Done | Failed | NoRoom
    parameters: Mapping[str, Any]
    seen: Observation
    seconds: float
    peak_bytes: int


def attempt(registered: Registered, request: Request) -> Trial:
    """Compute once, in a process forked from this one, within the declared memory and timeout."""
    return attempt_all(registered, [request])[0]


def attempt_all(registered: Registered, requests: Sequence[Request]) -> list[Trial]:
    """Compute one after another, in one process as long as it lives. Only the first tells its memory exactly.

    Raises PreparationError if the algorithm cannot be prepared, which is done in this process, once.
    """
    made(registered.algorithm)
    trials: list[Trial] = []
    while len(trials) < len(requests):
        with _Process(registered, requests[len(trials) :]) as process:
            while len(trials) < len(requests) and process.lives:
                trials.append(process.next())
    return trials


class _Process:
    """One process that answers requests in turn until it dies or takes too long."""

    def __init__(self, registered: Registered, requests: Sequence[Request]) -> None:
        self.lives = True
        self._timeout = registered.algorithm.resources.timeout
        self._prepared = made(registered.algorithm).allocated_bytes
        self._requests = iter(requests)
        self._connection, self._theirs = _context.Pipe()
        # A daemon, as the worker's child is one: such a process may not start others through multiprocessing.
        self._process = _context.Process(
            target=serve, args=(self._theirs, os.getpid(), registered, requests), daemon=True
        )

    def __enter__(self) -> Self:
        with isolation.without_secrets():
            self._process.start()
        self._theirs.close()
        with contextlib.suppress(EOFError, ConnectionError):
            self._connection.recv()  # it is confined, and has read nothing yet
        self._meter = Meter(self._process.pid or 0)
        return self

    def next(self) -> Trial:
        """Wait for the next answer."""
        started, timeout = time.perf_counter(), self._timeout * next(self._requests).times
        reply: Reply
        parameters: Mapping[str, Any] = {}
        seen = Observation()
        try:
            self._connection.send(None)
            while not self._connection.poll(EVERY):
                self._meter.look()
                if time.perf_counter() - started > timeout:
                    raise TimeoutError
            reply, parameters, seen = transfer.receive(self._connection)
        except TimeoutError:
            self.lives = False
            reply = Failed("timed_out", f"The algorithm took longer than the {self._timeout:g} s that it declares.")
        except (EOFError, ConnectionError):
            self.lives = False
            self._process.join()
            reply = _death(self._process.exitcode or 0)
        seconds = time.perf_counter() - started
        self._meter.end()
        peak = self._meter.peak + self._prepared
        return Trial(cast("Done | Failed | NoRoom", reply), parameters, seen, seconds, peak)

    def __exit__(self, *_: object) -> None:
        _kill(self._process.pid or 0)
        self._process.join()
        self._connection.close()


def _kill(process: int) -> None:
    others = procfs.descendants(process)
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process, signal.SIGKILL)
    for each in (process, *others):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.kill(each, signal.SIGKILL)


def _death(status: int) -> Failed:
    if status == -signal.SIGKILL:
        return Failed("out_of_memory", "The algorithm needed more memory than there is.")
    name = signal.Signals(-status).name if status < 0 else f"code {status}"
    return Failed("algorithm_crashed", f"The algorithm's process ended with {name}.")
