"""`python -m clients.cli` is `imaging`. Ctrl-C ends it quietly from its first import on."""

import sys

INTERRUPTED = 130  # as in exit_codes, which is not imported yet


def run() -> None:
    """Import the command, and run it."""
    try:
        from clients.cli.main import main

        main(prog_name="imaging")
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)


if __name__ == "__main__":
    run()
