"""`imaging try`: one computation on this machine, as a worker does it, without a cloud."""

import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import click

from algorithms.declaration import Scope
from clients.cli import save as saving
from clients.cli import values
from clients.cli.exit_codes import ENDED_BADLY, REFUSED, refuse

if TYPE_CHECKING:
    from algorithms.registered import Registered
    from runtime.authoring.source import Source
    from runtime.authoring.trial import Trial
    from runtime.contracts.models import Display
    from runtime.worker.child.preparation import Preparation


@click.command("try")
@click.argument("name")
@click.argument("path", metavar="INPUT", type=click.Path(path_type=Path))
@click.option("-p", "parameters", multiple=True, metavar="NAME=VALUE", help="A parameter; may be repeated.")
@click.option("--input", "further", multiple=True, metavar="NAME=INPUT", help="A further input; may be repeated.")
@click.option("--save", type=click.Path(path_type=Path), callback=saving.check, help=saving.HELP)
@click.option("--scope", type=click.Choice(get_args(Scope)), help="Default: image for a file, series for a folder.")
@click.option("--series", help="SeriesInstanceUID, if a folder holds several series.")
def trial(
    name: str,
    path: Path,
    parameters: tuple[str, ...],
    further: tuple[str, ...],
    save: saving.Target | None,
    scope: Scope | None,
    series: str | None,
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
    from runtime.authoring.source import locate
    from runtime.authoring.target import TargetError, find
    from runtime.authoring.trial import Request
    from runtime.authoring.trials import Trials
    from runtime.errors import PermanentError
    from runtime.worker.jobs.scopes import check_scope

    try:
        with Trials(name) as trials, tempfile.TemporaryDirectory(prefix="imaging-try-") as folder:
            registered = find(name)
            source = locate(path, scope, series)
            given = values.parse(parameters, registered.schema)
            check_scope(registered.algorithm.name, registered.algorithm.scopes, source.scope)
            tell_preparation(trials.preparation())
            inputs = _inputs(further, registered)
            _tell(registered, source, trials.attempt(Request(source, Path(folder), given, inputs=inputs)), save)
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


def _inputs(texts: tuple[str, ...], registered: "Registered") -> dict[str, list[Any]]:
    from runtime.authoring.further import further

    try:
        return further(texts, registered.algorithm.run)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--input") from error


def _tell(registered: "Registered", source: "Source", done: "Trial", save: saving.Target | None) -> None:
    from algorithms.ports.outputs import outputs_of
    from runtime.authoring.observed import described
    from runtime.authoring.outcome import returned_outputs
    from runtime.authoring.words import in_words
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
        if code == "out_of_memory":
            click.echo(f"It declares memory_mib={algorithm.resources.memory_mib}; declare more.", err=True)
        sys.exit(ENDED_BADLY)
    outputs = outputs_of(algorithm.run)
    if outputs is not None:
        for each, value in returned_outputs(seen.returned, outputs).items():
            click.echo(f"returned   {each}: {in_words(value)}")
    elif (image := getattr(seen.returned, "image", seen.returned)) is not None:
        extent, shown = f"{image.pixels.min():.4g} to {image.pixels.max():.4g}", _shown(reply.display)
        click.echo(f"returned   {described(image)}, values {extent}{shown}")
    for name, value in reply.measurements.items():
        click.echo(f"{name} = {value}")
    for sentence in reply.missing:
        click.echo(f"missing: {sentence}", err=True)
    if save is not None:
        outputs = [{"name": each.path.name, "kind": each.kind, "path": each.path} for each in reply.products]
        result = {"measurements": reply.measurements, "outputs": [{"name": each["name"]} for each in outputs]}
        for path in saving.write_outputs(result, outputs, lambda output: output["path"].read_bytes(), save):
            click.echo(f"saved      {path}")
    _propose(registered, done)


def _shown(display: "Display | None") -> str:
    if display is None or display.window is None:
        return ""
    centre, half = display.window.centre, display.window.width / 2
    return f", shown from {centre - half:.4g} to {centre + half:.4g}"


def _propose(registered: "Registered", done: "Trial") -> None:
    from runtime.authoring import proposal

    declared, reading = registered.algorithm.resources, max(0.0, done.seconds - done.seen.seconds)
    click.echo(
        f"took       {done.seconds:.2f} s: {done.seen.seconds:.2f} s the function, {reading:.2f} s reading and "
        f"writing; {done.peak_bytes / 2**20:.0f} MiB"
    )
    click.echo(f"declared   memory_mib={declared.memory_mib}, typical_seconds={declared.typical_seconds:g}")
    click.echo(f"proposed   {proposal.line(declared, done.seconds, done.peak_bytes)}")
