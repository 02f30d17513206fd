"""Prints a line for each job that ends in the local system, as long as it runs."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from clients.cli.local.log_files import EVERY, Logs
from clients.cli.reports import log_lines

EVENTS = ("job_ended", "algorithm_failed", "worker_refused")


@contextmanager
def printed(folder: Path) -> Iterator[None]:
    """Print the jobs that end while the block runs, with the traceback of an algorithm that fails."""
    stopping = threading.Event()

    def follow() -> None:
        logs = Logs(folder)
        while not stopping.wait(EVERY):
            show(logs)

    thread = threading.Thread(target=follow, name="job-lines", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stopping.set()
        thread.join()


def show(logs: Logs) -> None:
    """Print the new lines that are about a job's end."""
    for line in logs.new():
        fields = log_lines.parse(line.text)
        if fields.get("event") in EVENTS:
            click.echo(log_lines.readable(fields, line.service))
