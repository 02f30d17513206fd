"""`imaging try`: one computation on this machine, as a worker does it, without a cloud."""

import sys
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, get_args

import click

from algorithms.declaration import Scope
from clients.cli.jobs import place, values
from clients.cli.jobs import save as saving
from clients.cli.terminal.exit_codes import ENDED_BADLY, REFUSED, refuse

if TYPE_CHECKING:
    from algorithms.registered import Registered
    from runtime.authoring.inputs.source import Source
    from runtime.authoring.trials.trial import Trial
    from runtime.worker.child.fork.preparation import Preparation


@click.command("try")
@click.argument("name")
@click.argument("path", metavar="INPUT", type=click.Path(path_type=Path))
@click.option("-p", "parameters", multiple=True, metavar="NAME=VALUE", help="A parameter; may be repeated.")
@click.option(
    "--input",
    "further",
    multiple=True,
    metavar="NAME=PATH",
    help="A further input: files as INPUT, a transform (.tfm), points or boxes as JSON or in a file. May be repeated.",
)
@click.option("--save", type=click.Path(path_type=Path), callback=place.check, help=place.HELP)
@click.option("--scope", type=click.Choice(get_args(Scope)), help="Default: image for a file, series for a folder.")
@click.option("--series", help="SeriesInstanceUID, if a folder holds several series.")
@click.option("--volume", help="One volume of the series; a series of several says their ids.")
def trial(
    name: str,
    path: Path,
    parameters: tuple[str, ...],
    further: tuple[str, ...],
    save: place.Target | None,
    scope: Scope | None,
    series: str | None,
    volume: str | None,
) -> None:
    """Compute NAME once on INPUT, here and now, as a worker would: with its reading, checks, limits and files.

    \b
    NAME   an installed algorithm, module:object, or path/to/file.py (:object chooses one of several)
    INPUT  a DICOM file or folder, a volume (.nii, .nii.gz, .mha, .nrrd) or a picture (.png, .jpg, .tif);
           for --input also points or boxes as JSON, as a request has them

    \b
    Exit code: 0 it succeeded, wholly or in part; 1 it ended otherwise; 2 wrong usage;
    3 no such algorithm or input.
    """
    from runtime.authoring.inputs.further import named
    from runtime.authoring.inputs.source import locate
    from runtime.authoring.target import TargetError, find
    from runtime.authoring.trials.trial import Request
    from runtime.authoring.trials.trials import Trials
    from runtime.errors import PermanentError
    from runtime.worker.jobs.scopes import check_scope

    try:
        with Trials(name) as trials, tempfile.TemporaryDirectory(prefix="imaging-try-") as folder:
            registered = find(name)
            source = replace(locate(path, scope, series), volume=volume)
            given = values.parse(parameters, registered.schema)
            check_scope(registered.algorithm.name, registered.algorithm.scopes, source.scope)
            tell_preparation(trials.preparation())
            results = Path(folder, "results")
            results.mkdir()
            inputs = named(further, registered.algorithm, Path(folder, "inputs"))
            _tell(registered, source, trials.attempt(Request(source, results, given, inputs=inputs)), save)
    except TargetError as error:
        refuse(error, error.trace)
    except PermanentError as error:
        click.echo(f"{error.code}: {error.message}", err=True)
        sys.exit(REFUSED)


def tell_preparation(preparation: "Preparation") -> None:
    """Say what the algorithm's preparation took, if it has one."""
    if preparation.seconds:
        mib = preparation.allocated_bytes / 2**20
        click.echo(f"prepared   {preparation.seconds:.2f} s and {mib:.0f} MiB, once, before the first job")


def _tell(registered: "Registered", source: "Source", done: "Trial", save: place.Target | None) -> None:
    from clients.cli.reports.trial import lines, unusual
    from runtime.authoring.advice import advice_on
    from runtime.worker.child.messages import Done

    algorithm, seen, reply = registered.algorithm, done.seen, done.reply
    if source.left_out:
        click.echo(f"{source.left_out} files that are not DICOM were left out", err=True)
    if seen.given:
        click.echo(f"given      {seen.given}")
    if not isinstance(reply, Done):
        click.echo(seen.trace, err=True, nl=False)
        code = getattr(reply, "code", "no_room")
        click.echo(f"{code}: {reply.message}", err=True)
        if advice := advice_on(done):
            click.echo(f"  next   {advice}", err=True)
        if code == "out_of_memory":
            click.echo(f"It declares memory_mib={algorithm.resources.memory_mib}; declare more.", err=True)
        sys.exit(ENDED_BADLY)
    for sentence in unusual(reply):
        click.echo(f"input      {sentence}", err=True)
    for line in lines(reply, seen.returned):
        click.echo(line)
    for sentence in reply.missing:
        click.echo(f"missing: {sentence}", err=True)
    if save is not None:
        outputs = [{"name": each.path.name, "kind": each.kind, "path": each.path} for each in reply.products]
        result = {"measurements": reply.measurements, "outputs": [{"name": each["name"]} for each in outputs]}
        for path in saving.write_outputs(result, outputs, lambda output: output["path"].read_bytes(), save):
            click.echo(f"saved      {path}")
    _propose(registered, done)


def _propose(registered: "Registered", done: "Trial") -> None:
    from runtime.authoring import proposal

    declared, reading = registered.algorithm.resources, max(0.0, done.seconds - done.seen.seconds)
    click.echo(
        f"took       {done.seconds:.2f} s: {done.seen.seconds:.2f} s the function, {reading:.2f} s reading and "
        f"writing; {done.peak_bytes / 2**20:.0f} MiB"
    )
    click.echo(f"declared   memory_mib={declared.memory_mib}, typical_seconds={declared.typical_seconds:g}")
    click.echo(f"proposed   {proposal.line(declared, done.seconds, done.peak_bytes)}")
