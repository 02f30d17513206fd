"""One computation as a worker's child does it: read, checked, limited, written; in a process that may die."""

import contextlib
import multiprocessing
import os
import signal
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, cast

from algorithms.registered import Registered
from runtime import linux
from runtime.authoring.confined import Request, serve
from runtime.authoring.memory import Meter
from runtime.authoring.observed import Observation
from runtime.worker.child import isolation
from runtime.worker.child.messages import Done, Failed, NoRoom, Reply

__all__ = ["Request", "Trial", "attempt"]

EVERY = 0.004  # seconds between two looks at the memory
_context = multiprocessing.get_context("fork")  # from a process that has imported what is needed, and no more


@dataclass(frozen=True, slots=True)
class Trial:
    """What came of it: the reply of a worker's child, and what the worker does not see.

    `seconds` are those of reading, computing and writing together; `peak_bytes` is the memory beyond what the process
    had at first, which the worker limits.
    """

    reply: Done | Failed | NoRoom
    parameters: Mapping[str, Any]
    seen: Observation
    seconds: float
    peak_bytes: int


def attempt(registered: Registered, request: Request) -> Trial:
    """Compute once, in a process forked from this one, within the declared memory and timeout."""
    ours, theirs = _context.Pipe()
    algorithm = registered.algorithm
    # A daemon, as the worker's child is one: such a process may not start others through multiprocessing.
    process = _context.Process(target=serve, args=(theirs, os.getpid(), registered, request), daemon=True)
    with isolation.without_secrets():
        process.start()
    theirs.close()
    started = time.perf_counter()
    meter: Meter | None = None
    answered: tuple[Reply, Mapping[str, Any], Observation] | None = None
    timeout = algorithm.resources.timeout * request.times
    try:
        while answered is None:
            if time.perf_counter() - started > timeout:
                late = f"The algorithm took longer than the {algorithm.resources.timeout:g} s that it declares."
                answered = (Failed("timed_out", late), {}, Observation())
            elif ours.poll(EVERY):
                said = ours.recv()
                if meter is None:  # the first thing it says: it is confined, and has read nothing yet
                    meter = Meter(process.pid or 0)
                    started = time.perf_counter()
                    ours.send(None)
                else:
                    answered = said
            elif meter is not None:
                meter.look()
    except (EOFError, ConnectionError):
        process.join()
        answered = (_death(process.exitcode or 0), {}, Observation())
    finally:
        seconds = time.perf_counter() - started
        if meter is not None:
            meter.end()
        _kill(process.pid or 0)
        process.join()
        ours.close()
    reply, parameters, seen = answered
    return Trial(cast("Done | Failed | NoRoom", reply), parameters, seen, seconds, meter.peak if meter else 0)


def _kill(process: int) -> None:
    others = linux.descendants(process)
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
