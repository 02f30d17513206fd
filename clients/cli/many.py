"""Many jobs of one command: which images or series they take, and what came of them."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, TextIO

import click
import httpx
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from clients.cli import record, save
from clients.cli.client import Client

Reference = dict[str, str]
SECONDS = 30.0  # for an answer of the PACS API


def series_in(lines: TextIO) -> list[Reference]:
    """Return the series of a file: study and series on each line, apart by spaces or a comma; `#` begins a comment.

    Raises BadParameter that names every other line.
    """
    found: list[Reference] = []
    wrong: list[str] = []
    for number, line in enumerate(lines, start=1):
        words = re.split(r"[\s,;]+", line.partition("#")[0].strip())
        if words == [""]:
            continue
        if len(words) == 2:
            found.append({"study_id": words[0], "series_id": words[1], "scope": "series"})
        else:
            wrong.append(str(number))
    if wrong:
        raise click.BadParameter(f"line {', '.join(wrong)} is not a study and a series", param_hint="--series-from")
    if not found:
        raise click.BadParameter("no series in the file", param_hint="--series-from")
    return found


def images_of(series: Sequence[Reference], pacs_api: str | None, token: str) -> list[Reference]:
    """Return every image of some series, as the PACS API lists them."""
    address = (pacs_api or str(record.read()["PacsApiLB"])).rstrip("/")
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    found: list[Reference] = []
    with httpx.Client(headers=headers, timeout=SECONDS) as http:
        for each in series:
            url = f"{address}/studies/{each['study_id']}/series/{each['series_id']}/images"
            query: dict[str, str] = {}
            while True:
                page = http.get(url, params=query).raise_for_status().json()
                found += [{**each, "image_id": image["image_id"], "scope": "image"} for image in page["images"]]
                if not page["next"]:
                    break
                query = {"cursor": page["next"]}
    return found


def run(
    client: Client,
    algorithm: str,
    references: Sequence[Reference],
    parameters: Mapping[str, Any],
    target: save.Target | None,
    inputs: Mapping[str, Any],
) -> bool:
    """Send a job for each input, wait for all, write their outputs below the folder; return whether all succeeded.

    The jobs are sent one by one: if one is refused, those sent before it are cancelled.
    """
    sent: dict[str, Reference] = {}
    ends: Counter[str] = Counter()
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    try:
        with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
            task = bar.add_task(f"{algorithm}: sending", total=len(references))
            for reference in references:
                sent[client.submit(algorithm, reference, parameters, inputs)] = reference
                bar.advance(task)
            for job_id, reference in sent.items():
                click.echo(f"job {job_id} {_name(reference)}", err=True)
            bar.reset(task, description=f"{algorithm}: ended")
            for result in client.wait_all(sent):
                ends[result["status"]] += 1
                _take(client, result, sent.pop(result["job_id"]), target)
                bar.advance(task)
    except BaseException:
        _cancel(client, sent)
        raise
    click.echo(", ".join(f"{count} {status}" for status, count in ends.items()), err=True)
    return not set(ends) - {"succeeded", "partial"}


def _take(client: Client, result: Mapping[str, Any], reference: Reference, target: save.Target | None) -> None:
    if fault := result["error"]:
        click.echo(f"{_name(reference)}: {result['status']}: {fault['code']}: {fault['message']}", err=True)
    elif target:
        folder = save.Target(target.path / _name(reference), "")
        for path in save.write(client, result, folder):
            click.echo(path)
    for name, value in result["measurements"].items():
        click.echo(f"{_name(reference)}: {name} = {value}")


def _name(reference: Reference) -> str:
    return str(Path(*(reference[name] for name in ("study_id", "series_id", "image_id") if name in reference)))


def _cancel(client: Client, job_ids: Mapping[str, Reference]) -> None:
    """Cancel what has not ended, as far as the API still answers."""
    for job_id in job_ids:
        try:
            client.cancel(job_id)
        except Exception as error:  # the first error is the one to report
            if getattr(error, "code", "") != "already_ended":
                click.echo(f"job {job_id} was not cancelled: {error}", err=True)
