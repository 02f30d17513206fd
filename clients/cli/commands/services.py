"""`imaging services`: each algorithm's tasks, and how long its jobs take beside what it declares."""

import json
import time
from collections.abc import Mapping
from typing import Any, Final, TextIO

import click

from algorithms.declaration import Resources
from clients.cli.operation import system
from clients.cli.terminal import columns, since
from runtime.operation import durations, queues
from runtime.operation.durations import Recent
from runtime.operation.table import MOST

HEAD: Final = ("algorithm", "tasks", "timed jobs", "failed", "median, s", "95 %, s", "declared, s")


@click.command()
@system.OUTPUTS
@click.option("--since", callback=since.check, default="1d", help="Jobs that ended since then: 30m, 2h, 7d, or a time.")
@system.AS_JSON
def services(outputs: TextIO | None, since: int, as_json: bool) -> None:
    """Print each algorithm's tasks, and the seconds that computing its jobs took beside what it declares.

    Only a job that waited for no other can be timed.

    If jobs take another time than `typical_seconds`, or nearly as long as `timeout`, the better declaration is printed:
    scaling, prefetching and estimates go by it. A deployed stack is reached with the AWS credentials of the
    environment, which need dynamodb:GetItem, BatchGetItem and Scan, sqs:GetQueueAttributes and ecs:DescribeServices.

    \b
    Exit code: 0 printed; 2 wrong usage; 4 AWS refuses or does not answer.
    """
    from algorithms.registry import RegistryError, load_registry

    with system.looking_at(outputs) as looked_at:
        try:
            declared = {each: registered.algorithm.resources for each, registered in load_registry().items()}
        except RegistryError as error:
            raise click.ClickException(str(error)) from error
        now = time.time_ns() // 1_000_000
        answer = report(looked_at, declared, now, now - since)
    click.echo(json.dumps(answer, indent=2) if as_json else text(answer))


def report(looked_at: system.System, declared: Mapping[str, Resources], now: int, within: int) -> dict[str, Any]:
    """Return the whole answer; `now` is in ms since the epoch, `within` in ms."""
    jobs, whole = durations.recent(looked_at, now, within)
    rows: list[dict[str, Any]] = []
    for algorithm, load in queues.loads(looked_at).items():
        own, resources = jobs.get(algorithm, Recent()), declared.get(algorithm)
        rows.append(
            {
                "algorithm": algorithm,
                "tasks": load.running,
                "wanted_tasks": load.wanted,
                "timed": len(own.seconds),
                "failed": own.failed,
                "median_seconds": own.median,
                "p95_seconds": own.p95,
                "typical_seconds": resources.typical_seconds if resources else None,
                "better": dict(durations.proposal(own, resources)) if resources else {},
            }
        )
    return {"services": rows, "all_jobs_read": whole}


def text(answer: Mapping[str, Any]) -> str:
    """Return the answer as a table, and a line for each declaration that could be better."""
    lines = columns.lines(HEAD, map(_row, answer["services"]))
    for each in answer["services"]:
        if each["better"]:
            better = ", ".join(f"{name}={value:g}" for name, value in each["better"].items())
            lines.append(f"{each['algorithm']}: its jobs do not take what it declares; Resources({better}) would fit.")
    if not answer["all_jobs_read"]:
        lines.append(f"Only the newest {MOST} jobs were read.")
    return "\n".join(lines)


def _row(each: Mapping[str, Any]) -> tuple[str, ...]:
    tasks, wanted = each["tasks"], each["wanted_tasks"]
    seconds = (each["median_seconds"], each["p95_seconds"], each["typical_seconds"])
    return (
        each["algorithm"],
        str(tasks) if tasks == wanted else f"{tasks} of {wanted}",
        str(each["timed"]),
        str(each["failed"]),
        *("-" if value is None else f"{value:.3g}" for value in seconds),
    )
