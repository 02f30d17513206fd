"""Downloads inputs: each has a folder of its own, which the jobs that wait for the same input share.

An input is an image, a series or a study of the PACS, or an output of an earlier job.
"""

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
from runtime.worker.aws.earlier_outputs import EarlierOutputs, JobOutput
from runtime.worker.jobs.held_job import now_ms

Reference = InputReference | JobOutput
KEEP = 4  # inputs that are kept although no job uses them
KEEP_SECONDS = 30.0
RESERVE_BYTES = 64 << 20  # of the disk, for the files that a job writes


@dataclass(eq=False, slots=True)
class Download:
    """An input on disk, or on its way there. `started_at` is when its download began, in ms since the epoch."""

    reference: Reference
    folder: Path
    started_at: int
    paths: Future[tuple[Path, ...]] = field(default_factory=Future[tuple[Path, ...]])
    users: int = 0
    last_used: float = 0.0


class Inputs:
    """The inputs on this worker's disk. The preparing threads share them."""

    def __init__(self, archive: Archive, earlier: EarlierOutputs, folder: Path, memory_bytes: int) -> None:
        self._archive = archive
        self._earlier = earlier
        self._folder = folder
        self._memory_bytes = memory_bytes
        self._lock = threading.Lock()
        self._downloads: list[Download] = []

    def fetch(self, reference: Reference, accepted_at: int) -> Download:
        """Return the input of a job, downloaded; `release` it later. Raises as `Archive.fetch` and
        `EarlierOutputs.fetch` do.

        Jobs on the volumes of one series share its files: only their headers say which of them a volume has.
        An input that is larger than a job's memory, or than the disk, is a PermanentError too; one for which the disk
        has no room now is an OSError. Of a series that a volume is read from, only the volume must fit into memory.
        """
        admit = self._admit
        if isinstance(reference, InputReference) and reference.volume is not None:
            reference = reference.model_copy(update={"volume": None})
            admit = self._admit_to_disk
        with self._lock:
            # A download from before the job was accepted may lack images that the client has stored since.
            known = (each for each in self._downloads if each.reference == reference)
            download = next((each for each in known if each.started_at > accepted_at), None)
            mine = download is None
            if download is None:
                download = Download(reference, Path(tempfile.mkdtemp(prefix="input-", dir=self._folder)), now_ms())
                self._downloads.append(download)
            download.users += 1
        if mine:
            try:
                source = self._earlier if isinstance(reference, JobOutput) else self._archive
                download.paths.set_result(tuple(source.fetch(reference, download.folder, admit)))  # pyright: ignore[reportArgumentType] - each has its own
            except Exception as error:
                with self._lock:
                    self._downloads.remove(download)
                download.paths.set_exception(error)
        try:
            download.paths.result()
        except Exception:
            self.release(download)
            raise
        return download

    def make_room(self) -> None:
        """Remove the inputs that no job uses."""
        with self._lock:
            idle = [each for each in self._downloads if each.users == 0]
            self._downloads = [each for each in self._downloads if each.users]
        for each in idle:
            shutil.rmtree(each.folder, ignore_errors=True)

    def _admit(self, size: int) -> None:
        _check_fits(size, self._memory_bytes, "memory for a job")
        self._admit_to_disk(size)

    def _admit_to_disk(self, size: int) -> None:
        disk = shutil.disk_usage(self._folder)
        _check_fits(size, disk.total - RESERVE_BYTES, "disk")
        if size > disk.free - RESERVE_BYTES:
            self.make_room()
        if size > shutil.disk_usage(self._folder).free - RESERVE_BYTES:
            raise OSError(errno.ENOSPC, f"an input of {size >> 20} MiB has no room now")

    def release(self, download: Download) -> None:
        """Note that a job no longer uses its input; it is kept for a while, for the next job with the same input."""
        with self._lock:
            download.users -= 1
            download.last_used = time.monotonic()
            idle = [each for each in self._downloads if each.users == 0]
            oldest = time.monotonic() - KEEP_SECONDS
            surplus = [each for each in idle[: max(0, len(idle) - KEEP)] if each is not download]
            surplus += [each for each in idle if each.last_used < oldest and each not in surplus]
            for each in surplus:
                self._downloads.remove(each)
            if download.users == 0 and download not in self._downloads:
                surplus.append(download)
        for each in surplus:
            shutil.rmtree(each.folder, ignore_errors=True)


def _check_fits(size: int, room: int, what: str) -> None:
    if size > room:
        raise PermanentError(
            "input_unsupported", f"The input has {size >> 20} MiB, and the task has {room >> 20} MiB of {what}."
        )
