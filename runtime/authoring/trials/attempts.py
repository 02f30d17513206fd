"""What computes requests in processes of its own, as far as those who ask for it know: `Trials`."""

from collections.abc import Sequence
from typing import Protocol

from runtime.authoring.observation.reach import Reach
from runtime.authoring.trials.trial import Request, Trial


class Attempts(Protocol):
    """Computes one request after another."""

    def attempt_all(self, requests: Sequence[Request]) -> Sequence[Trial]:
        """Return what came of each."""
        ...


class WatchedImport(Attempts, Protocol):
    """Computes, and has seen the import of the algorithm's module."""

    def heavy_imports(self) -> tuple[str, ...]:
        """Return the heavy modules that it imported."""
        ...

    def import_reach(self) -> Reach:
        """Return what it wrote and called outside of its process."""
        ...
