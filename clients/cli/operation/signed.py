"""Calls the operators' routes, signed with AWS credentials."""

from typing import Any, Final

import httpx

from clients.cli.local import proxies
from runtime.operation.system import System
from runtime.signature import Signature

SECONDS: Final = 30.0  # as long as API Gateway waits for an answer


def calls(system: System) -> httpx.Client:
    """Return an HTTP client of the system's processing API that signs; raise NoCredentialsError if there are none."""
    import boto3
    from botocore.exceptions import NoCredentialsError, NoRegionError

    make: Any = boto3.Session
    session = make(**system.session)
    if (credentials := session.get_credentials()) is None:
        raise NoCredentialsError
    if session.region_name is None:
        raise NoRegionError
    signature = Signature(credentials.get_frozen_credentials(), session.region_name)
    proxies.check(system.api)
    trust = not proxies.is_here(system.api)
    return httpx.Client(base_url=system.api.rstrip("/"), auth=signature, timeout=SECONDS, trust_env=trust)
