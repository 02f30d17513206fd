"""`GET /operations/system`: how each algorithm does, and why jobs failed. Nothing says whose image a job is about."""

import platform
from collections import Counter
from typing import Any, Final

from runtime.contracts import keys
from runtime.handlers import compiled
from runtime.handlers.boto3_clients import boto3_client
from runtime.handlers.failure.failure_list import REASONS
from runtime.handlers.scaling import usage
from runtime.handlers.table import indexes, store
from runtime.operation import durations, open_jobs, prices, queues
from runtime.operation.prices import Prices
from runtime.operation.system import System

DAY_MS: Final = 24 * 3_600_000
# So many jobs are read at most: the answer is there within the 30 s that API Gateway waits.
MOST: Final = 5000
FAILURES: Final = 1000  # of one reason that are counted


def look(now: int) -> dict[str, Any]:
    """Return how the system does at this time, in ms since the epoch."""
    system = System(boto3_client, store.table(), tuple(sorted(compiled.algorithms())))
    loads, depths = queues.loads_and_depths(system)
    letters = Counter[str]()
    for queue in depths:
        if queue.role == queues.DEAD_LETTERS:
            letters[queue.algorithm] += queue.waiting + queue.in_flight
    oldest, all_open = open_jobs.oldest(system, now, MOST)
    recent, all_ended = durations.recent(system, now, DAY_MS, MOST)
    seconds, known = usage.today(list(loads), now / 1000), prices.read()
    failed = {code: indexes.count(keys.FAILED, code, FAILURES) for code in REASONS}
    return {
        "at": now,
        "algorithms": [
            {
                "name": name,
                "waiting": load.waiting,
                "held": load.held,
                "dead_letters": letters[name],
                "running": load.running,
                "wanted": load.wanted,
                "oldest_accepted_at": oldest.get(name),
                "task_seconds_today": seconds[name],
                "usd_today": seconds[name] * _task_second(name, known),
                "durations": _durations(name, recent.get(name, durations.Recent())),
            }
            for name, load in loads.items()
        ],
        "failures": [{"reason": code, "jobs": min(number, FAILURES)} for code, number in failed.items() if number],
        "prices": f"{known.region}, {known.date}",
        "complete": all_open and all_ended,
    }


def _task_second(name: str, known: Prices) -> float:
    """Return what a task costs for a second, in US dollars: functions and tasks of a stack have CPUs of one kind."""
    declared, cpu = compiled.resources()[name], "arm" if platform.machine() in {"aarch64", "arm64"} else "x86"
    return known.task_hour(cpu, declared.vcpu, declared.memory_mib / 1024) / 3600


def _durations(name: str, jobs: durations.Recent) -> dict[str, Any]:
    declared = compiled.resources()[name]
    better = durations.proposal(jobs, declared)
    return {
        "jobs": len(jobs.seconds),
        "p50": jobs.median,
        "p95": jobs.p95,
        "typical_seconds": declared.typical_seconds,
        "timeout": declared.timeout,
        "better_typical_seconds": better.get("typical_seconds"),
        "better_timeout": better.get("timeout"),
    }
