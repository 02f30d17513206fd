"""Trials in processes that are forked from the tests' own."""

from collections.abc import Sequence

from algorithms.registered import Registered
from runtime.authoring.observation.reach import Reach
from runtime.authoring.trials.trial import Request, Trial, attempt_all
from runtime.worker.child import main
from runtime.worker.child.fork import preload


class Here:
    """Forks from this process, which is quicker than loading each bad algorithm into one of its own."""

    def __init__(self, registered: Registered) -> None:
        self.registered = registered
        preload.perform(main.NUMERIC)  # else each child would load it

    def heavy_imports(self) -> tuple[str, ...]:
        return self.registered.heavy_imports

    def import_reach(self) -> Reach:
        return Reach()

    def attempt_all(self, requests: Sequence[Request]) -> list[Trial]:
        return attempt_all(self.registered, requests)
