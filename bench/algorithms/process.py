"""A process in which one candidate computes, so that its memory and its threads are its own."""

import ctypes
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from time import perf_counter
from typing import Any

OURS = "ours"
STATUS, CLEAR = Path("/proc/self/status"), Path("/proc/self/clear_refs")


class Computer:
    """One candidate in a process of its own, which computes when it is told to."""

    def __init__(self, algorithm: str, candidate: str) -> None:
        context = get_context("spawn")
        self._connection, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs, algorithm, candidate), daemon=True)
        self._process.start()
        theirs.close()

    def result(self) -> tuple[Any, float]:
        """Return what it computes, and the MiB by which its memory grew at most."""
        self._connection.send("result")
        return self._connection.recv()

    def compute(self) -> float:
        """Let it compute once more; return the seconds, without those of telling it."""
        self._connection.send("compute")
        return self._connection.recv()

    def close(self) -> None:
        """End the process."""
        self._connection.close()
        self._process.join(20)


def _serve(connection: Connection, algorithm: str, candidate: str) -> None:
    from bench.algorithms.cases import CASES

    case = CASES[algorithm]
    image = case.image()
    run = case.ours if candidate == OURS else case.others[candidate]
    run(image)  # imports, and threads that stay
    while True:
        try:
            wanted = connection.recv()
        except EOFError:
            return
        if wanted == "compute":
            start = perf_counter()
            run(image)
            connection.send(perf_counter() - start)
            continue
        ctypes.CDLL(None).malloc_trim(0)  # what is free goes back, so that its use is seen
        CLEAR.write_text("5")  # the peak begins anew
        before = _peak()
        found = run(image)
        connection.send((found, _peak() - before))


def _peak() -> float:
    """Return the largest resident memory so far, in MiB (Linux)."""
    (line,) = (line for line in STATUS.read_text().splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1024
