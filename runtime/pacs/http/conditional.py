"""Answers that a browser may keep: not made again if it has them already."""

from collections.abc import Awaitable, Callable, Mapping

from starlette.requests import Request
from starlette.responses import Response

from runtime.pacs.http.fields import field

# Private: patients' pictures must not reach a shared cache. If a stored image changes, which is rare, so does its ETag.
KEEP = "private, max-age=300"


async def conditional(
    request: Request,
    etag: str,
    media: str,
    make: Callable[[], Awaitable[bytes]],
    headers: Mapping[str, str] | None = None,
) -> Response:
    """Answer 304 if the caller has that ETag, otherwise what `make` returns."""
    tag = f'"{etag}"'
    common = {"ETag": tag, "Cache-Control": KEEP, "Vary": "Accept"}
    if headers:
        common |= headers
    if is_kept(request, tag):
        return Response(status_code=304, headers=common)
    return Response(await make(), media_type=media, headers=common)


def is_kept(request: Request, tag: str) -> bool:
    """Tell whether the caller has the version that an entity tag, with its quotes, names (RFC 9110, 13.1.2)."""
    if_none_match = field(request, b"if-none-match")
    if not if_none_match:
        return False
    return if_none_match.strip() == "*" or tag in (part.strip().removeprefix("W/") for part in if_none_match.split(","))


def has_a_version(request: Request) -> bool:
    """Tell whether the caller has some version of the answer already, so that it may not have to be made."""
    return bool(field(request, b"if-none-match"))


def wants_fresh(request: Request) -> bool:
    """Tell whether the caller asks for what is stored now, as a reload in a browser does (RFC 9111, 5.2.1.4)."""
    return "no-cache" in field(request, b"cache-control").lower()
