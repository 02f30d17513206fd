"""`imaging jobs`, `fetch` and `cancel`: the jobs of the lasting client."""

import json
import sys
import time
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any, Final

import click

from clients.cli.client import ApiError
from clients.cli.jobs import account, estimates, many, place, save
from clients.cli.terminal import names, since
from clients.cli.terminal.exit_codes import ENDED_BADLY, REFUSED, end_if_failed
from clients.cli.terminal.names import near
from runtime.contracts import states

STATES: Final = (*states.OPEN_STATES, *states.END_STATES)
NONE: Final = "there is no such job"
SINCE = click.option("--since", callback=since.check, help="Accepted since then: 30m, 2h, 7d, or a date and time.")


@click.command()
@account.options
@click.option("--failed", is_flag=True, help="Only jobs that failed or timed out.")
@click.option("--state", type=click.Choice(STATES), help="Only jobs in this state.")
@click.option(
    "--batch", metavar="BATCH", callback=names.batch, help="Only jobs of this batch, in the order of its inputs."
)
@click.option("--algorithm", help="Only jobs of this algorithm.")
@SINCE
@click.option("--limit", type=click.IntRange(1), default=50, show_default=True, help="At most so many, the newest.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line, as the API answers it.")
def jobs(
    file: Path,
    token: str,
    failed: bool,
    state: str | None,
    batch: str | None,
    algorithm: str | None,
    since: int | None,
    limit: int,
    as_json: bool,
) -> None:
    """List the jobs of the lasting client, newest first, with the reason of each that failed."""
    if failed and state:
        raise click.UsageError("--failed and --state exclude each other")
    with account.lasting(file, token) as client:
        found = client.jobs(state, algorithm, since, batch)
        found = filter(has_failed, found) if failed else found
        shown = False
        for job in islice(found, limit):
            click.echo(json.dumps(job) if as_json else line(job))
            shown = True
        if not shown:
            known = client.algorithms() if algorithm else ()
            click.echo(NONE + (near(algorithm, known) if algorithm and algorithm not in known else ""), err=True)


def line(job: dict[str, Any]) -> str:
    """Return a job as one line: id, state, algorithm, when it was accepted, and what is expected or why it failed."""
    accepted = datetime.fromtimestamp(job["hops"]["accepted"] / 1000).strftime("%Y-%m-%d %H:%M:%S")
    reason = f"  {job['error']['code']}: {job['error']['message']}" if job["error"] else ""
    if expected := estimates.text(job, time.time()):
        reason = f"  {expected}"
    return f"{job['job_id']}  {job['state']:<9}  {accepted}  {job['algorithm']}{reason}"


def has_failed(job: dict[str, Any]) -> bool:
    """Return whether a job failed or timed out."""
    return job["state"] in states.FAILURES


def _is_batch(some_id: str) -> bool:
    return some_id.startswith("b-")


@click.command()
@account.options
@click.argument("job_id", metavar="JOB|BATCH", callback=names.jobs_or_batches)
@click.option("--save", "target", type=click.Path(path_type=Path), callback=place.check, help=place.HELP)
def fetch(file: Path, token: str, job_id: str, target: place.Target | None) -> None:
    """Wait for a job of the lasting client, if it has not ended yet, and fetch its result.

    Of a batch (its id begins with b-) all results are fetched, into a folder for each job below that of --save.

    Exit code: as that of `imaging process`.
    """
    with account.lasting(file, token) as client:
        if _is_batch(job_id):
            sys.exit(0 if many.fetch(client, job_id, target) else ENDED_BADLY)
        result = client.job(job_id)["result"]
        if result is None:
            [result] = client.wait_all([job_id])
        if result["status"] in ("succeeded", "partial"):
            save.deliver(client, result, target)
    for missing in result["missing"]:
        click.echo(f"missing: {missing}", err=True)
    end_if_failed(result)


@click.command()
@account.options
@click.argument("job_ids", nargs=-1, required=True, metavar="JOB|BATCH...", callback=names.jobs_or_batches)
def cancel(file: Path, token: str, job_ids: tuple[str, ...]) -> None:
    """Cancel jobs of the lasting client, or all jobs of batches; each still ends with one result, `cancelled`."""
    refused = False
    with account.lasting(file, token) as client:
        for job_id in job_ids:
            try:
                client.cancel_batch(job_id) if _is_batch(job_id) else client.cancel(job_id)
                click.echo(f"{job_id} cancelled")
            except ApiError as error:  # of this job; the others are cancelled all the same
                refused |= error.code != "already_ended"
                click.echo(f"{job_id}: {error}", err=True)
    if refused:
        sys.exit(REFUSED)
