"""Brings a running local system to the code as it is now."""

import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Final

from runtime.contracts.variables import worker_variables
from runtime.local.cloud import DeploymentError, LocalCloud
from runtime.local.reload import declared, lines
from runtime.local.reload.bytecode import check_bytecode
from runtime.local.reload.decision import Decision, decide
from runtime.local.reload.declared import Declared, Fault
from runtime.local.reload.lines import Workers
from runtime.local.tasks.task import Container, Task

EVERY: Final = 0.05  # seconds between two looks at a worker that is to stop
# A worker logs it when it has been told to stop; from then on it gives back every job that it had not begun.
STOPPING: Final = '"event":"worker_stopping"'
STARTED, REFUSED = '"event":"worker_started"', '"event":"worker_refused"'
LOAD_SECONDS: Final = 150.0  # importing a plugin and its preparation may take 120


class Reloader:
    """Reloads one system.

    Parameters
    ----------
    cloud : the running system.
    deployed : what is declared in it.
    tell : is called with the text for a person, once for each change.
    deployed_again : is called after each deployment, whose outputs may differ.
    """

    def __init__(
        self,
        cloud: LocalCloud,
        deployed: Declared,
        *,
        tell: Callable[[str], None],
        deployed_again: Callable[[], None] = lambda: None,
    ) -> None:
        self._cloud = cloud
        self._deployed = deployed
        self._tell = tell
        self._deployed_again = deployed_again
        self._changed: set[str] = set()  # distributions that are not reloaded yet

    def apply(self, changed: Mapping[str, Iterable[Path]], since: float) -> None:
        """Reload the distributions of which these files changed before `since`, by the monotonic clock.

        On an error everything goes on as it was, and they are reloaded with the next change.
        """
        start = time.monotonic()
        self._changed |= changed.keys()
        for files in changed.values():
            check_bytecode(files)
        found = declared.now()
        if found.faults:
            self._tell(lines.refused(found.faults))
            return
        decision = decide(self._deployed, found, self._changed)
        if decision.deploy and not self._deploy():
            return
        self._deployed = found
        workers = self._replace_workers(decision, since)
        self._tell(lines.reloaded(sorted(self._changed), decision, time.monotonic() - start, workers))
        self._changed.clear()

    def _deploy(self) -> bool:
        try:
            self._cloud.deploy()
        except DeploymentError as error:
            self._tell(lines.refused([Fault(", ".join(sorted(self._changed)), "the deployment", str(error))]))
            return False
        self._deployed_again()
        return True

    def _replace_workers(self, decision: Decision, since: float) -> Workers:
        """Replace workers; wait until no old one takes another job and each new one has loaded its code."""
        supervisor = self._cloud.supervisor
        if supervisor is None or not decision.restart:
            return Workers()

        def chosen(container: Container) -> bool:
            return container.environment.get(worker_variables.ALGORITHM) in decision.restart

        replaced = supervisor.replace(chosen, since)
        deadline = time.monotonic() + LOAD_SECONDS
        while not all(has_stopped_taking(task) for task in replaced.old) or not (
            all(has_loaded(task) for task in replaced.new) or time.monotonic() > deadline
        ):
            time.sleep(EVERY)
        ready = sum(STARTED in task.said() for task in replaced.new)
        return Workers(sum(task.pid is not None for task in replaced.old), len(replaced.new) - ready)


def has_stopped_taking(task: Task) -> bool:
    """Return whether a worker that was told to stop takes no job any more."""
    return task.pid is None or STOPPING in task.said()


def has_loaded(task: Task) -> bool:
    """Return whether a new worker is at work, or has said why it cannot be."""
    return task.pid is None or any(event in task.said() for event in (STARTED, REFUSED))
