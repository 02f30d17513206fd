"""Fetched inputs: each in a folder of its own, shared by the jobs that were waiting for the same one."""

import errno
import shutil
import tempfile
import threading
import time
from concurrent.futures import Future
from dataclasses import dataclass, field
from pathlib import Path

from runtime.archive import Archive
from runtime.contracts.models import InputReference
from runtime.errors import PermanentError
from runtime.worker.jobs.held_job import now_ms

KEEP = 4  # inputs that are kept though no job uses them
KEEP_SECONDS = 30.0
RESERVE_BYTES = 64 << 20  # of the disk, for what a job writes


@dataclass(eq=False, slots=True)
class Fetched:
    """An input on disk, or on its way there. `asked_at` is when its download began, in ms since the epoch."""

    reference: InputReference
    folder: Path
    asked_at: int
    paths: Future[tuple[Path, ...]] = field(default_factory=Future[tuple[Path, ...]])
    users: int = 0
    last_used: float = 0.0


class Inputs:
    """Shared by the preparing threads."""

    def __init__(self, archive: Archive, folder: Path, memory_bytes: int) -> None:
        self._archive = archive
        self._folder = folder
        self._memory_bytes = memory_bytes
        self._lock = threading.Lock()
        self._kept: list[Fetched] = []

    def fetch(self, reference: InputReference, accepted_at: int) -> Fetched:
        """Return the input of a job, downloaded; `release` it later. Raises as `Archive.fetch` does.

        An input that has no room in the memory of a job, or on the disk, is a PermanentError, too; it is an OSError if
        there is no room on the disk now.
        """
        with self._lock:
            # What was read before the job was accepted may lack images that its client stored since.
            fetched = next((f for f in self._kept if f.reference == reference and f.asked_at > accepted_at), None)
            mine = fetched is None
            if fetched is None:
                fetched = Fetched(reference, Path(tempfile.mkdtemp(prefix="input-", dir=self._folder)), now_ms())
                self._kept.append(fetched)
            fetched.users += 1
        if mine:
            try:
                fetched.paths.set_result(tuple(self._archive.fetch(reference, fetched.folder, self._admit)))
            except Exception as error:
                with self._lock:
                    self._kept.remove(fetched)
                fetched.paths.set_exception(error)
        try:
            fetched.paths.result()
        except Exception:
            self.release(fetched)
            raise
        return fetched

    def make_room(self) -> None:
        """Remove what no job uses."""
        with self._lock:
            idle = [each for each in self._kept if each.users == 0]
            self._kept = [each for each in self._kept if each.users]
        for each in idle:
            shutil.rmtree(each.folder, ignore_errors=True)

    def _admit(self, size: int) -> None:
        disk = shutil.disk_usage(self._folder)
        room, what = min((self._memory_bytes, "memory for a job"), (disk.total - RESERVE_BYTES, "disk"))
        if size > room:
            raise PermanentError(
                "input_unsupported", f"The input has {size >> 20} MiB, and the task has {room >> 20} MiB of {what}."
            )
        if size > disk.free - RESERVE_BYTES:
            self.make_room()
        if size > shutil.disk_usage(self._folder).free - RESERVE_BYTES:
            raise OSError(errno.ENOSPC, f"an input of {size >> 20} MiB has no room now")

    def release(self, fetched: Fetched) -> None:
        """Let a job's input go; it is kept for a while, for the next job that asks for the same."""
        with self._lock:
            fetched.users -= 1
            fetched.last_used = time.monotonic()
            idle = [each for each in self._kept if each.users == 0]
            oldest = time.monotonic() - KEEP_SECONDS
            surplus = [each for each in idle[: max(0, len(idle) - KEEP)] if each is not fetched]
            surplus += [each for each in idle if each.last_used < oldest and each not in surplus]
            for each in surplus:
                self._kept.remove(each)
            if fetched.users == 0 and fetched not in self._kept:
                surplus.append(fetched)
        for each in surplus:
            shutil.rmtree(each.folder, ignore_errors=True)
