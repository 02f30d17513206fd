"""Signs HTTP calls of a processing API with AWS credentials: Signature Version 4, for execute-api."""

from collections.abc import Generator
from typing import Any, Final
from urllib.parse import quote

import httpx

SERVICE: Final = "execute-api"


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
