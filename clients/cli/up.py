"""`imaging up`: the whole system on this machine, until Ctrl-C."""

import os
import signal

import click

from clients.cli import record, sample
from clients.cli.signals import Stopped, stoppable

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
@click.option("--port", type=click.IntRange(1, 65535), help="Port of the web page; by default any free port.")
def up(web: bool, port: int | None) -> None:
    """Run the whole system on this machine until Ctrl-C.

    The program that deploys to AWS runs on an embedded cloud, with a sample MR series in its PACS bucket.
    """
    from runtime.local.cloud import DeploymentError, LocalCloud
    from runtime.local.page.serve import served

    if owner := record.owner():
        raise click.ClickException(f"`imaging up` already runs in this folder (process {owner}): use it, or stop it")
    try:
        with stoppable():
            click.echo("Starting ...", err=True)
            with LocalCloud() as cloud:
                images = sample.put(cloud.emulator.boto3_client("s3"), cloud.outputs["PacsBucket"])
                record.write(cloud.outputs, os.getpid())
                try:
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
                    with served(cloud.outputs, cloud.emulator.endpoint, port, wanted=web) as page:
                        click.echo(f"Web page        {page.address}" if page.address else page.reason)
                        while True:
                            signal.pause()
                finally:
                    record.remove()
                    click.echo("Stopping ...", err=True)
    except DeploymentError as error:
        raise click.ClickException(str(error)) from error
    except Stopped:
        click.echo("Stopped.", err=True)
