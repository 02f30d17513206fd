"""`imaging put`: takes DICOM files from folders into a PACS bucket."""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from clients.cli.local import record
from clients.cli.terminal.exit_codes import INTERRUPTED, UNREACHABLE
from clients.cli.terminal.signals import Stopped, stoppable
from runtime.contracts import keys

if TYPE_CHECKING:
    from clients.cli.intake.counts import Counts


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path), metavar="DIR|FILE...")
@click.option("--bucket", help="PACS bucket of a deployed stack; by default that of `imaging up`.")
@click.option(
    "--pattern", help=f"`pacsKeyPattern` of the deployed stack.  [default: {keys.PACS_KEY_PATTERN}]", metavar="PATTERN"
)
@click.option("--json", "as_json", is_flag=True, help="Print the counts, and the files of each reason, as JSON.")
def put(paths: tuple[Path, ...], bucket: str | None, pattern: str | None, as_json: bool) -> None:
    """Put the DICOM images of folders and files into the PACS bucket, under the key pattern.

    Files may have any names and lie in nested folders beside other files. What is in the bucket is never replaced.
    A deployed stack is reached with the AWS credentials of the environment, which need s3:PutObject and s3:GetObject.

    \b
    Exit code: 0 the bucket has at least one of the images; 1 it has none; 2 wrong usage;
    4 the bucket refuses or does not answer; 130 interrupted.
    """
    if pattern and not bucket:
        raise click.UsageError("--pattern belongs to --bucket: the local system knows its own")
    try:
        with stoppable():
            counts = into(paths, bucket, pattern)
    except Stopped:
        sys.exit(INTERRUPTED)
    click.echo(json.dumps(counts.report(), indent=2) if as_json else counts.text())
    if not counts.images:
        sys.exit(1)


def into(paths: tuple[Path, ...], bucket: str | None, pattern: str | None) -> "Counts":
    """Take the images into the bucket that is named, or that of the running `imaging up`; exit if it refuses."""
    try:
        import boto3
        from botocore.exceptions import BotoCoreError, ClientError

        from clients.cli.intake.folder import take
        from runtime.archive.intake.bucket import Bucket
    except ModuleNotFoundError as missing:
        raise click.ClickException(
            f"`imaging put` needs {missing.name}: install imaging-services[cli,worker]"
        ) from missing
    if bucket:
        s3: Any = boto3.client("s3")
        try:
            place = Bucket(s3, bucket, pattern or keys.PACS_KEY_PATTERN)
        except ValueError as error:
            raise click.UsageError(str(error)) from error
    else:
        system = record.system()
        s3 = boto3.client("s3", **system["aws"])
        place = Bucket(s3, record.read()["PacsBucket"], system["pattern"])
    try:
        return take(paths, place)
    except (BotoCoreError, ClientError) as error:
        click.echo(f"the bucket {place.name} at {s3.meta.endpoint_url} does not take images: {error}", err=True)
        sys.exit(UNREACHABLE)
