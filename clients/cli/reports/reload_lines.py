"""Prints what `imaging up --reload` watches, and a line for each reload."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from runtime.local.cloud import LocalCloud


@contextmanager
def printed(cloud: "LocalCloud", wanted: bool, began: float, deployed_again: Callable[[], None]) -> Iterator[None]:
    """Reload what changes while the block runs, if that is wanted; see `reloading`."""
    if not wanted:
        yield
        return
    from runtime.local.reload.watch import reloading

    with reloading(cloud, began, _tell, deployed_again) as sources:
        for each in sources:
            click.echo(f"Watching        {each.folder} ({each.distribution})")
        yield


def _tell(text: str) -> None:
    click.echo(f"{datetime.now():%H:%M:%S} {text}")
