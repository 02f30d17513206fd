"""`python -m clients.cli` is `imaging`."""

from clients.cli.main import main

main(prog_name="imaging")
