"""`python -m runtime.local.provider aws|awsx|docker-build ENGINE`: the executables of `executables.py` run it."""

import gc
import sys
from typing import Any

from runtime.local.provider.serve import end_with_parent, serve


def _drop(*_: Any, **__: Any) -> None:
    pass


def main() -> None:
    """Serve the provider that the executable's name asks for."""
    name = sys.argv.pop(1)
    end_with_parent()
    gc.disable()  # a short life in which nearly all that is made stays
    # Import only what is needed: the SDK of AWS alone takes half a second, at every operation.
    if name == "awsx":
        import pulumi
        from pulumi.provider import main as construct_server

        from runtime.local.provider.awsx import AwsxProvider

        pulumi.log.debug = _drop  # a call of the engine for each line, which nobody reads
        construct_server(AwsxProvider(), sys.argv[1:])
    else:
        from runtime.aws import boto3_client
        from runtime.local.provider.aws import AwsProvider
        from runtime.local.resources.table import Table

        serve(AwsProvider(f"pulumi-{name}", Table(boto3_client)))


if __name__ == "__main__":
    main()
