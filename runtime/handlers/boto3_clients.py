"""The Lambda functions' boto3 clients, made at first use and kept for the life of the process."""

from functools import cache
from typing import Any, Final

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

from runtime.contracts import aws_codes

# The API answers within 30 s: better a clear 503 in time than the gateway's own. A long poll takes 20 s.
CONFIG: Final = Config(
    connect_timeout=3,
    read_timeout=25,
    retries={"mode": "standard", "max_attempts": 3},
    max_pool_connections=16,  # the scaler asks for this many queues at a time
)


# For signing addresses: the kind of signature, the bucket in the host's name, us-east-1's own host. Without all three,
# botocore signs for S3's global host, which does not serve younger regions and which the page may not call.
SIGNING: Final = CONFIG.merge(
    Config(signature_version="s3v4", s3={"addressing_style": "virtual", "us_east_1_regional_endpoint": "regional"})
)
# Telling the scaler of a job must never cost the caller the answer.
BRIEF: Final = CONFIG.merge(Config(connect_timeout=1, read_timeout=2, retries={"total_max_attempts": 1}))
_GONE: Final = {aws_codes.NO_SUCH_SUBSCRIPTION, *aws_codes.NO_SUCH_QUEUE}


@cache
def boto3_client(service: str) -> Any:
    """Return this process's boto3 client of `service`."""
    config = {"s3": SIGNING, "lambda": BRIEF}.get(service, CONFIG)
    return boto3.client(service, config=config)  # pyright: ignore


def ignore_missing(error: ClientError) -> None:
    """Raise the error again unless it says that the subscription or the queue is gone."""
    if aws_codes.code(error.response) not in _GONE:
        raise error
