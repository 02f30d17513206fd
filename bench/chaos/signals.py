"""Sends signals to workers at random moments, so many of each kind as the plan says."""

import os
import random
import signal
import threading
from collections.abc import Callable
from contextlib import suppress

from bench.chaos.plan import SEED, Plan

LOOK_SECONDS = 0.1


class Signals:
    """A thread that signals one of the processes that `workers` returns; each signal waits until there is one.

    `kill` sends SIGKILL, to whatever would die with the container.
    """

    def __init__(
        self, plan: Plan, workers: Callable[[], list[int]], kill: Callable[[int, int], None] = os.kill
    ) -> None:
        self.kills = self.stops = 0
        self._plan, self._workers, self._kill = plan, workers, kill
        self._stopping = threading.Event()
        self._chance = random.Random(SEED + 2)
        self._thread = threading.Thread(target=self._run, name="signals", daemon=True)
        self._thread.start()

    @property
    def done(self) -> bool:
        """Whether all were sent."""
        return not self._thread.is_alive()

    def stop(self) -> None:
        """Send no more."""
        self._stopping.set()
        self._thread.join()

    def _run(self) -> None:
        for pause, kill in self._plan.signals():
            if self._stopping.wait(pause):
                return
            while not self._send(kill):
                if self._stopping.wait(LOOK_SECONDS):
                    return

    def _send(self, kill: bool) -> bool:
        workers = self._workers()
        if not workers:
            return False
        with suppress(ProcessLookupError):
            worker = self._chance.choice(workers)
            if kill:
                self._kill(worker, signal.SIGKILL)
            else:
                os.kill(worker, signal.SIGTERM)
            self.kills += kill
            self.stops += not kill
            return True
        return False
