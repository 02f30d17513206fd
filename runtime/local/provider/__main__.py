"""`python -m runtime.local.provider aws|awsx|docker-build ENGINE`: what the executables of `executables.py` run."""

import sys

from pulumi.provider import main as construct_server

from runtime.aws import client
from runtime.local.provider.aws import AwsProvider
from runtime.local.provider.awsx import AwsxProvider
from runtime.local.provider.serve import end_with_parent, serve
from runtime.local.resources.table import Table


def main() -> None:
    """Serve the provider that the executable's name asks for."""
    name = sys.argv.pop(1)
    end_with_parent()
    if name == "awsx":
        construct_server(AwsxProvider(), sys.argv[1:])
    else:
        serve(AwsProvider(f"pulumi-{name}", Table(client)))


if __name__ == "__main__":
    main()
