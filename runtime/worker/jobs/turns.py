"""Whose turn it is of an algorithm's two queues: jobs within their clients' shares come before those beyond."""

import math
import time

# A long poll that has lasted so long has found its queue empty: SQS answers at once if there is a message.
QUIET_SECONDS = 0.3
# A look at the requests queue counts for so long: a job beyond a share begins after a look that is not older.
FRESH_SECONDS = 0.25
# A running job that ends within this time by the estimate is as good as done: the look is then no pause between jobs.
SOON_SECONDS = 0.1
# Of jobs that take longer than this, the pause is a small part, and they may go on long after their estimate, while
# what the look has brought would wait for them alone: the look comes when they have ended.
SHORT_SECONDS = 0.5
# A look that SQS does not answer within this time is not waited for.
PATIENCE_SECONDS = 1.0
# After so many receives with jobs of the requests queue one job of the overflow queue takes its turn among them.
EVERY = 10


class Turns:
    """What the worker knows of the requests queue. It has no lock: `HeldJobs`, which asks it, has one."""

    def __init__(self) -> None:
        self._polling_since: float | None = None
        self._looked_at = -math.inf
        self._empty = False
        self._asked_at: float | None = None
        self._in_a_row = 0

    def begin_poll(self) -> None:
        """Note that a long poll of the requests queue begins."""
        self._polling_since = time.monotonic()

    def ask(self) -> None:
        """Ask for a look at the requests queue: a job that yields waits for it."""
        if self._asked_at is None:
            self._asked_at = time.monotonic()

    @property
    def is_asked(self) -> bool:
        """Whether a look at the requests queue is waited for."""
        return self._asked_at is not None

    def looked(self, messages: int | None) -> None:
        """Note what a receive from the requests queue gave; None if SQS could not be asked."""
        self._polling_since = self._asked_at = None
        self._looked_at = time.monotonic()
        if messages is not None:
            self._empty = messages == 0
            self._in_a_row = self._in_a_row + 1 if messages else 0

    def overflow_received(self) -> None:
        """Note that the overflow queue was received from."""
        self._in_a_row = 0

    @property
    def is_fresh(self) -> bool:
        """Whether a job that came to the requests queue would be known: it is polled, or was looked at just now."""
        now = time.monotonic()
        in_vain = self._asked_at is not None and now - self._asked_at > PATIENCE_SECONDS
        return self._polling_since is not None or now - self._looked_at < FRESH_SECONDS or in_vain

    @property
    def is_empty(self) -> bool:
        """Whether the requests queue has no job for this worker."""
        if self._polling_since is not None:
            return time.monotonic() - self._polling_since > QUIET_SECONDS
        return self._empty

    @property
    def is_overdue(self) -> bool:
        """Whether the overflow queue has its turn though the requests queue has jobs: nothing starves for ever."""
        return self._in_a_row >= EVERY
