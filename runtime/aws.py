"""The one place that makes boto3 clients for the worker, the PACS API and the embedded cloud.

Clients are typed Any: boto3 builds their classes at run time. The address comes from AWS_ENDPOINT_URL where set.
"""

from functools import cache
from typing import Any

import boto3
from botocore.config import Config

CONNECT_SECONDS = 3.0


@cache
def client(service: str, silence_seconds: float | None = None) -> Any:
    """Return this process's client of `service`; boto3 clients may be shared by threads.

    A call is given up, and tried once more, when AWS is silent for `silence_seconds`; botocore's own patience if None.
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
        parameter_validation=False,  # AWS checks what it is sent; to check it here too is a tenth of a batch's CPU time
        user_agent="imaging-services",  # botocore composes its own anew for each call, a fifth of the call's CPU time
        **patience,
    )
    return boto3.client(service, config=config)  # pyright: ignore
