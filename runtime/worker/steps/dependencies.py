"""What jobs depend on (SQS, DynamoDB, S3, SNS, the archive), which of it fails now, and the patience with it."""

import random
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from runtime.worker import log
from runtime.worker.aws.trouble import Trouble, trouble

T = TypeVar("T")
FIRST_SECONDS = 0.5
LONGEST_SECONDS = 120.0
LOOK_SECONDS = 0.5  # how often a call that waits looks whether its job is still wanted
PROBE_SECONDS = 10.0  # from one job that probes what failed to the next, at most
LEAST_FAILURES = 3  # before a worker calls itself sick
LASTING_SHARE = 1 / 15  # of the patience with an outage, for what does not look like one


def pause(tries: int) -> float:
    """Return the seconds before the next try: anything up to a bound that doubles, so that tries spread out."""
    return random.uniform(0.0, min(LONGEST_SECONDS, FIRST_SECONDS * 2 ** min(tries, 20)))  # noqa: S311 - no secret


@dataclass(slots=True)
class Failing:
    """A dependency that fails: since when, how often in a row, how many calls wait for it, when to probe it."""

    since: float
    tries: int = 0
    waiting: int = 0
    probe_at: float = 0.0
    announced: bool = False

    def rest(self, now: float) -> None:
        """Let no job probe it for a while."""
        self.probe_at = now + min(PROBE_SECONDS, pause(self.tries))


class Dependencies:
    """Shared by all threads: each call of a job goes through `call`, the receiver asks `may_receive`.

    A passing failure is retried in place, for as long as the job is wanted. After a failure that will not pass the
    job is given back, and one job at a time is received to see whether it is over. `sick` is called once with the
    reason if a dependency has failed for `patience_seconds` without a success (a fifteenth of that if it is missing
    or refused rather than out of order): then another worker is better off with the jobs.
    """

    def __init__(self, patience_seconds: float, sick: Callable[[str], None]) -> None:
        self._patience = patience_seconds
        self._sick = sick
        self._failing: dict[str, Failing] = {}
        self._changed = threading.Condition()
        self._closed = False

    def call(self, name: str, action: Callable[[], T], wanted: Callable[[], bool], most: int | None = None) -> T:
        """Return what `action` returns, tried again until it does.

        Raises what it raised last if that will not pass, nobody wants its answer any more, it was tried `most` times,
        or the worker ends.
        """
        tries = 0
        while True:
            try:
                answer = action()
            except Exception as error:
                kind = self.failed(name, error)
                tries += 1
                if kind is not Trouble.PASSING or tries == most or not self._wait(name, tries, wanted):
                    raise
            else:
                self.works(name)
                return answer

    def may_receive(self) -> int | None:
        """Return how many jobs may be received now: None for no bound, 0 for none, 1 to probe what failed."""
        with self._changed:
            failing = [each for each in self._failing.values() if each.announced]
            if not failing:
                return None
            now = time.monotonic()
            if any(each.waiting or now < each.probe_at for each in failing):
                return 0
            for each in failing:
                each.rest(now)
            return 1

    def failed(self, name: str, error: Exception) -> Trouble:
        """Note that a call failed, unless its own arguments are to blame; return what the failure means."""
        kind = trouble(error)
        if kind is not Trouble.OWN:
            self._fails(name, f"{type(error).__name__}: {error}", kind)
        return kind

    def refused(self, name: str, reason: str) -> None:
        """Note that a dependency has refused what a job needs, in an answer that is no error of the whole call."""
        self._fails(name, reason, Trouble.LASTING)

    def works(self, name: str) -> None:
        """Note that a dependency has answered."""
        if name not in self._failing:
            return
        with self._changed:
            failing = self._failing.pop(name, None)
            self._changed.notify_all()
        if failing is not None and failing.announced:
            log.line("dependency_recovered", dependency=name, seconds=round(time.monotonic() - failing.since, 1))

    def close(self) -> None:
        """Let every call that waits raise what it met."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()

    def _fails(self, name: str, reason: str, kind: Trouble) -> None:
        now = time.monotonic()
        with self._changed:
            failing = self._failing.setdefault(name, Failing(now))
            failing.tries += 1
            failing.rest(now)
            # A single call that fails is no news; said once, until it works again.
            announce = not failing.announced and (failing.tries > 1 or kind is Trouble.LASTING)
            failing.announced |= announce
            patience = self._patience * (LASTING_SHARE if kind is Trouble.LASTING else 1)
            sick = failing.tries >= LEAST_FAILURES and now - failing.since > patience and not self._closed
        if announce:
            log.line("dependency_failing", dependency=name, error=reason)
        if sick:
            self._sick(f"{name} has failed for {now - failing.since:.0f} s; {reason}")

    def _wait(self, name: str, tries: int, wanted: Callable[[], bool]) -> bool:
        """Wait before the next try, less if another call works meanwhile; return whether to try at all."""
        end = time.monotonic() + pause(tries)
        with self._changed:
            failing = self._failing.get(name)
            if failing is not None:
                failing.waiting += 1
            while (left := end - time.monotonic()) > 0 and not self._closed and wanted():
                if self._failing.get(name) is not failing:
                    break  # it has answered somebody
                self._changed.wait(min(LOOK_SECONDS, left))
            if failing is not None:
                failing.waiting -= 1
            return not self._closed and wanted()
