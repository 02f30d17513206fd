"""The parts of an upload, each a file: to the disk, judged by its header, and into the bucket."""

import asyncio
import time
from collections.abc import AsyncIterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO, Final

from botocore.exceptions import BotoCoreError, ClientError, HTTPClientError
from starlette.requests import Request

from runtime.archive.intake.header import Image, read
from runtime.archive.intake.refused import RefusedFileError
from runtime.archive.refusals import refusal_to_store
from runtime.errors import PermanentError, TransientError
from runtime.pacs.app_state import AppState
from runtime.pacs.http.answers_stored import Instance, Outcome
from runtime.pacs.http.multipart import End, Multipart, Part, content_type
from runtime.pacs.http.problems import PacsProblem

DICOM: Final = "application/dicom"
# A task's disk has 20 GiB (https://docs.aws.amazon.com/AmazonECS/latest/developerguide/bind-mounts.html), and holds one
# file of each call at a time. CloudFront's quotas leave the body out
# (https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html).
BODY_BYTES: Final = 1 << 30
INSTANCES: Final = 100
PIECE: Final = 1 << 20  # bytes of a file in memory, for each call
# Before the load balancer closes a connection on which nothing moves, after 60 s
# (https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-load-balancer-attributes.html).
SILENT_SECONDS: Final = 30.0
CALL_SECONDS: Final = 900.0
Refusal = tuple[str, str]  # code and reason


async def stored(state: AppState, request: Request, body: Multipart) -> list[Outcome]:
    """Store the files of a body one after the other, and return what became of each.

    Raises MultipartError, PacsProblem, ClientDisconnect if the caller has gone, and as the bucket refuses all files.
    Files before that are stored; if they are sent again, they count as there already.
    """
    outcomes: list[Outcome] = []
    with TemporaryDirectory(prefix="upload-") as folder:
        path = Path(folder) / "instance.dcm"
        headers, file = Part(), None
        try:
            async for event in _events(request, body):
                if isinstance(event, Part):
                    if len(outcomes) == INSTANCES:
                        raise PacsProblem("body_too_large", f"The body has more than {INSTANCES} parts.")
                    headers, file = event, path.open("wb", PIECE)
                elif isinstance(event, End):
                    await _closed(state, file)
                    outcomes.append(await _outcome(state, headers, path))
                elif file is not None:
                    await state.blocking(file.write, event)
        finally:
            await _closed(state, file)
    return outcomes


async def _events(request: Request, body: Multipart) -> AsyncIterator[Part | bytes | End]:
    received, deadline = 0, time.monotonic() + CALL_SECONDS
    pieces = aiter(request.stream())
    while True:
        try:
            piece = await asyncio.wait_for(anext(pieces), min(SILENT_SECONDS, deadline - time.monotonic()))
        except StopAsyncIteration:
            break
        except TimeoutError as error:
            raise PacsProblem(
                "bad_request", "The body came too slowly; send fewer files at once.", status=408
            ) from error
        received += len(piece)
        if received > BODY_BYTES:
            raise too_large()
        for event in body.feed(piece):
            yield event
    body.finish()


async def _outcome(state: AppState, headers: Part, path: Path) -> Outcome:
    """Store the file of one part, or say why not. Raises as the bucket does: then the same call can be made again."""
    if refusal := _unfit(headers):
        return _refused(refusal)
    try:
        async with state.parsers:
            found = await state.parsers.run(header, path)
    except PermanentError as error:  # the process died, or took too long
        return _refused(("damaged", error.message))
    if not isinstance(found, Image):
        return _refused(found)
    try:
        is_new = await state.blocking(_put, state, found)
    except RefusedFileError as refusal:
        return _refused((refusal.code, str(refusal)), found)
    return _outcome_of(found, status="taken" if is_new else "there_already")


def header(path: Path) -> Image | Refusal:
    """Return what a file is, or why it is refused. Runs in a process of its own."""
    try:
        return read(path)
    except RefusedFileError as refusal:
        return refusal.code, str(refusal)


def _put(state: AppState, image: Image) -> bool:
    try:
        return state.intake.put(image)
    except ClientError as error:
        raise refusal_to_store(error, state.archive.bucket) from error
    except (BotoCoreError, HTTPClientError) as error:
        raise TransientError("the bucket of images does not answer") from error


def _unfit(headers: Part) -> Refusal | None:
    """Return why a part is no file as it is, from its headers."""
    media, _ = content_type(headers.get("content-type", DICOM))
    encodings = {
        headers.get("content-encoding", "identity").lower(),
        headers.get("content-transfer-encoding", "binary").lower(),
    }
    if media != DICOM:
        return "not_dicom", f"not {DICOM}"
    if encodings - {"identity", "binary", "8bit", "7bit"}:
        return "not_dicom", "encoded; send the file as it is"
    return None


def _refused(refusal: Refusal, image: Image | None = None) -> Outcome:
    return _outcome_of(image, status="refused", code=refusal[0], reason=refusal[1])


def _outcome_of(image: Image | None, **fields: str) -> Outcome:
    ids = image.address._asdict() if image else {}
    return Outcome(Instance.model_validate(ids | fields), image.sop_class if image else "")


async def _closed(state: AppState, file: BinaryIO | None) -> None:
    if file is not None and not file.closed:
        await state.blocking(file.close)


def too_large() -> PacsProblem:
    """Return the problem of a body beyond the limit."""
    return PacsProblem("body_too_large", f"The body is too large; at most {BODY_BYTES >> 20} MiB are accepted.")
