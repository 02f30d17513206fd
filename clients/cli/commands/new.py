"""`imaging new`: a distribution to begin with, which passes its own tests."""

from pathlib import Path

import click

from algorithms.errors import DeclarationError
from runtime.authoring.scaffold import DIMENSIONS, RETURNS, write


@click.command()
@click.argument("name")
@click.option("--returns", type=click.Choice(RETURNS), default="image", show_default=True, help="What it returns.")
@click.option(
    "--dimensions",
    type=click.Choice(DIMENSIONS),
    default="2",
    show_default=True,
    help="2: plane by plane, of an image or a series; 3: a volume at once, of a series.",
)
@click.option("--into", type=click.Path(path_type=Path, file_okay=False), help="The folder; by default NAME.")
def new(name: str, returns: str, dimensions: str, into: Path | None) -> None:
    """Write a distribution with an algorithm NAME: its function, declaration and tests."""
    folder = into or Path(name)
    try:
        written = write(folder, name, returns, dimensions)
    except (DeclarationError, ValueError) as error:
        raise click.ClickException(str(error)) from error
    for path in written:
        click.echo(path)
    click.echo(f"\nTry it:   imaging try {written[0]} FILE_OR_FOLDER --save out", err=True)
    click.echo(f"Test it:  cd {folder} && pytest", err=True)
