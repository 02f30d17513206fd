"""`imaging queues`: how many messages are in each queue, dead letters included."""

import dataclasses
import json
from typing import Final, TextIO

import click

from clients.cli.operation import system
from clients.cli.terminal import columns
from runtime.operation.queues import Queue, depths

HEAD: Final = ("algorithm", "queue", "waiting", "in flight")


@click.command()
@system.OUTPUTS
@system.AS_JSON
def queues(outputs: TextIO | None, as_json: bool) -> None:
    """Print each algorithm's queues: requests, what is beyond fair shares (overflow), and dead letters.

    A deployed stack is reached with the AWS credentials of the environment, which need dynamodb:GetItem,
    sqs:GetQueueAttributes and sqs:GetQueueUrl. SQS counts messages approximately. A dead letter ends its job as soon as
    its function reads it: those that stay were not read.

    \b
    Exit code: 0 printed; 2 wrong usage; 4 AWS refuses or does not answer.
    """
    with system.looking_at(outputs) as looked_at:
        found = depths(looked_at)
    click.echo(json.dumps({"queues": list(map(dataclasses.asdict, found))}, indent=2) if as_json else text(found))


def text(found: list[Queue]) -> str:
    """Return the queues as a table."""
    rows = [(each.algorithm, each.role, str(each.waiting), str(each.in_flight)) for each in found]
    return "\n".join(columns.lines(HEAD, rows, left=2))
