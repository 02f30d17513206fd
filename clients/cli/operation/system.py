"""The system to look at: the running `imaging up`, or a deployed stack by its outputs and the AWS credentials."""

import json
import sys
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from typing import Any, TextIO
from urllib.parse import urlsplit

import click

from clients.cli.local import record
from clients.cli.terminal.exit_codes import UNREACHABLE
from runtime.operation.system import System

OUTPUTS = click.option(
    "--outputs",
    type=click.File(),
    metavar="FILE",
    help="Look at a deployed stack: what `pulumi stack output --json` prints (- is standard input). By default the "
    "running `imaging up`.",
)
AS_JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


@contextmanager
def looking_at(outputs: TextIO | None) -> Generator[System]:
    """Yield the system of these outputs, or the running local one; end the command if AWS refuses or is silent."""
    system = find(outputs)
    from botocore.exceptions import BotoCoreError, ClientError

    try:
        yield system
    except (BotoCoreError, ClientError) as error:
        click.echo(f"the system cannot be looked at: {error}", err=True)
        sys.exit(UNREACHABLE)


def find(outputs: TextIO | None) -> System:
    """Return the system of these outputs, or the running local one; raise ClickException if there is none."""
    try:
        import boto3
    except ModuleNotFoundError as missing:
        raise click.ClickException("this needs boto3: install imaging-services[cli,worker]") from missing

    if outputs is None:
        known, reached = record.read(), dict(record.system()["aws"])
    else:
        known, reached = _read(outputs), {}
    try:
        queues: Mapping[str, str] = known["RequestQueues"]
        algorithms, table = tuple(sorted(queues)), str(known["JobsTable"])
        api = str(known["ProcessingApiEndpoint"])
        if outputs is not None and queues:
            reached = {"region_name": region(next(iter(queues.values())))}
    except (KeyError, TypeError, AttributeError) as error:
        raise click.ClickException(f"these are not the outputs of an imaging stack: {error!r}") from error
    make: Any = boto3.client
    session = {name: value for name, value in reached.items() if name != "endpoint_url"}
    return System(lambda service: make(service, **reached), table, algorithms, api, session)


def region(queue_url: str) -> str | None:
    """Return the region of a queue by its address; None if that does not say it, and boto3's default counts."""
    parts = (urlsplit(queue_url).hostname or "").split(".")
    return parts[1] if len(parts) > 3 and parts[0] == "sqs" else None


def _read(outputs: TextIO) -> Any:
    try:
        return json.load(outputs)
    except ValueError as error:
        raise click.ClickException(f"{outputs.name} is no JSON: {error}") from error
