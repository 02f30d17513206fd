"""The record of a running `imaging up`, which a second terminal in the same folder reads."""

import fcntl
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

RECORD = Path(".imaging/dev.json")


@contextmanager
def claimed() -> Iterator[None]:
    """Keep this folder for one `imaging up`; raise ClickException if another has it.

    The lock is on the folder of the record, so it ends with the process, however that ends.
    """
    folder = _locked()
    try:
        remove()  # of a process that was killed, whose id another may have by now
        yield
    finally:
        if RECORD.parent.is_dir() and not any(RECORD.parent.iterdir()):
            RECORD.parent.rmdir()
        os.close(folder)


def _locked() -> int:
    while True:
        RECORD.parent.mkdir(exist_ok=True)
        folder = os.open(RECORD.parent, os.O_RDONLY)
        try:
            fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if RECORD.parent.exists() and os.path.samestat(os.fstat(folder), RECORD.parent.stat()):
                return folder
        except BlockingIOError as error:
            os.close(folder)
            running = f" (process {pid})" if (pid := owner()) else ""
            raise click.ClickException(
                f"`imaging up` already runs in this folder{running}: use it, or stop it"
            ) from error
        os.close(folder)  # another one has just ended, and has removed it


def write(outputs: Mapping[str, Any], pid: int, system: Mapping[str, Any]) -> None:
    """Write the stack's outputs and how its cloud is reached for other terminals; a reader sees all of them or none."""
    RECORD.parent.mkdir(exist_ok=True)
    partial = RECORD.with_name(f"{RECORD.name}.{pid}")
    partial.write_text(json.dumps({"pid": pid, "outputs": dict(outputs), "system": dict(system)}, indent=2) + "\n")
    partial.replace(RECORD)


def read() -> dict[str, Any]:
    """Return the outputs of the running system; raise ClickException if none runs here."""
    return _running()["outputs"]


def system() -> dict[str, Any]:
    """Return how the running system's cloud is reached; raise ClickException if none runs here.

    `aws` has the arguments of a boto3 client, `pattern` the key pattern of the PACS bucket, `logs` the folder of logs.
    """
    return _running()["system"]


def _running() -> dict[str, Any]:
    record = _load()
    if record is None:
        raise click.ClickException(
            f"nothing is up in {Path.cwd()}: start `imaging up` in another terminal, in this folder,"
            " or give the outputs of a deployed stack:"
            " `pulumi stack output --json | imaging outputs --file - --format bash`"
        )
    return record


def owner() -> int | None:
    """Return the process id of the `imaging up` that runs in this folder, or None."""
    record = _load()
    return record["pid"] if record else None


def is_running(process: int) -> bool:
    """Return whether a process exists, whoever it belongs to."""
    try:
        os.kill(process, 0)  # signal 0 only asks
    except ProcessLookupError:
        return False
    except PermissionError:  # it belongs to another user
        pass
    return True


def remove() -> None:
    """Remove the record."""
    RECORD.unlink(missing_ok=True)


def _load() -> dict[str, Any] | None:
    try:
        record = json.loads(RECORD.read_text())
        if not is_running(record["pid"]):
            return None
    except FileNotFoundError:
        return None
    except (ValueError, KeyError, TypeError) as error:
        raise click.ClickException(f"{RECORD.absolute()} cannot be read ({error!r}): remove it") from error
    return record
