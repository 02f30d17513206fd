"""Signs calls of the operators' routes with AWS credentials: Signature Version 4, for execute-api."""

from collections.abc import Generator
from typing import Any, Final
from urllib.parse import quote

import httpx

from clients.cli.operation.system import System

SERVICE: Final = "execute-api"
SECONDS: Final = 30.0  # as long as API Gateway waits for an answer


class Signature(httpx.Auth):
    """Signs each call with the credentials of a session of boto3."""

    requires_request_body = True

    def __init__(self, credentials: Any, region: str) -> None:
        self._credentials = credentials
        self._region = region

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """Add the signature of method, address, host and body."""
        from botocore.auth import SigV4Auth
        from botocore.awsrequest import AWSRequest

        # in the one form in which AWS signs it, whatever form it had
        query = "&".join(
            f"{quote(name, safe='')}={quote(value, safe='')}" for name, value in request.url.params.multi_items()
        )
        request.url = request.url.copy_with(query=query.encode())
        host = {"host": request.headers["host"]}
        signed = AWSRequest(method=request.method, url=str(request.url), data=request.content, headers=host)
        SigV4Auth(self._credentials, SERVICE, self._region).add_auth(signed)
        request.headers.update(dict(signed.headers))
        yield request


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
    return httpx.Client(base_url=system.api.rstrip("/"), auth=signature, timeout=SECONDS)
