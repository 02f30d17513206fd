"""Decides how many jobs a worker receives: enough to stay busy, none that another worker could begin sooner."""

import math

BATCH = 10  # the most messages that SQS gives at once
HOLD_SECONDS = 2.0  # how much work a worker holds; the next batch comes long before it is done
MOST = 30  # jobs that wait in a worker at most, however short
SLACK_SECONDS = 0.5  # by which a job may exceed the estimate: short jobs usually differ by less
RISE, FALL = 0.5, 0.2  # one long job raises the estimate at once, several short ones lower it


class Prefetch:
    """The estimate of seconds per job: it starts at the declared value and follows the measured ones."""

    def __init__(self, typical_seconds: float) -> None:
        self.seconds = typical_seconds

    def measured(self, seconds: float) -> None:
        """Adjust the estimate to one more job's computing time."""
        self.seconds += (RISE if seconds > self.seconds else FALL) * (seconds - self.seconds)

    def overruns(self, elapsed: float | None) -> bool:
        """Return whether a job that began `elapsed` seconds ago takes longer than estimated."""
        return elapsed is not None and elapsed > self.seconds + SLACK_SECONDS

    def room(self, waiting: int, elapsed: float | None) -> int:
        """Return how many jobs to receive now, 0 to 10.

        `waiting` jobs are held and have not begun; the running one, if any, began `elapsed` seconds ago.
        """
        if waiting > MOST - BATCH or self.overruns(elapsed):
            return 0
        seconds = max(self.seconds, 1e-3)
        ahead = waiting * seconds + (0.0 if elapsed is None else max(0.0, seconds - elapsed))
        return max(0, min(BATCH, math.ceil((HOLD_SECONDS - ahead) / seconds)))
