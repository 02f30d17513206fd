"""The lasting client of a folder: a file that only its owner can read, and the options that lead to it."""

import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import click
import httpx

from clients.cli.client import ApiError, Client
from clients.cli.local import proxies, record
from clients.cli.terminal.exit_codes import INTERRUPTED, REFUSED, UNREACHABLE
from clients.cli.terminal.signals import Stopped, stoppable

FILE: Final = Path(".imaging/client.json")
FIELDS: Final = ("api", "client_id", "client_token", "queue_url")


def options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that say which client calls, and with which JSON web token."""
    file = click.option(
        "--client",
        "file",
        type=click.Path(dir_okay=False, path_type=Path),
        default=FILE,
        show_default=True,
        envvar="IMAGING_CLIENT",
        show_envvar=True,
        help="File of the lasting client, as `imaging client new` writes it.",
    )
    token = click.option(
        "--token",
        envvar="IMAGING_TOKEN",
        show_envvar=True,
        default="",
        help="JSON web token, if the stack asks for one.",
    )
    return file(token(command))


def write(file: Path, api: str, client: dict[str, str]) -> None:
    """Write a client's file, readable for its owner alone; raise FileExistsError if there is one."""
    file.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w") as opened:
            opened.write(json.dumps({"api": api, **client}, indent=2) + "\n")
    except OSError as error:  # such as a full disk, which names no file
        file.unlink()
        raise OSError(error.errno, error.strerror, str(file)) from error


def read(file: Path) -> dict[str, str]:
    """Return the client in a file; raise ClickException if there is none, or if others may read it."""
    try:
        if file.stat().st_mode & 0o077:
            raise click.ClickException(f"other users may read {file}, which holds a token: chmod 600 {file}")
        client = json.loads(file.read_text())
        return {name: str(client[name]) for name in FIELDS}
    except FileNotFoundError as error:
        raise click.ClickException(f"there is no {file}: make a lasting client with `imaging client new`") from error
    except (ValueError, KeyError, TypeError) as error:
        raise click.ClickException(
            f"{file} cannot be read as a client; remove it, and make a new one with `imaging client new`"
        ) from error


@contextmanager
def lasting(file: Path, token: str) -> Iterator[Client]:
    """Give the lasting client of a file, and end the command by what goes wrong with it."""
    known = read(file)
    if record.owner() and address(None) != known["api"]:
        click.echo(f"note: the client in {file} belongs to {known['api']}, not to the system that is up here", err=True)
    with faults(known["api"]), Client(known["api"], bearer=token.strip(), known=known) as client:
        yield client


def choose(file: Path, api: str | None) -> tuple[str, dict[str, str] | None]:
    """Return the address to call, and the lasting client of the file if it belongs to that address."""
    if not file.exists():
        return address(api), None
    known = read(file)
    wanted = address(api) if api or record.owner() else known["api"]
    if wanted == known["api"]:
        return wanted, known
    note = f"note: the client in {file} belongs to {known['api']}; jobs at {wanted} get a client of their own"
    click.echo(note, err=True)
    return wanted, None


def address(api: str | None) -> str:
    """Return the address of the processing API that is given, or of the running `imaging up`."""
    return (api or str(record.read()["ProcessingApiEndpoint"])).rstrip("/")


@contextmanager
def faults(api: str) -> Iterator[None]:
    """End the command with one message and its exit code if a call is refused, gets no answer or is interrupted."""
    try:
        with stoppable():
            proxies.check(api)
            yield
    except ApiError as error:
        click.echo(f"{error.code}: {error}", err=True)
        sys.exit(REFUSED)
    except httpx.HTTPError as error:
        click.echo(unreachable(error, api), err=True)
        sys.exit(UNREACHABLE)
    except httpx.InvalidURL as error:
        click.echo(f"{api} is no address: {error}; write http://host:port/path", err=True)
        sys.exit(UNREACHABLE)
    except UnicodeEncodeError as error:  # bytes of the command line that are no text, in what a call would send
        near = error.object[max(0, error.start - 20) : error.end]
        raise click.UsageError(f"{near!r} has bytes that are no text") from error
    except Stopped:
        sys.exit(INTERRUPTED)


def unreachable(error: httpx.HTTPError, api: str) -> str:
    """Return the message of a call that got no answer, with the address that was called if the error says it.

    An address's query is left out, because it may hold a signature.
    """
    try:
        called = str(error.request.url.copy_with(query=None, fragment=None))
    except RuntimeError:  # the error came before any request
        called = api
    return f"{called} cannot be reached: {_cause(error)}; {_way(called)}"


def _way(called: str) -> str:
    if proxies.is_here(called):
        return "start `imaging up` there, or check the address"
    proxy = proxies.leading_to(called)
    return f"check the address, the network and the proxy in {proxy}" if proxy else "check the address and the network"


def _cause(error: httpx.HTTPError) -> str:
    # its own text has the address with its query
    if isinstance(error, httpx.HTTPStatusError):
        return f"it answered {error.response.status_code} {error.response.reason_phrase}"
    return str(error) or type(error).__name__
