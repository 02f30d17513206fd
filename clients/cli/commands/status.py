"""`imaging status`: each algorithm's jobs and tasks, what failed of late, and what it costs to clear."""

import json
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, TextIO

import click

from algorithms.declaration import Resources
from clients.cli.cost import bill
from clients.cli.cost.billed_stack import Stack
from clients.cli.operation import system
from clients.cli.terminal import columns
from runtime.operation import open_jobs, prices, queues
from runtime.operation.table import MOST

HOUR_MS: Final = 3_600_000
HEAD: Final = ("algorithm", "waiting", "held", "tasks", "oldest", "failed in the last hour", "to clear, $")


@click.command()
@system.OUTPUTS
@click.option("--stack", "name", help="Calculate with Pulumi.<stack>.yaml, as `imaging cost` does.")
@click.option(
    "--prices", "file", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="A price file of your own."
)
@system.AS_JSON
def status(outputs: TextIO | None, name: str | None, file: Path | None, as_json: bool) -> None:
    """Print each algorithm's waiting and held jobs, its tasks, its oldest open job, failures, and the cost to clear.

    A deployed stack is reached with the AWS credentials of the environment, which need dynamodb:GetItem, BatchGetItem
    and Scan, sqs:GetQueueAttributes and ecs:DescribeServices. SQS counts messages approximately.

    \b
    Exit code: 0 printed; 2 wrong usage; 4 AWS refuses or does not answer.
    """
    from algorithms.registry import RegistryError, load_registry

    with system.looking_at(outputs) as looked_at:
        try:
            declared = {each: registered.algorithm.resources for each, registered in load_registry().items()}
            cost = _cost(name, prices.read(file or prices.FILE), declared)
        except (RegistryError, FileNotFoundError, ValueError) as error:
            raise click.ClickException(str(error)) from error
        answer = report(looked_at, cost, time.time_ns() // 1_000_000)
    click.echo(json.dumps(answer, indent=2) if as_json else text(answer))


def report(looked_at: system.System, cost: Mapping[str, float], now: int) -> dict[str, Any]:
    """Return the whole answer; `cost` is what one job costs in $, by algorithm, `now` in ms since the epoch."""
    table = open_jobs.look(looked_at, now, HOUR_MS)
    rows: list[dict[str, Any]] = []
    for algorithm, load in queues.loads(looked_at).items():
        jobs, oldest = load.waiting + load.held, table.oldest.get(algorithm)
        rows.append(
            {
                "algorithm": algorithm,
                "waiting": load.waiting,
                "held": load.held,
                "tasks": load.running,
                "wanted_tasks": load.wanted,
                "oldest_seconds": None if oldest is None else (now - oldest) // 1000,
                "failed_last_hour": table.failed[algorithm],
                "usd_to_clear": round(jobs * cost[algorithm], 6) if algorithm in cost else None,
            }
        )
    return {"algorithms": rows, "all_jobs_read": table.whole}


def text(answer: Mapping[str, Any]) -> str:
    """Return the answer as a table."""
    lines = columns.lines(HEAD, map(_row, answer["algorithms"]))
    if not answer["all_jobs_read"]:
        lines.append(f"Only {MOST} jobs were read, of the open ones the oldest: more may have failed.")
    return "\n".join(lines)


def _row(each: Mapping[str, Any]) -> tuple[str, ...]:
    tasks, wanted, usd = each["tasks"], each["wanted_tasks"], each["usd_to_clear"]
    return (
        each["algorithm"],
        str(each["waiting"]),
        str(each["held"]),
        str(tasks) if tasks == wanted else f"{tasks} of {wanted}",
        "-" if each["oldest_seconds"] is None else columns.duration(each["oldest_seconds"]),
        str(each["failed_last_hour"]),
        "not installed here" if usd is None else f"{usd:.4f}",
    )


def _cost(name: str | None, known: prices.Prices, declared: Mapping[str, Resources]) -> dict[str, float]:
    """Return what a job of each algorithm costs with this stack's configuration, in $."""
    from runtime.local.program.project import configuration, project_name

    stack = Stack.of(configuration(name), project_name())
    return {each: bill.total(bill.per_job(stack, known, resources)) for each, resources in declared.items()}
