"""How many jobs a worker may take: enough that it never waits, not so many that another worker does."""

import math

BATCH = 10  # what SQS gives at once
HOLD_SECONDS = 2.0  # work at hand; the next batch is fetched long before it is done
MOST = 30  # jobs waiting here, however short
SLACK_SECONDS = 0.5  # by which a job may exceed the estimate: less is the usual difference between short jobs
RISE, FALL = 0.5, 0.2  # one long job makes it careful at once, several short ones make it bold


class Prefetch:
    """The running estimate of seconds per job, from the declared one to what is measured."""

    def __init__(self, typical_seconds: float) -> None:
        self.seconds = typical_seconds

    def measured(self, seconds: float) -> None:
        """Take one more job's computing time into account."""
        self.seconds += (RISE if seconds > self.seconds else FALL) * (seconds - self.seconds)

    def overruns(self, elapsed: float | None) -> bool:
        """Return whether a job that began `elapsed` seconds ago takes longer than estimated."""
        return elapsed is not None and elapsed > self.seconds + SLACK_SECONDS

    def room(self, waiting: int, elapsed: float | None) -> int:
        """Return how many jobs to receive now, 0 to 10.

        `waiting` jobs are here and not begun; the running one, if any, began `elapsed` seconds ago.
        """
        if waiting > MOST - BATCH or self.overruns(elapsed):
            return 0
        seconds = max(self.seconds, 1e-3)
        ahead = waiting * seconds + (0.0 if elapsed is None else max(0.0, seconds - elapsed))
        return max(0, min(BATCH, math.ceil((HOLD_SECONDS - ahead) / seconds)))
