"""The `imaging` command: one file a subcommand, which is imported when it is asked for."""

import sys
from difflib import get_close_matches
from importlib import import_module
from typing import Any, Final

import click

from clients.cli.local.proxies import reach_loopback_directly
from clients.cli.terminal.exit_codes import INTERRUPTED

USERS: Final = ("up", "put", "outputs", "process", "client", "jobs", "fetch", "retry", "cancel", "algorithms", "demo")
OPERATORS: Final = ("status", "queues", "services", "failures", "logs", "cost")
AUTHORING: Final = ("new", "try", "check", "profile")
# Modules and names of those that are called otherwise.
PLACES: Final = {"cancel": ("jobs", "cancel"), "fetch": ("jobs", "fetch"), "try": ("trial", "trial")}


class Commands(click.Group):
    """The subcommands; a file that cannot be used ends any of them with one sentence, Ctrl-C with its exit code."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return their names, as the help lists them."""
        return sorted((*USERS, *OPERATORS, *AUTHORING))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a subcommand; None if there is none of this name."""
        if cmd_name not in self.list_commands(ctx):
            return None
        module, name = PLACES.get(cmd_name, (cmd_name, cmd_name))
        return getattr(import_module(f"clients.cli.commands.{module}"), name)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the subcommand; a name that none has is refused with the one that was probably meant."""
        name = args[0]
        if name not in self.list_commands(ctx) and not name.startswith("-"):
            meant = get_close_matches(name, self.list_commands(ctx), 1)
            ctx.fail(f"No such command {name!r}." + (f" Did you mean {meant[0]!r}?" if meant else ""))
        return super().resolve_command(ctx, args)

    def make_context(self, *args: Any, **extra: Any) -> click.Context:
        """Read the command line."""
        try:
            return super().make_context(*args, **extra)
        except KeyboardInterrupt:
            sys.exit(INTERRUPTED)

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
