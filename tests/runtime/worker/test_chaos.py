"""Everything at once, on a small scale: kills, stops, outages and poison; each job has one end."""

import contextlib
import random
import signal
import time
from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from tests.runtime.worker.breaker import Breaker, breaker
from tests.runtime.worker.plugins import runs
from tests.runtime.worker.process import WorkerProcess
from tests.runtime.worker.site import Site

SERVICES = ("S3", "SQS", "SNS", "DYNAMODB")
JOBS, POISON, WORKERS = 60, 2, 3
ATTEMPTS = 5
OUTAGE_SECONDS = 4.0


class Workers:
    """A fixed number of worker processes; one that ends is started again, as by ECS."""

    def __init__(self, site: Site, **variables: str) -> None:
        self._site = site
        self._variables = variables
        self._stack = ExitStack()
        self._running: list[WorkerProcess] = []

    def __enter__(self) -> "Workers":
        self.tend()
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def tend(self) -> None:
        """Kill those that poison asks to be killed, and start the missing ones."""
        asked = runs(self._site.runs_file, "kill")
        for worker in self._running:
            if worker.process.pid in asked:
                worker.process.kill()
                worker.process.wait()
        self._running = [each for each in self._running if each.process.poll() is None]
        while len(self._running) < WORKERS:
            self._running.append(self._stack.enter_context(self._site.worker(**self._variables)))

    def signal(self, number: int, chance: random.Random) -> None:
        """Send a signal to one of them."""
        with contextlib.suppress(ProcessLookupError):
            chance.choice(self._running).process.send_signal(number)


@pytest.fixture
def lines(site: Site) -> Iterator[dict[str, Breaker]]:
    with ExitStack() as stack:
        yield {name: stack.enter_context(breaker(site.cloud.environment["AWS_ENDPOINT_URL"])) for name in SERVICES}


def test_whatever_happens_each_job_has_one_end(site: Site, lines: dict[str, Breaker]) -> None:
    chance = random.Random(20)
    endpoints = {f"AWS_ENDPOINT_URL_{name}": line.url for name, line in lines.items()}
    jobs = [site.send("sleep", tag=f"job-{n}", parameters={"seconds": chance.random()}) for n in range(JOBS)]
    poison = [site.send("killer", tag=f"poison-{n}") for n in range(POISON)]
    with Workers(site, MAX_ATTEMPTS=str(ATTEMPTS), **endpoints) as workers:
        for line in lines.values():
            line.cut()
            end = time.monotonic() + OUTAGE_SECONDS
            while time.monotonic() < end:
                workers.tend()
                workers.signal(signal.SIGTERM if chance.random() < 0.3 else signal.SIGKILL, chance)
                site.client.poll(1)
            line.mend()
        deadline = time.monotonic() + 150
        while any(job not in site.client.seen for job in (*jobs, *poison)):
            assert time.monotonic() < deadline, [job for job in (*jobs, *poison) if job not in site.client.seen]
            workers.tend()
            site.client.poll(1)
    ends = {job: {(result.status, result.attempts) for result in site.client.seen[job]} for job in (*jobs, *poison)}
    assert all(len(each) == 1 for each in ends.values()), "results of one job never differ"
    assert {status for job in jobs for status, _ in ends[job]} == {"succeeded"}
    assert {next(iter(ends[job])) for job in poison} == {("failed", ATTEMPTS)}
    assert [len(runs(site.runs_file, f"poison-{n}")) for n in range(POISON)] == [ATTEMPTS] * POISON
    assert sum(site.left(site.dead)) == 0
