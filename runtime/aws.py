"""Makes the boto3 clients of the worker, the PACS API and the embedded cloud.

They are typed Any: boto3 builds their classes at run time. Their address comes from AWS_ENDPOINT_URL if it is set.
"""

from functools import cache
from typing import Any

import boto3
from botocore.config import Config

CONNECT_SECONDS = 3.0


@cache
def boto3_client(service: str, silence_seconds: float | None = None) -> Any:
    """Return this process's boto3 client of `service`; threads may share it.

    A call to which AWS does not answer within `silence_seconds` is repeated once. Without it, botocore's defaults hold.
    """
    patience: dict[str, Any] = {"retries": {"mode": "standard", "max_attempts": 4}}
    if silence_seconds is not None:
        patience = {
            "connect_timeout": min(CONNECT_SECONDS, silence_seconds),
            "read_timeout": silence_seconds,
            "retries": {"mode": "standard", "total_max_attempts": 2},
        }
    config = Config(
        max_pool_connections=32,
        parameter_validation=False,  # AWS checks it; checking it here too takes a tenth of a batch's CPU time
        user_agent="imaging-services",  # botocore composes its own for each call, a fifth of the call's CPU time
        **patience,
    )
    return boto3.client(service, config=config)  # pyright: ignore
