"""Runs the containers of every ECS service as local processes, as many as the service should have."""

import logging
import queue
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from runtime.local.emulator import changes
from runtime.local.tasks.leaving import Leaving
from runtime.local.tasks.replacement import Replaced, Replacement
from runtime.local.tasks.services import Service, read
from runtime.local.tasks.task import Container, Task
from runtime.local.tasks.template.client import Template

EVERY = 0.05  # seconds between two rounds, which look at processes and ask nobody
LOOK_EVERY = 10.0  # seconds after which the services are read although nothing told of a change
AFTER_FAILURE = 0.5  # seconds
STOP_TIMEOUT = 5.0  # seconds
REPLACED_SECONDS = 60.0  # that a round may take while the emulator is busy

log = logging.getLogger(__name__)


class Supervisor:
    """A thread that keeps the right number of processes of each service running until it is stopped.

    Parameters
    ----------
    boto3_client : makes or returns the boto3 client of an AWS service.
    environment : what a process needs to reach the cloud.
    folder : where processes have their temporary files; their output goes to `logs` in it.
    ecs_changes : the file by which the emulator tells of changes.
    template : forks tasks; without it each is started as a program of its own.
    enforce : whether each process has only the permissions of its task's role.
    """

    def __init__(
        self,
        boto3_client: Callable[[str], Any],
        environment: Mapping[str, str],
        folder: Path,
        ecs_changes: Path,
        *,
        template: Template | None = None,
        enforce: bool = False,
    ) -> None:
        self._boto3_client = boto3_client
        self._environment = dict(environment)
        self._folder = folder
        self._ecs_changes = ecs_changes
        self._seen = -1
        self._template = template
        self._enforce = enforce
        self.logs = folder / "logs"
        self.logs.mkdir(parents=True)
        self._services: dict[str, Service] = {}
        self._tasks: dict[str, list[Task]] = {}
        self._leaving = Leaving()
        self._count = 0
        self._looked = 0.0
        self._replacements: queue.SimpleQueue[Replacement] = queue.SimpleQueue()
        self._asked: list[Replacement] = []
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="supervisor", daemon=True)

    def start(self) -> None:
        """Start the thread; it reads the services at once."""
        self._thread.start()

    def stop(self) -> None:
        """Stop every process: send SIGTERM first, then kill those that go on."""
        self._stopping.set()
        if self._thread.ident is not None:
            self._thread.join()

    def processes(self, service: str) -> list[int]:
        """Return the ids of the running processes of the services whose names begin with `service`."""
        arns = [each.arn for each in list(self._services.values()) if each.name.startswith(service)]
        return [pid for arn in arns for task in list(self._tasks.get(arn, ())) if (pid := task.pid) is not None]

    def replace(self, chosen: Callable[[Container], bool], before: float) -> Replaced:
        """Replace the tasks of the chosen containers that were started before a time of the monotonic clock, at once.

        The old ones, with those that were dismissed for another reason, are told to stop; the new ones do not wait for
        them. Raises TimeoutError if the emulator does not answer.
        """
        asked = Replacement(chosen, before)
        self._replacements.put(asked)
        return asked.done.result(REPLACED_SECONDS)

    def _run(self) -> None:
        # Processes are started in this thread and die with it (see guard), so it ends last.
        try:
            while not self._stopping.wait(EVERY):
                try:
                    self._step()
                except Exception:  # the emulator may be busy for a moment; the processes go on
                    log.exception("supervisor: a round failed")
                    self._stopping.wait(AFTER_FAILURE)
        finally:
            self._stop_all()

    def _step(self) -> None:
        now = time.monotonic()
        while not self._replacements.empty():
            self._asked.append(self._replacements.get())
        told = changes.count(self._ecs_changes)
        if told != self._seen or now - self._looked > LOOK_EVERY or self._asked:
            self._services = read(self._boto3_client, self._environment, self._services, enforce=self._enforce)
            self._seen, self._looked = told, now  # what changes meanwhile is told of later
        for arn in set(self._tasks) - set(self._services):
            self._leaving.dismiss(self._tasks.pop(arn))
        for each in self._asked:
            self._replace(each)
        for service in self._services.values():
            self._scale(service)
        while self._asked:
            running = [task for tasks in self._tasks.values() for task in tasks]
            self._asked.pop().finish(running, self._leaving.tasks)
        self._leaving.remove_ended(now)

    def _replace(self, asked: Replacement) -> None:
        for tasks in self._tasks.values():
            old = asked.outdated(tasks)
            self._leaving.dismiss(old)
            tasks[:] = [task for task in tasks if not any(task is each for each in old)]

    def _scale(self, service: Service) -> None:
        count = service.tasks
        tasks = self._tasks.setdefault(service.arn, [])
        if tasks and tasks[0].container is not service.container:  # a new task definition: replace them all
            self._leaving.dismiss(tasks)
            tasks = self._tasks[service.arn] = []
        while len(tasks) < count:
            self._count += 1
            name = f"{service.name}-{self._count}"
            tasks.append(Task(name, service.container, self.logs / f"{name}.log", self._folder, self._template))
        self._leaving.dismiss(tasks[count:])
        del tasks[count:]
        for task in tasks:
            task.tend()

    def _stop_all(self) -> None:
        for tasks in self._tasks.values():
            self._leaving.dismiss(tasks)
        self._tasks.clear()
        self._leaving.wait(STOP_TIMEOUT)
