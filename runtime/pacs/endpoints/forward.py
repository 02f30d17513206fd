"""From an image or a series to jobs: the call is passed on to the processing API, with the caller's own tokens."""

import json
import re
from typing import Any, cast
from urllib.parse import quote, urljoin

import httpx
from starlette.requests import Request
from starlette.responses import Response

from runtime.contracts.headers import CLIENT_TOKEN_HEADER, IDEMPOTENCY_HEADER, TRACEPARENT
from runtime.contracts.models import InputReference
from runtime.contracts.results import fit
from runtime.pacs.app_state import AppState, of
from runtime.pacs.endpoints.images import natural
from runtime.pacs.http import query
from runtime.pacs.http.problems import PacsProblem, unfit

VOLUME = re.compile("[0-9a-f]{16}")
BODY_BYTES = 64 * 1024
# Authorization is what a stack with `apiAuth: jwt` asks for before the client's own token.
PASSED_ON = ("authorization", CLIENT_TOKEN_HEADER, IDEMPOTENCY_HEADER, TRACEPARENT)
PASSED_BACK = ("content-type", "retry-after", "cache-control", "www-authenticate")


async def process(request: Request) -> Response:
    """POST /studies/{study_id}/series/{series_id}/images/{image_id}/process/{algorithm}?scope=.

    The body is that of the processing API without `pacs`, which the path says. The answer is the processing API's; its
    `Location` is the job's own address there, whatever address this API was called at.
    """
    reader = query.Reader(request, ("scope",))
    scope = reader.scope()
    reader.finish()
    return await _forwarded(request, _asked(query.reference(request, scope)))


async def process_series(request: Request) -> Response:
    """POST /studies/{study_id}/series/{series_id}/process/{algorithm}?each=&volume=.

    A job on the series, or on the volume of it that the stack calls so; with `each=image` a batch, with a job for each
    image of the series in the order of their names.
    """
    reader = query.Reader(request, ("each", "volume"))
    each = reader.values.get("each")
    if each not in (None, "image"):
        reader.faults.append(("?each", "must be image"))
    volume = reader.values.get("volume")
    if volume is not None and (each or not VOLUME.fullmatch(volume)):
        reader.faults.append(("?volume", "must be an id of the stack's volumes, without each"))
    reader.finish()
    series = query.reference(request, "series")
    if each:
        return await _forwarded(request, await _images(of(request), series))
    return await _forwarded(request, _asked(series) | ({"volume": volume} if volume else {}))


def _asked(reference: InputReference) -> dict[str, Any]:
    # What is left out would be unknown to a processing API of an earlier release.
    return reference.model_dump(exclude_none=True)


async def _images(state: AppState, series: InputReference) -> list[dict[str, Any]]:
    objects = await state.blocking(state.archive.objects, series)
    if len(objects) > fit.MOST_JOBS:
        fault = f"asks for {len(objects)} jobs, and a batch has at most {fit.MOST_JOBS}: send lists of images instead"
        raise unfit([("?each", fault)])
    addresses = [state.archive.pattern.parse(stored.key) for stored in sorted(objects, key=natural)]
    return [{**address._asdict(), "scope": "image"} for address in addresses if address]


async def _forwarded(request: Request, pacs: Any) -> Response:
    state = of(request)
    if not state.settings.processing_api:
        raise PacsProblem("unavailable", "This PACS API is not connected to a processing API.")
    content = _written({**await _body(request), "pacs": pacs})
    headers = {name: request.headers[name] for name in PASSED_ON if name in request.headers}
    headers["content-type"] = "application/json"
    address = f"{state.settings.processing_api}/process/{quote(request.path_params['algorithm'], safe='')}"
    try:
        answer = await state.http.post(address, content=content, headers=headers)
    except httpx.HTTPError as error:
        raise PacsProblem("unavailable", "The processing API did not answer; try again.") from error
    back = {name: answer.headers[name] for name in PASSED_BACK if name in answer.headers}
    if location := answer.headers.get("location"):
        back["location"] = urljoin(address, location)
    return Response(answer.content, answer.status_code, back)


async def _body(request: Request) -> dict[str, Any]:
    content = bytearray()
    async for chunk in request.stream():
        content += chunk
        if len(content) > BODY_BYTES:
            raise PacsProblem("body_too_large", f"The body is too large; at most {BODY_BYTES} bytes are accepted.")
    try:
        value: Any = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise PacsProblem("not_json", "The body is not JSON.") from error
    if not isinstance(value, dict):
        raise unfit([("", "must be an object")])
    if "pacs" in value:
        raise unfit([("/pacs", "must be left out: the path names the input")])
    return cast(dict[str, Any], value)


def _written(body: dict[str, Any]) -> bytes:
    """Return a body as it is passed on: Python reads numbers, halves of characters and depths that it cannot write."""
    try:
        return json.dumps(body, allow_nan=False, ensure_ascii=False).encode()
    except (ValueError, RecursionError) as error:
        raise PacsProblem("not_json", "The body is not JSON.") from error
