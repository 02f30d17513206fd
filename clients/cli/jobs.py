"""`imaging jobs`, `fetch`, `retry` and `cancel`: the jobs of the lasting client."""

import json
import sys
import time
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any, Final

import click

from clients.cli import account, estimates, inputs, many, save, since
from clients.cli.client import ApiError
from clients.cli.exit_codes import ENDED_BADLY, end_if_failed
from runtime.contracts import states

STATES: Final = (*states.OPEN_STATES, *states.END_STATES)
SINCE = click.option("--since", callback=since.check, help="Accepted since then: 30m, 2h, 7d, or a date and time.")


@click.command()
@account.options
@click.option("--failed", is_flag=True, help="Only jobs that failed or timed out.")
@click.option("--state", type=click.Choice(STATES), help="Only jobs in this state.")
@click.option("--batch", metavar="BATCH", help="Only jobs of this batch, in the order of its inputs.")
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
        found = filter(_has_failed, found) if failed else found
        for job in islice(found, limit):
            click.echo(json.dumps(job) if as_json else line(job))


def line(job: dict[str, Any]) -> str:
    """Return a job as one line: id, state, algorithm, when it was accepted, and what is expected or why it failed."""
    accepted = datetime.fromtimestamp(job["hops"]["accepted"] / 1000).strftime("%Y-%m-%d %H:%M:%S")
    reason = f"  {job['error']['code']}: {job['error']['message']}" if job["error"] else ""
    if expected := estimates.text(job, time.time()):
        reason = f"  {expected}"
    return f"{job['job_id']}  {job['state']:<9}  {accepted}  {job['algorithm']}{reason}"


def _has_failed(job: dict[str, Any]) -> bool:
    return job["state"] in states.FAILURES


def _is_batch(some_id: str) -> bool:
    return some_id.startswith("b-")


@click.command()
@account.options
@click.argument("job_id", metavar="JOB|BATCH")
@click.option("--save", "target", type=click.Path(path_type=Path), callback=save.check, help=save.HELP)
def fetch(file: Path, token: str, job_id: str, target: save.Target | None) -> None:
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
    end_if_failed(result)


@click.command()
@account.options
@click.argument("job_ids", nargs=-1, metavar="[JOB]...")
@click.option("--failed", is_flag=True, help="All that failed or timed out, each once, however often this is run.")
@click.option("--reason", metavar="CODE", help="With --failed: only those that ended with this code.")
@click.option("--algorithm", help="With --failed: only jobs of this algorithm.")
@SINCE
def retry(
    file: Path,
    token: str,
    job_ids: tuple[str, ...],
    failed: bool,
    reason: str | None,
    algorithm: str | None,
    since: int | None,
) -> None:
    """Send jobs anew, with the same input and parameters, for example when the fault has been mended."""
    if failed == bool(job_ids):
        raise click.UsageError("give the ids of jobs, or --failed")
    if not failed and (reason or algorithm or since is not None):
        raise click.UsageError("--reason, --algorithm and --since belong to --failed")
    with account.lasting(file, token) as client:
        every = client.jobs(None, algorithm, since)
        chosen = filter(_has_failed, every) if failed else map(client.job, job_ids)
        catalogue = client.algorithms()
        # All are read first: what is sent anew would be listed, too.
        for job in [job for job in chosen if reason in (None, (job["error"] or {}).get("code"))]:
            result = job["result"]
            if result is None:
                click.echo(f"{job['job_id']} has not ended; it is {job['state']}", err=True)
                continue
            pacs = {name: value for name, value in result["pacs"].items() if value is not None}
            key = f"retry-{job['job_id']}" if failed else None
            further = inputs.again(result.get("inputs", {}), catalogue.get(job["algorithm"], {}))
            sent = client.submit(job["algorithm"], pacs, result["parameters"], further, key=key)
            click.echo(f"{job['job_id']} -> {sent}")


@click.command()
@account.options
@click.argument("job_ids", nargs=-1, required=True, metavar="JOB|BATCH...")
def cancel(file: Path, token: str, job_ids: tuple[str, ...]) -> None:
    """Cancel jobs of the lasting client, or all jobs of batches; each still ends with one result, `cancelled`."""
    with account.lasting(file, token) as client:
        for job_id in job_ids:
            try:
                client.cancel_batch(job_id) if _is_batch(job_id) else client.cancel(job_id)
                click.echo(f"{job_id} cancelled")
            except ApiError as error:
                if error.code != "already_ended":
                    raise
                click.echo(f"{job_id}: {error}", err=True)
