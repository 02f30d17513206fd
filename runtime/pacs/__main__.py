"""Serves the PACS API: `python -m runtime.pacs`, configured by its environment."""

import os
from typing import Final

import uvicorn

from runtime import aws
from runtime.pacs.app import create_app
from runtime.pacs.http.protocol import BoundedHead
from runtime.pacs.settings import from_environment

# An idle connection is the load balancer's to close, which it does after 60 s unless it is told otherwise. If the task
# closed it, a call could come at that moment, and would be answered 502:
# https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-troubleshooting.html
KEEP_ALIVE_SECONDS: Final = 75
# A bucket that is silent for longer is asked once more, then the call ends with 503: nobody waits longer than a load
# balancer does (60 s), and calls that wait for S3 share a bounded number of threads.
S3_SILENCE_SECONDS: Final = 10.0


def main() -> None:
    """Serve until SIGTERM; calls under way are answered first."""
    settings = from_environment(os.environ)
    uvicorn.run(
        create_app(settings, aws.boto3_client("s3", S3_SILENCE_SECONDS)),
        host="0.0.0.0",  # noqa: S104 - the load balancer reaches the task by its own address
        port=settings.port,
        http=BoundedHead,
        access_log=False,  # ours names no study
        log_level="warning",
        server_header=False,
        proxy_headers=False,  # nothing reads the caller's address
        timeout_graceful_shutdown=20,
        timeout_keep_alive=KEEP_ALIVE_SECONDS,
    )


if __name__ == "__main__":
    main()
