"""The Lambda functions' AWS clients, made at first use and kept for the life of the process."""

from functools import cache
from typing import Any, Final

import boto3
from botocore.config import Config

# The API answers within 30 s: better a clear 503 in time than the gateway's own. A long poll takes 20 s.
CONFIG: Final = Config(
    connect_timeout=3,
    read_timeout=25,
    retries={"mode": "standard", "max_attempts": 3},
)


# Looking after a service must never cost the caller the answer.
BRIEF: Final = CONFIG.merge(Config(connect_timeout=1, read_timeout=2, retries={"total_max_attempts": 1}))


@cache
def client(service: str) -> Any:
    """Return this process's client of `service`."""
    if service == "s3":  # only this kind of signature lets presigned addresses name their region
        return boto3.client(service, config=CONFIG.merge(Config(signature_version="s3v4")))  # pyright: ignore
    return boto3.client(service, config=BRIEF if service == "ecs" else CONFIG)  # pyright: ignore
