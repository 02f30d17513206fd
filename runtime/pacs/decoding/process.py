"""One decoding process, spawned, confined and ended."""

import multiprocessing
import os
import resource
import signal
import sys
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor
from typing import Any, NamedTuple

from runtime import linux


class Decoder(NamedTuple):
    """One process, and a future that is done once it has started."""

    executor: ProcessPoolExecutor
    ready: Future[object]

    @property
    def has_died(self) -> bool:
        """Whether it takes no more calls, perhaps since long."""
        return bool(getattr(self.executor, "_broken", False)) or any(not each.is_alive() for each in self._processes())

    def end(self) -> None:
        """Kill the process: one that hangs in a codec reacts to nothing else."""
        for process in self._processes():
            process.kill()
        self.executor.shutdown(wait=False, cancel_futures=True)

    def _processes(self) -> list[Any]:
        processes: dict[int, Any] = getattr(self.executor, "_processes", None) or {}
        return list(processes.values())


def start(prepare: Callable[[], object], memory: int) -> Decoder:
    """Start a process that calls `prepare` first and may allocate `memory` bytes.

    It is spawned rather than forked, because the calling process has threads.
    """
    context: Any = multiprocessing.get_context("spawn")
    executor = ProcessPoolExecutor(1, context, initializer=_settle, initargs=(os.getpid(), memory))
    return Decoder(executor, executor.submit(prepare))


def _settle(parent: int, memory: int) -> None:
    """Let a decoding process ignore Ctrl-C, which its parent handles, and end with its parent, even a killed one."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # Native codecs print warnings, which would break the structured log; errors come back as values.
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for descriptor in (1, 2):
        os.dup2(nowhere, descriptor)
    linux.die_with(parent)
    if sys.platform == "linux":
        resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a core file would hold the patient's pixels
