"""`imaging process`: sends one job from the command line, over the public HTTP interface only."""

import sys
from pathlib import Path
from typing import Any

import click
import httpx
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from clients.cli import inputs, record, values
from clients.cli.client import ApiError, Client
from clients.cli.signals import Stopped, stoppable

ENDED_BADLY, REFUSED, UNREACHABLE, INTERRUPTED = 1, 3, 4, 130


@click.command()
@click.argument("algorithm")
@click.option("--study", required=True, help="Study identifier.")
@click.option("--series", help="Series identifier; needed unless the scope is study.")
@click.option("--image", help="Image identifier; needed when the scope is image.")
@click.option("--scope", type=click.Choice(["image", "series", "study"]), help="Default: the narrowest given.")
@click.option("-p", "parameters", multiple=True, metavar="NAME=VALUE", help="A parameter; may be repeated.")
@click.option(
    "--input",
    "further",
    multiple=True,
    metavar="NAME=VALUE",
    help="A further input: STUDY/SERIES/IMAGE (or its beginning), job:JOB_ID/OUTPUT, a JSON object, or @FILE with one. "
    "May be repeated.",
)
@click.option("--save", type=click.Path(path_type=Path), help="A .png or .mha file, or a folder for every output.")
@click.option("--api", envvar="API_BASE", help="Address of the processing API; by default that of `imaging up`.")
@click.option(
    "--token",
    envvar="IMAGING_TOKEN",
    show_envvar=True,
    default="",
    help="JSON web token, if the stack asks for one; the variable keeps it out of the list of processes.",
)
def process(
    algorithm: str,
    study: str,
    series: str | None,
    image: str | None,
    scope: str | None,
    parameters: tuple[str, ...],
    further: tuple[str, ...],
    save: Path | None,
    api: str | None,
    token: str,
) -> None:
    """Send one image, series or study through ALGORITHM and wait for the result.

    \b
    Exit code: 0 the job succeeded, wholly or in part; 1 it ended otherwise; 2 wrong usage;
    3 the API refused the request; 4 the API cannot be reached; 130 interrupted (the job is cancelled).
    """
    address = api or str(record.read()["ProcessingApiEndpoint"])
    scope = scope or ("image" if image else "series" if series else "study")
    identifiers = {"study_id": study, "series_id": series, "image_id": image, "scope": scope}
    pacs = {name: value for name, value in identifiers.items() if value}
    try:
        with stoppable(), Client(address, bearer=token.strip()) as client:
            entry = client.algorithms().get(algorithm, {})
            given = values.parse(parameters, entry.get("parameters", {}))
            result = _run(client, algorithm, pacs, given, inputs.parse(further, entry.get("inputs", ())))
            if result["status"] in ("succeeded", "partial"):
                _deliver(client, result, save)
    except ApiError as error:
        click.echo(f"{error.code}: {error}", err=True)
        sys.exit(REFUSED)
    except httpx.HTTPError as error:
        click.echo(f"{address} cannot be reached: {error}; check the address and the network", err=True)
        sys.exit(UNREACHABLE)
    except Stopped:
        sys.exit(INTERRUPTED)
    for missing in result["missing"]:
        click.echo(f"missing: {missing}", err=True)
    if fault := result["error"]:
        click.echo(f"{result['status']}: {fault['code']}: {fault['message']}", err=True)
        sys.exit(ENDED_BADLY)


def _run(
    client: Client, algorithm: str, pacs: dict[str, str], parameters: dict[str, Any], further: dict[str, Any]
) -> dict[str, Any]:
    job_id = client.submit(algorithm, pacs, parameters, further)
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("accepted", total=1.0)

        def show(job: dict[str, Any]) -> None:
            bar.update(task, description=f"{algorithm} {job['state']}", completed=job["progress"])

        try:
            message = client.wait_for(job_id, show)
        except Stopped:
            client.cancel(job_id)
            raise
    client.acknowledge(message)
    return message["result"]


def _deliver(client: Client, result: dict[str, Any], save: Path | None) -> None:
    outputs = client.outputs(result)
    units = {port["name"]: port["unit"] for port in result.get("ports", ())}
    for name, value in result["measurements"].items():
        click.echo(f"{name} = {value} {units.get(name, '')}".rstrip())
    if save is None:
        for output in outputs:
            click.echo(output["url"])
        return
    for path, output in _chosen(outputs, save):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(client.download(output["url"]))
        click.echo(path)


def _chosen(outputs: list[dict[str, Any]], save: Path) -> list[tuple[Path, dict[str, Any]]]:
    if save.suffix not in (".png", ".mha"):
        return [(save / output["name"], output) for output in outputs]
    previews = [output for output in outputs if output["kind"] == "preview"]
    # One file: the values, or the picture of the only plane, or that of all planes.
    kind = "values" if save.suffix == ".mha" else "preview" if len(previews) == 1 else "mosaic"
    return [(save, output) for output in outputs if output["kind"] == kind]
