"""A job that this worker holds: its message, its stage, and why it must stop, if it must."""

import threading
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum, auto
from pathlib import Path
from typing import Any, NamedTuple

from runtime.contracts.models import JobMessage
from runtime.worker.jobs import folders
from runtime.worker.jobs.fetched import Fetched


class Stage(Enum):
    """How far a job is in this worker."""

    PREPARING = auto()
    READY = auto()
    COMPUTING = auto()
    COMMITTING = auto()


WAITING = (Stage.PREPARING, Stage.READY)


class Stop(Enum):
    """Why a job must not be worked on any more."""

    CANCELLED = "cancelled"  # by its client: its end is "cancelled"
    LOST = "lost"  # the lease is gone: another worker has it
    RELEASED = "released"  # given back to the queue
    ENDED = "ended"  # another process has ended it


class Receipt(NamedTuple):
    """What SQS gave with a message, to renew its lease or delete it; and whether the overflow queue gave it."""

    handle: str
    overflow: bool = False


def now_ms() -> int:
    """Return the milliseconds since the epoch."""
    return time.time_ns() // 1_000_000


@dataclass(eq=False, slots=True)
class HeldJob:
    """A received job. `lease_until` is on the monotonic clock; the computing thread writes `progress`.

    `attempts` counts its attempts, this one included; `attempt` names the one that this worker may begin. The job is
    `begun` once that name is on its way to the table, and `owned` once the table has it. A `suspect` began before and
    never ended: it may have killed a worker. A job that `yields` is beyond its client's share: those that do not begin
    before it. A job is `returning` while one thread gives it back.
    """

    message: JobMessage
    receipt: Receipt
    group: str
    receive_count: int
    lease_until: float
    hops: dict[str, int]
    attempts: int = 0
    attempt: str = field(default_factory=lambda: uuid.uuid4().hex)
    begun: bool = False
    owned: bool = False
    suspect: bool = False
    yields: bool = False
    returning: bool = False
    received_at: float = field(default_factory=time.monotonic)
    stage: Stage = Stage.PREPARING
    stop: Stop | None = None
    parameters: dict[str, Any] = field(default_factory=dict[str, Any])
    paths: tuple[Path, ...] = ()
    inputs: dict[str, tuple[Fetched, ...]] = field(default_factory=dict[str, tuple[Fetched, ...]])
    folder: Path | None = None
    progress: float | None = None
    computing_since: float | None = None
    _closers: list[Callable[[], None]] = field(default_factory=list[Callable[[], None]])
    _closed: bool = False
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def job_id(self) -> str:
        """The job's id."""
        return self.message.job_id

    def mark(self, hop: str) -> None:
        """Note that the job is at `hop` now."""
        self.hops[hop] = now_ms()

    @property
    def is_here(self) -> bool:
        """Whether this worker still has the job: neither given back nor lost, though perhaps cancelled."""
        return self.stop in (None, Stop.CANCELLED)

    def is_ours(self) -> bool:
        """Whether this worker may commit the job's end: the lease runs, and no other worker has the job."""
        return self.is_here and time.monotonic() < self.lease_until

    def on_close(self, closer: Callable[[], None]) -> None:
        """Call `closer` when the job leaves this worker; at once if it already has."""
        with self._lock:
            if not self._closed:
                self._closers.append(closer)
                return
        closer()

    def close(self) -> None:
        """Free what the job holds: its input, and the folder of its outputs."""
        with self._lock:
            self._closed = True
            closers, self._closers = self._closers, []
        for closer in closers:
            closer()
        if self.folder is not None:
            folders.remove(self.folder)
