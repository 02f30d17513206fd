"""`imaging demo`: sends a real MR series through the whole system, once in 2-D and once in 3-D."""

import json
import sys
import time
from pathlib import Path
from typing import Any, Final
from uuid import uuid4

import click
import httpx
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from clients.cli.client import ApiError, Client
from clients.cli.jobs import account
from clients.cli.local import sample
from clients.cli.reports.demo import Job, differences, show
from clients.cli.reports.pictures import before_after
from clients.cli.terminal.signals import Stopped, stoppable

JOB_SECONDS: Final = 120.0  # enough for a busy machine; beyond it something is wrong
JOBS: Final[tuple[dict[str, Any], ...]] = (
    {"algorithm": "gaussian", "scope": "image", "parameters": {"sigma": 2.0}},
    {"algorithm": "curvature_flow", "scope": "series", "parameters": {"iterations": 12, "time_step": 0.15}},
)


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
        show(Console(), jobs, seconds)
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
    hops = {"post": round((posted - sent) * 1000), **differences(client.job(job_id)["hops"])}
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
