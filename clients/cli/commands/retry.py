"""`imaging retry`: sends jobs of the lasting client anew."""

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import click

from clients.cli.client import ApiError, Client
from clients.cli.commands.jobs import NONE, SINCE, has_failed
from clients.cli.jobs import account, inputs
from clients.cli.terminal import names
from clients.cli.terminal.exit_codes import REFUSED

# Refusals that the next call would get, too.
OF_ANY_CALL: Final = ("too_many_open_jobs", "unavailable", "unauthorized", "not_signed_in", "unknown")


@click.command()
@account.options
@click.argument("job_ids", nargs=-1, metavar="[JOB]...", callback=names.jobs)
@click.option(
    "--failed",
    is_flag=True,
    help="All that failed or timed out, each once within a day, however often this is run; not those that an operator "
    "has sent anew.",
)
@click.option(
    "--reason", metavar="CODE", callback=names.reason, help="With --failed: only those that ended with this code."
)
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
    refused = False
    with account.lasting(file, token) as client:
        found: dict[str, Any] = dict.fromkeys(job_ids)
        if failed:  # all are read first: what is sent anew would be listed, too
            every = filter(_to_retry, client.jobs(None, algorithm, since))
            found = {job["job_id"]: job for job in every if reason in (None, (job["error"] or {}).get("code"))}
        catalogue = client.algorithms()
        for job_id, job in found.items():
            try:
                _send(client, job or client.job(job_id), catalogue, once=failed)
            except ApiError as error:  # of this job; the others are sent all the same
                if error.code in OF_ANY_CALL:
                    raise
                refused = True
                click.echo(f"{job_id}: {error}", err=True)
        if not found:
            click.echo(NONE, err=True)
    if refused:
        sys.exit(REFUSED)


def _send(client: Client, job: Mapping[str, Any], catalogue: Mapping[str, Any], *, once: bool) -> None:
    """Send a job anew, if it has ended, and say what became of it."""
    result = job["result"]
    if result is None:
        click.echo(f"{job['job_id']} has not ended; it is {job['state']}", err=True)
        return
    pacs = {name: value for name, value in result["pacs"].items() if value is not None}
    key = f"retry-{job['job_id']}" if once else None
    further = inputs.again(result.get("inputs", {}), catalogue.get(job["algorithm"], {}))
    sent = client.submit(job["algorithm"], pacs, result["parameters"], further, key=key)
    click.echo(f"{job['job_id']} -> {sent}")


def _to_retry(job: dict[str, Any]) -> bool:
    return has_failed(job) and not job.get("retried_as")  # an operator has sent another instead
