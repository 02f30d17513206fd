"""`imaging client new|show|remove`: a client that outlasts one command."""

from pathlib import Path

import click
import httpx

from clients.cli.client import ApiError, Client
from clients.cli.jobs import account


@click.group()
def client() -> None:
    """A lasting client: its jobs and results stay when a command ends.

    `imaging process` uses it if its file is there; `jobs`, `fetch`, `retry` and `cancel` need it. A client that calls
    nothing for `clientIdleDays` (7) is removed by the stack.
    """


@client.command()
@account.options
@click.option("--api", envvar="API_BASE", help="Address of the processing API; by default that of `imaging up`.")
def new(file: Path, token: str, api: str | None) -> None:
    """Make a client, and write it into its file, which only you can read."""
    if file.exists():
        raise click.ClickException(f"{file} holds a client already: use it, or remove it with `imaging client remove`")
    address = account.address(api)
    with account.faults(address):
        made = Client(address, bearer=token.strip())
        known = made.provision()
        try:
            account.write(file, address, known)
        except OSError:
            made.remove()
            raise
    click.echo(f"client {made.client_id}, in {file}")


@client.command()
@account.options
def show(file: Path, token: str) -> None:
    """Show the client and how many jobs it has in each state, without its token."""
    known = account.read(file)
    states: dict[str, int] = {}
    with account.lasting(file, token) as mine:
        for job in mine.jobs():
            states[job["state"]] = states.get(job["state"], 0) + 1
    click.echo(f"client  {known['client_id']}\napi     {known['api']}\nqueue   {known['queue_url']}")
    click.echo(f"jobs    {', '.join(f'{count} {state}' for state, count in states.items()) or 'none'}")


@client.command()
@account.options
@click.option("--forget", is_flag=True, help="Delete the file alone, if the system of the client is gone for good.")
def remove(file: Path, token: str, forget: bool) -> None:
    """Remove the client with its queue, cancel its open jobs, and delete its file."""
    if not forget:
        _remove(file, token)
    file.unlink()
    if file.parent == account.FILE.parent and not any(file.parent.iterdir()):
        file.parent.rmdir()
    click.echo(f"removed {file}")


def _remove(file: Path, token: str) -> None:
    with account.lasting(file, token) as mine:
        try:
            mine.remove()
        except ApiError as error:
            if error.code != "unauthorized":  # the stack has removed it, or the stack is gone
                raise
            click.echo("the stack does not know this client any more", err=True)
        except httpx.HTTPError:
            click.echo(
                f"if that system is gone for good, delete {file} with `imaging client remove --forget`", err=True
            )
            raise
