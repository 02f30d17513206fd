"""The tasks that were dismissed and may still run."""

import time
from collections.abc import Iterable

from runtime.local.tasks.task import Task

EVERY = 0.02  # seconds between two looks of who waits


class Leaving:
    """Dismissed tasks: each is told to stop, and killed once its time to stop is over. One thread uses it."""

    def __init__(self) -> None:
        self._since: list[tuple[Task, float]] = []

    @property
    def tasks(self) -> list[Task]:
        """Those that have not been forgotten yet."""
        return [task for task, _ in self._since]

    def dismiss(self, tasks: Iterable[Task]) -> None:
        """Tell tasks to stop."""
        for task in tasks:
            task.terminate()
            self._since.append((task, time.monotonic()))

    def remove_ended(self, now: float, patience: float | None = None) -> None:
        """Forget the tasks that have ended; kill those whose time, by default their containers', is over."""
        staying: list[tuple[Task, float]] = []
        for task, since in self._since:
            limit = task.container.stop_timeout if patience is None else patience
            if task.pid is not None and now - since < limit:
                staying.append((task, since))
            else:
                task.kill()
        self._since = staying

    def wait(self, patience: float) -> None:
        """Wait until all have ended; kill those that take longer than `patience` seconds."""
        while self._since:
            self.remove_ended(time.monotonic(), patience)
            time.sleep(EVERY)
