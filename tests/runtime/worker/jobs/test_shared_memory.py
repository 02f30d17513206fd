"""In a task, shared memory that a job has left goes with it, and what was there before it stays."""

import ctypes
import os
import sys
import uuid

import pytest

from runtime.worker import stop_signals
from runtime.worker.jobs import shared_memory

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="shared memory has names in Linux's file system")
PAGE = 4096
PRIVATE, MINE = 0, 0o600  # IPC_PRIVATE makes a segment of its own


def left_behind() -> set[str | int]:
    """Leave a segment of each kind behind, and a folder as joblib makes them; return them."""
    before = shared_memory.found()
    name = f"test-{uuid.uuid4().hex}"
    (shared_memory.POSIX / name).write_bytes(b"x")
    ctypes.CDLL(None).shmget(PRIVATE, PAGE, MINE)
    folder = shared_memory.POSIX / f"{name}-of-joblib"
    folder.mkdir()
    (folder / "0.pkl").write_bytes(b"x")
    return shared_memory.found() - before


def test_what_a_job_leaves_goes_and_what_was_there_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    prepared = left_behind()
    before = shared_memory.found()
    left = left_behind()
    shared_memory.remove(before)
    assert left <= shared_memory.found(), "others have the same user here"
    monkeypatch.setattr(stop_signals, "FIRST", os.getpid())  # as in a task
    shared_memory.remove(before)
    assert len(left) == 3 and not left & shared_memory.found() and prepared <= shared_memory.found()
    shared_memory.remove(before - prepared)
    assert not prepared & shared_memory.found()
