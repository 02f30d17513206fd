"""`imaging process`: sends one job from the command line, over the public HTTP interface only."""

import sys
import time
from pathlib import Path
from typing import Any, TextIO

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from clients.cli.client import Client
from clients.cli.jobs import account, callback_options, estimates, inputs, many, many_inputs, place, save, values
from clients.cli.terminal.exit_codes import ENDED_BADLY, end_if_failed
from clients.cli.terminal.signals import Stopped


@click.command()
@click.argument("algorithm")
@click.option("--study", help="Study identifier; needed unless --series-from is given.")
@click.option("--series", help="Series identifier; needed unless the scope is study.")
@click.option("--image", help="Image identifier; needed when the scope is image.")
@click.option("--scope", type=click.Choice(["image", "series", "study"]), help="Default: the narrowest given.")
@click.option("--volume", help="One volume of the series, as the PACS API's stack of it names them.")
@click.option("--each-image", is_flag=True, help="A job for each image of the series.")
@click.option(
    "--series-from",
    "series_file",
    type=click.File(),
    metavar="FILE",
    help="A job for each series in a file (- is standard input): study and series on each line.",
)
@click.option("-p", "parameters", multiple=True, metavar="NAME=VALUE", help="A parameter; may be repeated.")
@click.option(
    "--input",
    "further",
    multiple=True,
    metavar="NAME=VALUE",
    help="A further input: STUDY/SERIES/IMAGE (or its beginning), job:JOB_ID/OUTPUT, a JSON object, or @FILE with one. "
    "May be repeated.",
)
@click.option("--save", "target", type=click.Path(path_type=Path), callback=place.check, help=place.HELP)
@click.option("--api", envvar="API_BASE", help="Address of the processing API; by default that of `imaging up`.")
@click.option("--pacs-api", envvar="PACS_API_BASE", help="Address of the PACS API, for --each-image.")
@callback_options.options
@account.options
def process(
    algorithm: str,
    study: str | None,
    series: str | None,
    image: str | None,
    scope: str | None,
    volume: str | None,
    each_image: bool,
    series_file: TextIO | None,
    parameters: tuple[str, ...],
    further: tuple[str, ...],
    target: place.Target | None,
    api: str | None,
    pacs_api: str | None,
    callback_url: str | None,
    secret_file: Path | None,
    traceparent: str,
    file: Path,
    token: str,
) -> None:
    """Send one image, series or study through ALGORITHM and wait for the result; or many, each as a job.

    The lasting client of this folder sends them if there is one (`imaging client new`): then jobs and results stay.

    \b
    Exit code: 0 the jobs succeeded, wholly or in part; 1 one ended otherwise; 2 wrong usage;
    3 the API refused the request; 4 the API cannot be reached; 130 interrupted (the jobs are cancelled).
    """
    several = each_image or series_file is not None
    if series_file and (study or series or image or scope):
        raise click.UsageError("--series-from has the studies and series itself")
    has_series = series_file is not None or (study and series)
    if each_image and (not has_series or image or scope or volume):
        raise click.UsageError("--each-image needs --study and --series, or --series-from, and none of their parts")
    if volume and (not study or not series or image):
        raise click.UsageError("--volume needs --study and --series, and no image")
    if not study and not series_file:
        raise click.UsageError("Missing option '--study'.")
    if several and target and target.suffix:
        raise click.BadParameter("many jobs need a folder, not a file", param_hint="--save")
    told = callback_options.callback(callback_url, secret_file)
    scope = scope or ("image" if image else "series" if series else "study")
    identifiers = {"study_id": study, "series_id": series, "image_id": image, "scope": scope, "volume": volume}
    references = [{name: value for name, value in identifiers.items() if value}]
    if series_file:
        references = many_inputs.series_in(series_file)
    address, known = account.choose(file, api)
    with account.faults(address):
        if each_image:
            references = many_inputs.images_of(references, pacs_api, token.strip())
        with Client(address, bearer=token.strip(), known=known, callback=told, traceparent=traceparent) as client:
            entry = client.algorithms().get(algorithm, {})
            schema = entry.get("parameters", {})
            with values.meant(schema):
                given = values.parse(parameters, schema)
                named = inputs.parse(further, entry.get("inputs", ()))
                if several:
                    sys.exit(0 if many.run(client, algorithm, references, given, target, named) else ENDED_BADLY)
                result = _run(client, algorithm, references[0], given, named)
            if result["status"] in ("succeeded", "partial"):
                save.deliver(client, result, target)
    for missing in result["missing"]:
        click.echo(f"missing: {missing}", err=True)
    end_if_failed(result)


def _run(
    client: Client, algorithm: str, pacs: dict[str, str], parameters: dict[str, Any], further: dict[str, Any]
) -> dict[str, Any]:
    job_id = client.submit(algorithm, pacs, parameters, further)
    click.echo(f"job {job_id}", err=True)
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("accepted", total=1.0)

        def show(job: dict[str, Any]) -> None:
            expected = estimates.text(job, time.time())
            said = f"{algorithm} {job['state']}" + (f", {expected}" if expected else "")
            bar.update(task, description=said, completed=job["progress"])

        try:
            message = client.wait_for(job_id, show)
        except Stopped:
            client.cancel(job_id)
            raise
    client.acknowledge(message)
    return message["result"]
