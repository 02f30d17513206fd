"""`python -m clients.cli` is `imaging`. Ctrl-C ends it quietly from its first import on."""

import sys


def run() -> None:
    """Import the command, and run it."""
    try:
        from clients.cli.main import main

        main(prog_name="imaging")
    except KeyboardInterrupt:
        from clients.cli.terminal.exit_codes import INTERRUPTED

        sys.exit(INTERRUPTED)


if __name__ == "__main__":
    run()
