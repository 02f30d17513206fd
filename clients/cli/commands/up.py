"""`imaging up`: the whole system on this machine, until Ctrl-C."""

import os
import signal
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from clients.cli.commands import put
from clients.cli.local import record, sample
from clients.cli.reports import job_lines, reload_lines
from clients.cli.terminal.signals import Stopped, stoppable

if TYPE_CHECKING:
    from runtime.local.cloud import LocalCloud

PORT = click.IntRange(1, 65535)
NEXT = """
The imaging services are up. In a second terminal, in this folder (with the environment active):

  eval "$(imaging outputs --format bash)"
  curl "$API_BASE/algorithms"
  imaging process gaussian --study {study} \\
    --series {series} \\
    --image {image} -p sigma=2 --save out.png

Processing API  {api}
PACS API        {pacs}
Algorithms      {algorithms}

Ctrl-C stops everything."""


@click.command()
@click.option(
    "--web/--no-web",
    default=True,
    envvar="IMAGING_WEB",
    help="Serve the web page too; it is built first if it is not there (needs Node).",
)
@click.option(
    "--data",
    multiple=True,
    type=click.Path(exists=True, path_type=Path),
    metavar="DIR",
    help="Put the DICOM images of a folder into the PACS bucket, as `imaging put` does; may be repeated.",
)
@click.option(
    "--keep",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="Keep images, clients, jobs, results and ports in this folder between runs.",
)
@click.option(
    "--reload",
    is_flag=True,
    help="Watch the code of plugins installed by `pip install -e`, and of the built-in algorithms: a change restarts "
    "their workers and deploys what follows from their declarations.",
)
@click.option("--api-port", type=PORT, help="Port of the processing API and of the queues; by default any free port.")
@click.option("--pacs-port", type=PORT, help="Port of the PACS API; by default any free port.")
@click.option("--page-port", "--port", type=PORT, help="Port of the web page; by default any free port.")
@click.option(
    "--callback-host",
    "callback_hosts",
    multiple=True,
    metavar="HOST",
    help="A host that jobs may have called when they end, such as 127.0.0.1:8080; may be repeated.",
)
@click.option("--patients", is_flag=True, help="Name patients in the list of studies.")
@click.option("--otlp-endpoint", metavar="URL", help="Collector that gets the jobs' traces: http://127.0.0.1:4318.")
def up(
    web: bool,
    data: tuple[Path, ...],
    keep: Path | None,
    reload: bool,
    api_port: int | None,
    pacs_port: int | None,
    page_port: int | None,
    callback_hosts: tuple[str, ...],
    patients: bool,
    otlp_endpoint: str | None,
) -> None:
    """Run the whole system on this machine until Ctrl-C.

    The program that deploys to AWS runs on an embedded cloud, with a sample MR series in its PACS bucket. With a port
    that is given, or with --keep, all names and addresses are the same in each run.
    """
    from runtime.local.cloud import DeploymentError, LocalCloud
    from runtime.local.place import PlaceError, Ports

    try:
        with stoppable(), record.claimed():
            click.echo("Starting ...", err=True)
            config: dict[str, Any] = {"uploads": True, "patientColumns": patients}
            config |= {"callbackHosts": list(callback_hosts)} if callback_hosts else {}
            config |= {"otlpEndpoint": otlp_endpoint} if otlp_endpoint else {}
            began = time.time()
            ports = Ports(api_port, pacs_port, page_port)
            with LocalCloud(config=config, ports=ports, keep=keep) as cloud:
                images = sample.put(cloud.emulator.boto3_client("s3"), cloud.outputs["PacsBucket"])
                system = _system(cloud)

                def written() -> None:
                    record.write(cloud.outputs, os.getpid(), system)

                written()
                try:
                    if data:
                        click.echo(put.into(data, None, None).text(), err=True)
                    click.echo(
                        NEXT.format(
                            study=images[0].study_id,
                            series=images[0].series_id,
                            image=images[len(images) // 2].image_id,
                            api=cloud.outputs["ProcessingApiEndpoint"],
                            pacs=cloud.outputs["PacsApiLB"],
                            algorithms=", ".join(sorted(cloud.outputs["RequestQueues"])),
                        )
                    )
                    from runtime.local.page.serve import MAY, served  # late: nothing waits for the page to be ready

                    may = {**MAY, "PATIENT_COLUMNS": patients}
                    with served(cloud.outputs, cloud.emulator.endpoint, cloud.ports.page, may, wanted=web) as page:
                        click.echo(f"Web page        {page.address}" if page.address else page.reason)
                        with (
                            job_lines.printed(Path(system["logs"])),
                            reload_lines.printed(cloud, reload, began, written),
                        ):
                            while True:
                                signal.pause()
                finally:
                    record.remove()
                    click.echo("Stopping ...", err=True)
    except (DeploymentError, PlaceError) as error:
        raise click.ClickException(str(error)) from error
    except Stopped:
        click.echo("Stopped.", err=True)


def _system(cloud: "LocalCloud") -> dict[str, Any]:
    """Return what other terminals need to reach the cloud itself."""
    from runtime.local.program.project import configuration, project_name

    return {
        "aws": cloud.emulator.arguments,
        "pattern": configuration(cloud.stack)[f"{project_name()}:pacsKeyPattern"],
        "logs": str(cloud.supervisor.logs) if cloud.supervisor else "",
    }
