"""What is done once before the first job, in the process from which jobs are forked: weights, and `prepare`."""

import contextlib
import gc
import inspect
import resource
import sys
import threading
import time
import traceback
from collections.abc import Callable, Generator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from algorithms.declaration import Algorithm
from algorithms.errors import WeightsError
from runtime import procfs
from runtime.worker.child.fork import isolation
from runtime.worker.child.fork.isolation import LEAST_MIB, MIB


@dataclass(frozen=True, slots=True)
class Preparation:
    """How long it took, and the memory that every job has from the start because of it."""

    seconds: float = 0.0
    allocated_bytes: int = 0


class PreparationError(Exception):
    """It failed, so no job may run; `trace` is the author's own traceback, if their code raised."""

    def __init__(self, message: str, trace: str = "") -> None:
        super().__init__(message)
        self.trace = trace


# What came of it in this process or in the one that it was forked from.
_made: dict[Algorithm, Preparation | PreparationError] = {}


def made(algorithm: Algorithm) -> Preparation:
    """Return what came of the preparation, which is done here unless it was done before. Raises PreparationError."""
    if algorithm not in _made:
        try:
            _made[algorithm] = _prepare(algorithm)
        except PreparationError as error:
            _made[algorithm] = error
    done = _made[algorithm]
    if isinstance(done, PreparationError):
        raise PreparationError(str(done), done.trace)
    return done


def job_bytes(algorithm: Algorithm) -> int:
    """Return how much a job may allocate beside what was prepared. Raises PreparationError."""
    return isolation.budget(algorithm.resources.memory_mib) - made(algorithm).allocated_bytes


def _prepare(algorithm: Algorithm) -> Preparation:
    started, before = time.monotonic(), procfs.allocated_bytes()
    try:
        for each in algorithm.weights:
            each.check()
    except (WeightsError, OSError) as error:
        raise PreparationError(str(error)) from error
    if algorithm.prepare is None:
        return Preparation(time.monotonic() - started) if algorithm.weights else Preparation()
    room = isolation.budget(algorithm.resources.memory_mib) - LEAST_MIB * MIB
    threads = set(threading.enumerate())
    with _at_most(before + room):
        _call(algorithm.prepare, room, algorithm.resources.memory_mib)
    name = _name(algorithm.prepare)
    if left := [each.name for each in threading.enumerate() if each not in threads]:
        raise PreparationError(f"{name} left a thread running ({left[0]}), which no job would have: end it there")
    gc.collect()
    gc.freeze()  # a collection in a job would otherwise write to all of it, and so copy it
    return Preparation(time.monotonic() - started, max(0, procfs.allocated_bytes() - before))


def _call(prepare: Callable[[], Any], room: int, memory_mib: int) -> None:
    try:
        prepare()
    except MemoryError as error:
        message = f"{_name(prepare)} needs more than the {room // MIB} MiB that memory_mib={memory_mib} leaves it"
        raise PreparationError(message) from error
    except (Exception, SystemExit) as error:
        reason = f"{_name(prepare)} raised {type(error).__name__}: {error} ({_where(error, prepare)})"
        raise PreparationError(reason, _own(error)) from error


@contextlib.contextmanager
def _at_most(allocated_bytes: int) -> Generator[None]:
    """Limit the memory of the calling process for a while."""
    if sys.platform != "linux":
        yield
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_DATA)
    resource.setrlimit(resource.RLIMIT_DATA, (allocated_bytes, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_DATA, (soft, hard))


def _name(prepare: Callable[[], Any]) -> str:
    return str(getattr(prepare, "__name__", type(prepare).__name__))


def _where(error: BaseException, prepare: Callable[[], Any]) -> str:
    code = getattr(inspect.unwrap(prepare), "__code__", None)
    frames = traceback.extract_tb(error.__traceback__)
    own = [each for each in frames if code is not None and each.filename == code.co_filename] or frames
    return f"{Path(own[-1].filename).name}, line {own[-1].lineno}"


def _own(error: BaseException) -> str:
    trace = error.__traceback__
    return "".join(traceback.format_exception(error.with_traceback(trace.tb_next if trace is not None else None)))
