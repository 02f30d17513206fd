"""Whatever a file holds, the worker's child says what is wrong with it, and lives."""

import multiprocessing
import os
import resource
import tempfile
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from imaging import Image
from runtime.worker.child import answers
from runtime.worker.child.messages import Computation, Done, Reply
from tests.fuzz.conftest import bounded
from tests.fuzz.mutations import damaged

SECONDS = 60.0  # after which a computation hangs
BYTES = 2 << 30
REFUSED = {"input_unreadable", "input_unsupported", "out_of_memory"}


def same(image: Image) -> Image:
    """Return the image."""
    return image


def settle() -> None:
    """Bound the memory of a process, and keep the codecs quiet."""
    resource.setrlimit(resource.RLIMIT_DATA, (BYTES, BYTES))
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)


def compute(content: bytes, needs: Any) -> Reply:
    """Run a computation on two copies of a file, as a child does."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = folder / "0.dcm"
        path.write_bytes(content)
        ends = multiprocessing.Pipe()  # both, or the other is closed
        child = answers.Child(ends[0], same, needs)
        try:
            return child.answer(Computation((path,), {}, ("preview", "mosaic", "values"), folder / "job"))
        finally:
            for end in ends:
                end.close()
            tempfile.tempdir = None
            os.environ.pop("TMPDIR", None)


class Child:
    """A process that computes, a new one if it died."""

    def __init__(self) -> None:
        self._pool: ProcessPoolExecutor | None = None

    def compute(self, content: bytes, needs: Any) -> Reply | str:
        """Return what the process says, or how it died."""
        if self._pool is None:
            self._pool = ProcessPoolExecutor(1, multiprocessing.get_context("spawn"), settle)
        try:
            return self._pool.submit(compute, content, needs).result(SECONDS)
        except BrokenProcessPool as error:
            self.close()
            return str(error)

    def peak_mib(self) -> int:
        """Return the most memory that the process had."""
        processes: Any = self._pool and self._pool._processes
        return max((_peak_mib(each) for each in processes or ()), default=0)

    def close(self) -> None:
        """End the process."""
        if self._pool is not None:
            self._pool.shutdown()
            self._pool = None


def _peak_mib(process: int) -> int:
    lines = Path(f"/proc/{process}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) >> 10


@pytest.fixture(scope="module")
def child() -> Iterator[Child]:
    """One process that computes."""
    found = Child()
    yield found
    found.close()


@given(damaged())
@bounded(100)
def test_a_damaged_file_is_computed_or_refused(child: Child, drawn: tuple[str, bytes]) -> None:
    needs = ("regular", "resampled", "any")[len(drawn[1]) % 3]
    reply = child.compute(drawn[1], needs)
    assert isinstance(reply, Done) or getattr(reply, "code", "") in REFUSED, (drawn[0], reply)
