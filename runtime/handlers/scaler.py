"""Sets how many tasks each algorithm's service has: the schedule calls it for all of them, the router for one."""

import json
import time
import traceback
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Final

from algorithms.scaling import Observation, decide
from runtime.contracts.variables import handler_names
from runtime.handlers import compiled
from runtime.handlers.boto3_clients import boto3_client
from runtime.handlers.log import Line, metrics
from runtime.handlers.scaling import ecs_services, usage
from runtime.handlers.scaling.ecs_services import DeployedAlgorithm
from runtime.handlers.scaling.looks import Look

THREADS: Final = 16
# A service not begun this long before the function would be stopped waits for the next minute.
RESERVE_MS: Final = 5000


class ScalingError(RuntimeError):
    """Some services could not be checked; all others were."""


def handler(event: dict[str, Any], context: Any) -> dict[str, int]:
    """Scale the algorithm that `event` names, or all; return the new counts of the services that were changed.

    An algorithm that is named for a job on its requests queue loses no task: its overflow queue is not read.
    Two at once do no harm: the same look gives the same decision, and a count that is set twice is the same count.
    """
    line = Line(handler_names.SCALER, context)
    named: str = event.get("algorithm", "")
    names = [named] if named else list(compiled.resources())
    current = Round(context, poked=named, overflow=not named or event.get("overflow", False))
    current.run(names)
    line.add(algorithm=named or None, looked=current.looked, changed=current.changed, failed=current.failed)
    if not named:
        # Each round of all services reports these metrics, so a gap shows that the scaler does not run.
        line.add(
            unsteady=current.unsteady, **metrics("Function", "scaler", {"UnsteadyServices": len(current.unsteady)})
        )
    line.write("error" if current.failed else "info")
    if current.failed:
        raise ScalingError(f"{len(current.failed)} of {len(names)} services: {json.dumps(current.failed)[:2000]}")
    return current.changed


class Round:
    """One round over some services, with its results."""

    def __init__(self, context: Any, poked: str, *, overflow: bool) -> None:
        self._context = context
        self._poked = poked
        self._overflow = overflow
        self.looked = 0
        self.changed: dict[str, int] = {}
        self.unsteady: list[str] = []
        self.failed: dict[str, str] = {}

    def run(self, names: list[str]) -> None:
        """Scale the services; a failure of one does not stop the others."""
        known = ecs_services.read(names)
        for service in ("ecs", "sqs") if known else ():  # before there are threads: they may not share boto3's session
            boto3_client(service)
        with ThreadPoolExecutor(THREADS) as pool:
            services: dict[str, ecs_services.Service] = {}
            for batch, answer in pool.map(self._described, ecs_services.batches(known)):
                services.update(answer)
                self._fail((name for name in batch if name not in answer), "its service is not there")
            list(pool.map(self._one, [known[name] for name in services], services.values()))

    def _described(self, batch: Mapping[str, DeployedAlgorithm]) -> tuple[list[str], dict[str, ecs_services.Service]]:
        try:
            return list(batch), ecs_services.describe(batch)
        except Exception as error:
            self._fail(batch, _text(error))
            return [], {}

    def _one(self, known: DeployedAlgorithm, service: ecs_services.Service) -> None:
        try:
            if self._context and self._context.get_remaining_time_in_millis() < RESERVE_MS:
                raise TimeoutError("there was no time left; the next minute looks after it")
            self._scale(known, service)
            self.looked += 1
        except Exception as error:
            self._fail([known.algorithm], _text(error))

    def _scale(self, known: DeployedAlgorithm, service: ecs_services.Service) -> None:
        found, now = ecs_services.messages(known, overflow=self._overflow), time.time()
        # the message of a poke may not be counted yet
        visible = max(found.waiting, 1) if known.algorithm == self._poked else found.waiting
        observation = Observation(visible, found.held, service.running, service.desired)
        wanted, memory = decide(compiled.resources()[known.algorithm], observation, known.memory, now)
        if not self._overflow:  # only a part of the jobs was seen
            wanted = max(wanted, service.desired)
        if wanted == 0 < service.desired:
            again = ecs_services.messages(known)
            if again.waiting or again.held:  # one came in this very moment
                wanted = service.desired
        if wanted != service.desired:
            ecs_services.set_count(known, wanted)
            self.changed[known.algorithm] = wanted
        if observation.jobs or service.desired or service.running:  # at rest, nothing is worth a write or a metric
            look = Look(now, found.requests, found.overflow, found.held, service.running)
            looked = known.memory.at if known.memory else None
            used = usage.after(known.usage, looked, now, service.running)
            ecs_services.write(known.algorithm, memory, look, used)
            self._report(known.algorithm, observation, wanted)
        if memory.unsteady:
            self.unsteady.append(known.algorithm)

    def _report(self, algorithm: str, observation: Observation, wanted: int) -> None:
        line = Line(handler_names.SCALER, self._context)
        counts = {"Tasks": observation.running, "WantedTasks": wanted}
        line.add(
            visible=observation.visible, in_flight=observation.in_flight, **metrics("Algorithm", algorithm, counts)
        )
        line.write("info")

    def _fail(self, names: Iterable[str], reason: str) -> None:
        self.failed |= dict.fromkeys(names, reason)


def _text(error: Exception) -> str:
    where = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__}: {error} ({where.name})"
