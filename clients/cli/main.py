"""The `imaging` command: one file a subcommand."""

import sys
from typing import Any

import click

from clients.cli.commands.algorithms import algorithms
from clients.cli.commands.check import check
from clients.cli.commands.client import client
from clients.cli.commands.cost import cost
from clients.cli.commands.demo import demo
from clients.cli.commands.failures import failures
from clients.cli.commands.jobs import cancel, fetch, jobs
from clients.cli.commands.logs import logs
from clients.cli.commands.new import new
from clients.cli.commands.outputs import outputs
from clients.cli.commands.process import process
from clients.cli.commands.profile import profile
from clients.cli.commands.put import put
from clients.cli.commands.queues import queues
from clients.cli.commands.retry import retry
from clients.cli.commands.services import services
from clients.cli.commands.status import status
from clients.cli.commands.trial import trial
from clients.cli.commands.up import up
from clients.cli.local.proxies import reach_loopback_directly
from clients.cli.terminal.exit_codes import INTERRUPTED


class Commands(click.Group):
    """The subcommands; a file that cannot be used ends any of them with one sentence, Ctrl-C with its exit code."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run a subcommand."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            sys.exit(INTERRUPTED)
        except BrokenPipeError:  # who reads the output has had enough of it
            raise
        except OSError as error:
            place = f"{error.filename}: " if error.filename is not None else ""
            raise click.ClickException(f"{place}{error.strerror or error}") from error


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="imaging-services")
def main() -> None:
    """Image algorithms as services: run them on this machine, send jobs, look at what is installed."""
    reach_loopback_directly()


USERS = (up, put, outputs, process, client, jobs, fetch, retry, cancel, algorithms, demo)
OPERATORS = (status, queues, services, failures, logs, cost)
AUTHORING = (new, trial, check, profile)
for command in (*USERS, *OPERATORS, *AUTHORING):
    main.add_command(command)
