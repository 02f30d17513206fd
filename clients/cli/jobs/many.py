"""Many jobs of one command: sending them in batches, and what came of them."""

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from clients.cli.client import MOST_JOBS, ApiError, Client
from clients.cli.jobs import place, save
from clients.cli.jobs.many_inputs import Reference


def run(
    client: Client,
    algorithm: str,
    references: Sequence[Reference],
    parameters: Mapping[str, Any],
    target: place.Target | None,
    inputs: Mapping[str, Any],
) -> bool:
    """Send a job for each input, wait for all, write their outputs below the folder; return whether all succeeded.

    The jobs are sent in batches, each of which is accepted as a whole. If the client may have no more open jobs, the
    next batch waits until those before it have ended; if it may never have so many, batches are smaller. If one is
    refused, those that were sent before it are cancelled.
    """
    most = MOST_JOBS
    batches: list[str] = []
    sent: list[str] = []
    left = list(references)
    succeeded = True
    try:
        while left:
            try:
                batch = client.submit_batch(algorithm, left[:most], parameters, inputs)
            except ApiError as error:
                if error.code == "too_many_open_jobs" and sent:
                    succeeded &= collect(client, sent, target)
                    sent = []
                elif _too_long(error) and most > 1:
                    most = min(most, len(left)) // 2
                else:
                    raise
                continue
            click.echo(f"batch {batch['batch_id']}", err=True)
            for job_id, reference in zip(batch["job_ids"], left, strict=False):
                click.echo(f"job {job_id} {_name(reference)}", err=True)
            batches.append(batch["batch_id"])
            sent += batch["job_ids"]
            left = left[most:]
        return collect(client, sent, target) and succeeded
    except BaseException:
        _cancel(client, batches)
        raise


def _too_long(error: ApiError) -> bool:
    """Return whether the list of inputs alone was refused: it has more than the client's limit of open jobs."""
    return [fault.get("pointer") for fault in error.problem.get("errors", ())] == ["/pacs"]


def fetch(client: Client, batch_id: str, target: place.Target | None) -> bool:
    """Wait for the jobs of a batch that have not ended, and write the outputs of all; return whether all succeeded."""
    if target and target.suffix:
        raise click.BadParameter("many jobs need a folder, not a file", param_hint="--save")
    jobs = list(client.jobs(batch=batch_id))
    known = [job["result"] for job in jobs if job["result"]]
    return collect(client, [job["job_id"] for job in jobs if not job["result"]], target, known)


def collect(
    client: Client, job_ids: Sequence[str], target: place.Target | None, known: Sequence[Mapping[str, Any]] = ()
) -> bool:
    """Write the outputs of results below the folder, first of those that are `known`; return whether all succeeded."""
    ends: Counter[str] = Counter()
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        for result in bar.track(
            chain(known, client.wait_all(job_ids)), total=len(known) + len(job_ids), description="ended"
        ):
            ends[result["status"]] += 1
            _take(client, result, target)
    click.echo(", ".join(f"{count} {status}" for status, count in ends.items()), err=True)
    return not set(ends) - {"succeeded", "partial"}


def _take(client: Client, result: Mapping[str, Any], target: place.Target | None) -> None:
    name = _name(result["pacs"])
    if fault := result["error"]:
        click.echo(f"{name}: {result['status']}: {fault['code']}: {fault['message']}", err=True)
    elif target:
        for path in save.write(client, result, place.Target(target.path / name, "")):
            click.echo(click.format_filename(path))
    for line in save.measured(result):
        click.echo(f"{name}: {line}")
    for sentence in result.get("missing", ()):
        click.echo(f"{name}: missing: {sentence}", err=True)


def _name(reference: Mapping[str, str | None]) -> str:
    identifiers = (reference.get(name) for name in ("study_id", "series_id", "image_id"))
    return str(Path(*filter(None, identifiers)))


def _cancel(client: Client, batches: Sequence[str]) -> None:
    """Cancel what has not ended, as far as the API still answers."""
    for batch_id in batches:
        try:
            client.cancel_batch(batch_id)
        except Exception as error:  # the first error is the one to report
            if getattr(error, "code", "") != "already_ended":
                click.echo(f"batch {batch_id} was not cancelled: {error}", err=True)
