"""Tracks which dependencies of jobs fail now (SQS, DynamoDB, S3, SNS, the archive), and repeats failing calls."""

import random
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from runtime.errors import PermanentError
from runtime.worker import log
from runtime.worker.aws.trouble import Trouble, trouble

T = TypeVar("T")
# What refuses single statements while DynamoDB answers the calls in which they are.
JOBS_TABLE = "the jobs table"
FIRST_SECONDS = 0.5
LONGEST_SECONDS = 120.0
LOOK_SECONDS = 0.5  # between two checks of a waiting call whether its job is still wanted
PROBE_SECONDS = 10.0  # the longest time between two jobs that probe a failing dependency
LEAST_FAILURES = 3  # before a worker calls itself sick
LASTING_SHARE = 1 / 15  # of the patience with an outage, for a failure that does not look like one


def pause(tries: int) -> float:
    """Return the seconds before the next try: random, below a bound that doubles, so that tries spread out."""
    return random.uniform(0.0, min(LONGEST_SECONDS, FIRST_SECONDS * 2 ** min(tries, 20)))  # noqa: S311 - no secret


@dataclass(slots=True)
class Outage:
    """The outage of a dependency: since when, how many failures, how many calls wait for its end, when to probe it."""

    since: float
    tries: int = 0
    waiting: int = 0
    probe_at: float = 0.0
    announced: bool = False

    def rest(self, now: float) -> None:
        """Put off the next probe for a while."""
        self.probe_at = now + min(PROBE_SECONDS, pause(self.tries))


class Dependencies:
    """The failing dependencies of a worker. Each call for a job goes through `call`; the receiver asks `may_receive`.

    A call that fails for a while is repeated as long as its job is wanted. After a failure that will not pass, the job
    is given back, and one job at a time is received to probe the dependency. `sick` is called with the reason if a
    dependency has failed for `patience_seconds` without a success (for a fifteenth of that if it is missing or denied
    instead of out of order): another worker may do better. All threads share it.
    """

    def __init__(self, patience_seconds: float, sick: Callable[[str], None]) -> None:
        self._patience = patience_seconds
        self._sick = sick
        self._outages: dict[str, Outage] = {}
        self._changed = threading.Condition()
        self._closed = False

    def call(self, name: str, action: Callable[[], T], wanted: Callable[[], bool], most: int | None = None) -> T:
        """Repeat `action` until it returns, and return its answer.

        Raises the action's last error if that will not pass, if the answer is no longer wanted, after `most` tries, or
        if the worker ends. A call with `most` is of a side channel, whose outage keeps no job from anything: it is not
        tracked.
        """
        tries = 0
        while True:
            try:
                answer = action()
            except Exception as error:
                kind = self.failed(name, error) if most is None else trouble(error)
                if isinstance(error, PermanentError):  # the dependency works: it has said what is wrong with the job
                    self.works(name)
                tries += 1
                if kind is not Trouble.PASSING or tries == most or not self._wait(name, tries, wanted):
                    raise
            else:
                self.works(name)
                return answer

    def may_receive(self) -> int | None:
        """Return how many jobs may be received now: None for no bound, 0 for none, 1 to probe a dependency."""
        with self._changed:
            outages = [each for each in self._outages.values() if each.announced]
            if not outages:
                return None
            now = time.monotonic()
            if any(each.waiting or now < each.probe_at for each in outages):
                return 0
            for each in outages:
                each.rest(now)
            return 1

    def failed(self, name: str, error: Exception) -> Trouble:
        """Note that a call failed, unless the job or the program is to blame; return what the failure means."""
        kind = trouble(error)
        if kind is not Trouble.OWN:
            self._fails(name, f"{type(error).__name__}: {error}", kind)
        return kind

    def refused(self, name: str, reason: str) -> None:
        """Note that a dependency refused what a job needs, in an answer to a call that did not fail as a whole."""
        self._fails(name, reason, Trouble.LASTING)

    def works(self, name: str) -> None:
        """Note that a dependency has answered."""
        if name not in self._outages:
            return
        with self._changed:
            outage = self._outages.pop(name, None)
            self._changed.notify_all()
        if outage is not None and outage.announced:
            log.line("dependency_recovered", dependency=name, seconds=round(time.monotonic() - outage.since, 1))

    def close(self) -> None:
        """Let every waiting call raise its last error."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()

    def _fails(self, name: str, reason: str, kind: Trouble) -> None:
        now = time.monotonic()
        with self._changed:
            outage = self._outages.setdefault(name, Outage(now))
            outage.tries += 1
            outage.rest(now)
            # A single failure is not logged; an outage is logged once, until the dependency works again.
            announce = not outage.announced and (outage.tries > 1 or kind is Trouble.LASTING)
            outage.announced |= announce
            patience = self._patience * (LASTING_SHARE if kind is Trouble.LASTING else 1)
            sick = outage.tries >= LEAST_FAILURES and now - outage.since > patience and not self._closed
        if announce:
            log.line("dependency_failing", dependency=name, error=reason)
        if sick:
            self._sick(f"{name} has failed for {now - outage.since:.0f} s; {reason}")

    def _wait(self, name: str, tries: int, wanted: Callable[[], bool]) -> bool:
        """Wait before the next try, or until another call succeeds; return whether to try again."""
        end = time.monotonic() + pause(tries)
        with self._changed:
            outage = self._outages.get(name)
            if outage is not None:
                outage.waiting += 1
            while (left := end - time.monotonic()) > 0 and not self._closed and wanted():
                if self._outages.get(name) is not outage:
                    break  # it has answered another call
                self._changed.wait(min(LOOK_SECONDS, left))
            if outage is not None:
                outage.waiting -= 1
            return not self._closed and wanted()
