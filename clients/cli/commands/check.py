"""`imaging check`: whether an algorithm does what every algorithm must, before it is deployed."""

import sys

import click

from clients.cli.terminal.exit_codes import ENDED_BADLY, refuse


@click.command()
@click.argument("names", metavar="NAME...", nargs=-1, required=True)
def check(names: tuple[str, ...]) -> None:
    """Compute NAME with small images, each unusual in one way, and print a sentence for each fault.

    NAME is an installed algorithm, module:object, or path/to/file.py. Nothing is deployed, and no cloud is needed.

    \b
    Exit code: 0 no fault; 1 faults; 2 wrong usage; 3 no such algorithm, or its declaration is broken.
    """
    from runtime.authoring.checks.run import findings
    from runtime.authoring.target import TargetError

    count = 0
    for name in names:
        try:
            for found in findings(name):
                count += len(found.faults)
                click.echo(f"{name}: {found.rule}: {'ok' if not found.faults else ''}".rstrip(": "))
                for fault in found.faults:
                    click.echo(f"  {fault}")
        except TargetError as error:
            refuse(error, error.trace)
    if count:
        click.echo(f"{count} fault{'s' if count > 1 else ''}", err=True)
        sys.exit(ENDED_BADLY)
