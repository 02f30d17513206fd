"""What runs the deployed services: the template of tasks, their supervisor, and the clock of schedules."""

import contextlib
import sys
from collections.abc import Mapping
from contextlib import AbstractContextManager
from functools import cache
from typing import Any

from runtime.local import readiness
from runtime.local.emulator.emulator import Emulator
from runtime.local.tasks.clock import Clock
from runtime.local.tasks.supervisor import Supervisor
from runtime.local.tasks.task import inherited
from runtime.local.tasks.template.client import Template

WARM_SECONDS = 10.0  # a busy machine may take longer: then the first caller waits


class Services:
    """The services of one emulator. `enforce` gives each task only the permissions of its role."""

    def __init__(self, emulator: Emulator, *, enforce: bool) -> None:
        self.supervisor: Supervisor | None = None
        self._emulator = emulator
        self._enforce = enforce
        self._folder = emulator.folder / "services"
        self._template: Template | None = None
        self.clock: Clock | None = None

    @property
    def template(self) -> int | None:
        """The process from which tasks are forked, while it runs and if there is one."""
        return self._template.pid if self._template else None

    def prepare(self) -> None:
        """Begin to load what tasks need, before there are any services."""
        self._folder.mkdir()
        if sys.platform == "linux":  # elsewhere a fork may not use all that was loaded before it
            self._template = Template(inherited(self._folder), self._folder)

    def start(self, outputs: Mapping[str, Any]) -> None:
        """Start the services that are deployed, and wait for the PACS API. Raises UnhealthyError if it does not answer.

        `outputs` are the stack's.
        """
        boto3_client = cache(self._emulator.boto3_client)
        self.supervisor = Supervisor(
            boto3_client,
            self._emulator.environment,
            self._folder,
            self._emulator.ecs_changes,
            template=self._template,
            enforce=self._enforce,
        )
        for service in Clock.SERVICES:  # now: two threads must not make clients at the same time
            boto3_client(service)
        self.clock = Clock(boto3_client)
        self.clock.start()  # early, because the first job waits for the scaler's function to start otherwise
        self.supervisor.start()
        readiness.until_healthy(outputs["PacsApiLB"])
        # Last, as both would take the CPU from the PACS API's start; the first caller would wait for them.
        functions = readiness.warm_up(outputs["ProcessingApiEndpoint"])
        if self._template:
            self._template.complete()
            self._template.until_complete(WARM_SECONDS)
        functions.wait(WARM_SECONDS)

    def paused(self) -> AbstractContextManager[object]:
        """Hold the schedules while the context is entered."""
        return self.clock.paused() if self.clock else contextlib.nullcontext()

    def logs(self) -> str:
        """Return the end of what each task wrote."""
        logs = sorted(self.supervisor.logs.glob("*.log")) if self.supervisor else []
        return "\n".join(f"{path.name}: {path.read_text()[-1500:]}" for path in logs)

    def stop(self) -> None:
        """Stop schedules, tasks and template."""
        for part in (self.clock, self.supervisor):
            if part is not None:
                part.stop()
        if self._template is not None:
            self._template.close()
