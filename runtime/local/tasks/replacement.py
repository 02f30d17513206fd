"""What another thread asks the supervisor for: tasks that load their code anew."""

from collections.abc import Callable, Iterable
from concurrent.futures import Future
from dataclasses import dataclass, field

from runtime.local.tasks.task import Container, Task


@dataclass(frozen=True, slots=True)
class Replaced:
    """The tasks that were told to stop and may still run, and those in their place."""

    old: list[Task]
    new: list[Task]


@dataclass(frozen=True, slots=True)
class Replacement:
    """Which tasks are to be replaced: those of the chosen containers that were started before a time.

    `before` is a time of the monotonic clock.
    """

    chosen: Callable[[Container], bool]
    before: float
    done: "Future[Replaced]" = field(default_factory=lambda: Future[Replaced]())

    def outdated(self, tasks: Iterable[Task]) -> list[Task]:
        """Return those of the tasks that are to go."""
        return [task for task in tasks if self.chosen(task.container) and task.started < self.before]

    def finish(self, running: Iterable[Task], leaving: Iterable[Task]) -> None:
        """Answer who waits for it."""
        old, new = ([task for task in tasks if self.chosen(task.container)] for tasks in (leaving, running))
        self.done.set_result(Replaced(old, new))
