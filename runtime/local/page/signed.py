"""Signs the page's one call of an operators' route: whoever reaches this machine's loopback operates its system."""

from typing import Final

import httpx
from botocore.credentials import Credentials
from starlette.requests import Request
from starlette.responses import Response

from runtime.local.emulator.emulator import ACCOUNT, REGION
from runtime.signature import Signature

PATH: Final = "/operations/system"


async def look(api: str, http_client: httpx.AsyncClient, _: Request) -> Response:
    """Answer as the processing API does; 502 if it does not answer."""
    signature = Signature(Credentials(ACCOUNT, "local"), REGION)
    try:
        answer = await http_client.get(api.rstrip("/") + PATH, auth=signature)
    except httpx.TransportError:
        return Response(status_code=502)
    return Response(answer.content, answer.status_code, media_type=answer.headers.get("content-type"))
