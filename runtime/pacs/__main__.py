"""Serves the PACS API: `python -m runtime.pacs`, configured by its environment."""

import os

import uvicorn

from runtime import aws
from runtime.pacs.app import create_app
from runtime.pacs.settings import from_environment


def main() -> None:
    """Serve until SIGTERM; calls under way are answered first."""
    settings = from_environment(os.environ)
    uvicorn.run(
        create_app(settings, aws.boto3_client("s3")),
        host="0.0.0.0",  # noqa: S104 - the load balancer reaches the task by its own address
        port=settings.port,
        access_log=False,  # ours names no study
        log_level="warning",
        server_header=False,
        timeout_graceful_shutdown=20,
    )


if __name__ == "__main__":
    main()
