"""The exit codes of the command, and how it ends with them."""

import sys
from collections.abc import Mapping
from typing import Any, Final, NoReturn

import click

ENDED_BADLY: Final = 1
REFUSED: Final = 3
UNREACHABLE: Final = 4
INTERRUPTED: Final = 130


def end_if_failed(result: Mapping[str, Any]) -> None:
    """Say why a job failed and exit, if its result has an error."""
    if fault := result["error"]:
        click.echo(f"{result['status']}: {fault['code']}: {fault['message']}", err=True)
        sys.exit(ENDED_BADLY)


def refuse(error: Exception, trace: str = "") -> NoReturn:
    """Say what is wrong with what was given, after the author's own traceback if there is one, and exit."""
    click.echo(trace, err=True, nl=False)
    click.echo(str(error), err=True)
    sys.exit(REFUSED)
