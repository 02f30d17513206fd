"""`imaging retry`: sends jobs of the lasting client anew."""

from pathlib import Path
from typing import Any

import click

from clients.cli.commands.jobs import NONE, SINCE, has_failed
from clients.cli.jobs import account, inputs
from clients.cli.terminal import names


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
    with account.lasting(file, token) as client:
        every = client.jobs(None, algorithm, since)
        chosen = filter(_to_retry, every) if failed else map(client.job, job_ids)
        catalogue = client.algorithms()
        # All are read first: what is sent anew would be listed, too.
        found = [job for job in chosen if reason in (None, (job["error"] or {}).get("code"))]
        for job in found:
            result = job["result"]
            if result is None:
                click.echo(f"{job['job_id']} has not ended; it is {job['state']}", err=True)
                continue
            pacs = {name: value for name, value in result["pacs"].items() if value is not None}
            key = f"retry-{job['job_id']}" if failed else None
            further = inputs.again(result.get("inputs", {}), catalogue.get(job["algorithm"], {}))
            sent = client.submit(job["algorithm"], pacs, result["parameters"], further, key=key)
            click.echo(f"{job['job_id']} -> {sent}")
        if not found:
            click.echo(NONE, err=True)


def _to_retry(job: dict[str, Any]) -> bool:
    return has_failed(job) and not job.get("retried_as")  # an operator has sent another instead
