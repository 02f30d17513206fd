"""The deployed system under the plan: the whole way of each job, over HTTP, while all behind the proxy fails."""

import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from bench.chaos.caller import Caller, Shared
from bench.chaos.executioner import executioner
from bench.chaos.faulty import PACS, SERVICES, FaultyProxy
from bench.chaos.outcome import Outcome
from bench.chaos.plan import LEASE_SECONDS, MAX_ATTEMPTS, Plan
from bench.chaos.rollout import roll_out
from bench.chaos.signals import Signals
from bench.instruments.recorded import BehindProxy
from clients.cli.local import sample
from runtime.contracts.variables import worker_variables
from runtime.local.cloud import LocalCloud
from runtime.local.tasks.services import read
from runtime.local.tasks.task import Task

NAME = "chaos"
CONFIG = {"imaging:leaseSeconds": LEASE_SECONDS, "imaging:maxAttempts": MAX_ATTEMPTS}
LOOK_SECONDS = 0.5
NO_BUCKET = "no-such-bucket"


def run(plan: Plan, folder: Path, *, bypass: bool = False) -> Outcome:
    """Run the plan once; with `bypass`, SNS deduplicates nothing."""
    proxy: list[FaultyProxy] = []
    emulator = BehindProxy(lambda port: proxy.append(FaultyProxy(port)) or proxy[0])
    with LocalCloud(config=CONFIG, emulator=emulator) as cloud:
        return _run(cloud, proxy[0], plan, folder / "runs", bypass=bypass)


def _run(cloud: LocalCloud, proxy: FaultyProxy, plan: Plan, runs: Path, *, bypass: bool) -> Outcome:
    assert cloud.supervisor is not None
    supervisor = cloud.supervisor
    proxy.pacs_bucket = cloud.outputs["PacsBucket"]
    slices = sample.put(cloud.emulator.boto3_client("s3"), proxy.pacs_bucket)
    jobs = plan.all_jobs()
    shared = Shared(cloud.outputs["ProcessingApiEndpoint"], slices[len(slices) // 2], runs, len(jobs))
    started = time.monotonic()
    killing = executioner(runs.with_name("condemned"))
    with ThreadPoolExecutor(plan.clients) as pool, _sick_worker(cloud, runs.parent), killing:
        callers = [Caller(shared, [job for job in jobs if job.client == each]) for each in range(plan.clients)]
        for each in [pool.submit(caller.provision) for caller in callers]:
            each.result()
        proxy.share, proxy.bypass = plan.faults, bypass
        signals = Signals(plan, lambda: supervisor.processes(NAME))
        ends = [pool.submit(caller.run) for caller in callers]
        try:
            _outages(proxy, plan)
            roll_out(cloud.emulator.boto3_client("ecs"), NAME)
            while not all(end.done() for end in ends) and time.monotonic() - started < plan.longest_seconds:
                _show(shared, signals, proxy)
                time.sleep(LOOK_SECONDS)
        finally:
            signals.stop()
            proxy.share, proxy.away = 0.0, ""
            shared.stopping.set()
        for end in ends:
            end.result()
    outcome = Outcome(shared.ends, misrouted=shared.misrouted, kills=signals.kills, stops=signals.stops)
    outcome.faults, outcome.refused = proxy.faults, proxy.refused
    outcome.seconds = time.monotonic() - started
    outcome.read_runs(runs)
    return outcome


def _outages(proxy: FaultyProxy, plan: Plan) -> None:
    """Take each dependency away for a while, one after the other, with as long between them."""
    for service in (*SERVICES, PACS):
        time.sleep(plan.outage_seconds / 2)
        proxy.away = service
        time.sleep(plan.outage_seconds)
        proxy.away = ""


@contextmanager
def _sick_worker(cloud: LocalCloud, folder: Path) -> Iterator[None]:
    """Run one more worker, whose output bucket is not there; it is started again whenever it ends, as by ECS."""
    services = read(cloud.emulator.boto3_client, cloud.emulator.environment, {})
    (container,) = (each.container for each in services.values() if each.name.startswith(NAME))
    container = replace(container, environment={**container.environment, worker_variables.OUTPUT_BUCKET: NO_BUCKET})
    with ThreadPoolExecutor(1) as pool:
        task = Task("sick", container, folder / "sick.log", folder)
        stopping = False

        def tend() -> None:
            while not stopping:
                task.tend()
                time.sleep(LOOK_SECONDS)

        tending = pool.submit(tend)
        try:
            yield
        finally:
            stopping = True
            tending.result()
            task.kill()


def _show(shared: Shared, signals: Signals, proxy: FaultyProxy) -> None:
    if sys.stderr.isatty():
        text = f"{len(shared.ends)} of {shared.jobs} jobs have a result, {signals.kills} kills, {proxy.faults} faults"
        print(f"\r{text}", end="", file=sys.stderr, flush=True)
