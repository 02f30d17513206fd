"""The `imaging` command: one file a subcommand."""

import sys
from typing import Any

import click

from clients.cli.algorithms import algorithms
from clients.cli.check import check
from clients.cli.client_command import client
from clients.cli.cost import cost
from clients.cli.demo import demo
from clients.cli.exit_codes import INTERRUPTED
from clients.cli.failures import failures
from clients.cli.jobs import cancel, fetch, jobs
from clients.cli.logs import logs
from clients.cli.new import new
from clients.cli.outputs import outputs
from clients.cli.process import process
from clients.cli.profile import profile
from clients.cli.proxies import reach_loopback_directly
from clients.cli.put import put
from clients.cli.queues import queues
from clients.cli.retry import retry
from clients.cli.services import services
from clients.cli.status import status
from clients.cli.trial import trial
from clients.cli.up import up


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
