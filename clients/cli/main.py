"""The `imaging` command: one file a subcommand."""

import click

from clients.cli.algorithms import algorithms
from clients.cli.client_command import client
from clients.cli.cost import cost
from clients.cli.demo import demo
from clients.cli.jobs import cancel, fetch, jobs, retry
from clients.cli.logs import logs
from clients.cli.outputs import outputs
from clients.cli.process import process
from clients.cli.proxies import reach_loopback_directly
from clients.cli.put import put
from clients.cli.up import up


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="imaging-services")
def main() -> None:
    """Image algorithms as services: run them on this machine, send jobs, look at what is installed."""
    reach_loopback_directly()


for command in (up, put, outputs, process, client, jobs, fetch, retry, cancel, logs, algorithms, demo, cost):
    main.add_command(command)
