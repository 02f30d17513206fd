"""`imaging demo`: sends a real MR series through the whole system, once in 2-D and once in 3-D."""

import json
import sys
import time
from dataclasses import asdict, dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any, Final
from uuid import uuid4

import click
import httpx
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from clients.cli import account, sample
from clients.cli.client import ApiError, Client
from clients.cli.pictures import before_after
from clients.cli.signals import Stopped, stoppable

JOB_SECONDS: Final = 120.0  # enough for a busy machine; beyond it something is wrong
JOBS: Final[tuple[dict[str, Any], ...]] = (
    {"algorithm": "gaussian", "scope": "image", "parameters": {"sigma": 2.0}},
    {"algorithm": "curvature_flow", "scope": "series", "parameters": {"iterations": 12, "time_step": 0.15}},
)


@dataclass
class Job:
    """One job of the demo as it is reported; the JSON leaves out `url`, which is gone when the cloud stops."""

    job_id: str
    algorithm: str
    scope: str
    state: str
    hops: dict[str, int]
    files: list[str]
    url: str

    def report(self) -> dict[str, Any]:
        """Return the job's entry in the JSON report."""
        return {name: value for name, value in asdict(self).items() if name != "url"}


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object; everything else to standard error.")
def demo(as_json: bool) -> None:
    """Start an embedded cloud, process a real MR series on it, and save before/after pictures."""
    from runtime.local.cloud import DeploymentError, LocalCloud

    started = time.monotonic()
    console = Console(stderr=True)
    folder = Path("out") / f"demo-{uuid4().hex[:8]}"
    try:
        with stoppable():
            console.print("Starting the embedded cloud and running the Pulumi program on it ...")
            with LocalCloud() as cloud:
                outputs = dict(cloud.outputs)
                images = sample.put(cloud.emulator.boto3_client("s3"), outputs["PacsBucket"])
                console.print(f"Up. {len(images)} slices of a real MR series are in the PACS bucket.")
                with Client(outputs["ProcessingApiEndpoint"]) as client:
                    jobs = [
                        _job(client, console, outputs=outputs, images=images, folder=folder, **each) for each in JOBS
                    ]
    except Stopped:
        sys.exit(130)
    except (DeploymentError, TimeoutError) as error:
        raise click.ClickException(str(error)) from error
    except ApiError as error:
        raise click.ClickException(f"{error.code}: {error}") from error
    except httpx.HTTPError as error:
        raise click.ClickException(account.unreachable(error, "the local system")) from error
    seconds = round(time.monotonic() - started, 2)
    if as_json:
        click.echo(json.dumps({"seconds": seconds, "outputs": outputs, "jobs": [job.report() for job in jobs]}))
    else:
        _print(Console(), jobs, seconds)
    if any(job.state != "succeeded" for job in jobs):
        sys.exit(1)


def _job(
    client: Client,
    console: Console,
    *,
    outputs: dict[str, Any],
    images: list[sample.SampleImage],
    folder: Path,
    algorithm: str,
    scope: str,
    parameters: dict[str, Any],
) -> Job:
    """Send one job, show its progress, and save its outputs and a before/after picture."""
    image = images[len(images) // 2]
    pacs = {"study_id": image.study_id, "series_id": image.series_id, "scope": scope}
    if scope == "image":
        pacs["image_id"] = image.image_id
    sent = time.monotonic()
    job_id = client.submit(algorithm, pacs, parameters)
    posted = time.monotonic()
    columns = (TextColumn("{task.description:30}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console) as bar:
        task = bar.add_task(algorithm, total=1.0)
        message = client.wait_for(
            job_id,
            lambda job: bar.update(task, description=f"{algorithm} {job['state']}", completed=job["progress"]),
            JOB_SECONDS,
        )
        bar.update(task, description=f"{algorithm} {message['result']['status']}", completed=1.0)
    answered = time.monotonic()
    result = message["result"]
    urls = {output["name"]: output["url"] for output in client.outputs(result)}
    contents = {name: client.download(url) for name, url in urls.items()}
    client.acknowledge(message)
    saved = folder / algorithm
    saved.mkdir(parents=True)
    files = [saved / name for name in contents]
    for path in files:
        path.write_bytes(contents[path.name])
    if result["status"] == "succeeded":
        files.insert(0, saved / "before-after.png")
        files[0].write_bytes(before_after(outputs["PacsApiLB"], image, scope, contents))
    hops = {"post": round((posted - sent) * 1000), **_differences(client.job(job_id)["hops"])}
    hops["round_trip"] = round((answered - sent) * 1000)
    return Job(
        job_id=job_id,
        algorithm=algorithm,
        scope=scope,
        state=result["status"],
        hops=hops,
        files=[str(path) for path in files],
        url=next(iter(urls.values()), ""),
    )


def _differences(hops: dict[str, int]) -> dict[str, int]:
    """Return the milliseconds from each hop to the next, in the order in which the job crossed them."""
    crossed = sorted(hops.items(), key=lambda hop: hop[1])
    return {name: at - before for (_, before), (name, at) in pairwise(crossed)}


def _print(console: Console, jobs: list[Job], seconds: float) -> None:
    table = Table("hop", title="milliseconds per hop")
    for job in jobs:
        table.add_column(f"{job.algorithm} ({job.scope})", justify="right")
    for name in jobs[0].hops:
        table.add_row(name, *(str(job.hops.get(name, "")) for job in jobs))
    console.print(table)
    for job in jobs:
        console.print(f"{job.algorithm}: {job.state}, {len(job.files)} files, before and after in {job.files[0]}")
        console.print(f"  was served at {job.url}", soft_wrap=True, style="dim")
    console.print(f"{seconds} s from nothing to here; nothing is left running.")
