"""The PACS API's OpenAPI 3.1 document, its schemas made from the models."""

from functools import cache
from typing import Any, Final

from pydantic.json_schema import models_json_schema

from runtime.contracts.answers import Problem
from runtime.pacs.http import answers, answers_drawn, answers_header, answers_stored
from runtime.pacs.http.query import PAGE, PAGE_MOST, SCOPES

VERSION: Final = "1.0.0"
REFERENCE: Final = "#/components/schemas/"
SERIES: Final = "/studies/{study_id}/series/{series_id}"
IMAGE: Final = SERIES + "/images/{image_id}"
MODELS: Final = (
    answers.Health,
    answers.ImagePage,
    answers.Metadata,
    answers.SeriesPage,
    answers.Stack,
    answers.StudyPage,
    answers_drawn.Overlays,
    answers_drawn.Segments,
    answers_header.Tags,
    answers_stored.Uploaded,
    Problem,
)
Json = dict[str, Any]


def _query(name: str, schema: Json, description: str = "") -> Json:
    return {"name": name, "in": "query", "schema": schema} | ({"description": description} if description else {})


FRAME: Final = _query("frame", {"type": "integer", "minimum": 1, "default": 1})
SEARCH: Final = (
    _query("search", {"type": "string"}, "words of the study's or its series' descriptions or identifiers"),
    _query("modality", {"type": "string"}, "of one of its series"),
    _query("from", {"type": "string", "pattern": "^[0-9]{8}$"}, "earliest date, YYYYMMDD"),
    _query("to", {"type": "string", "pattern": "^[0-9]{8}$"}, "latest date, YYYYMMDD"),
)


TOKEN: Final = {
    "type": "http",
    "scheme": "bearer",
    "bearerFormat": "JWT",
    "description": "a JSON web token of the stack's issuer, in a stack with apiAuth jwt",
}


@cache
def document(*, tokens: bool = False, uploads: bool = False) -> Json:
    """Return the document of a stack that asks for JSON web `tokens`, and of one that takes `uploads`."""
    _, schemas = models_json_schema([(model, "serialization") for model in MODELS], ref_template=REFERENCE + "{model}")
    paged = [
        _query("limit", {"type": "integer", "minimum": 1, "maximum": PAGE_MOST, "default": PAGE}),
        _query("cursor", {"type": "string"}, "`next` of the page before"),
    ]
    return {
        "openapi": "3.1.0",
        "info": {"title": "PACS API", "version": VERSION, "description": "Errors are RFC 9457 problems."},
        "servers": [{"url": "."}],
        "paths": {
            "/health": _get("health", "The server answers and can decode", "Health"),
            "/openapi.json": _get("openapi", "This document", None),
            "/studies": {
                **_get("studies", "List or search the studies", "StudyPage", [*paged, *SEARCH]),
                **({"post": _upload()} if uploads else {}),
            },
            "/studies/{study_id}/series": _get("series", "List a study's series", "SeriesPage", paged, (404,)),
            "/studies/{study_id}/series/{series_id}/images": _get(
                "images", "List a series' images", "ImagePage", paged, (404,)
            ),
            "/studies/{study_id}/series/{series_id}/stack": _get(
                "stack", "A series as a stack of planes in space, without the pixels", "Stack", (), (404,)
            ),
            IMAGE: _image(),
            IMAGE + "/metadata": _get("metadata", "What a viewer must know of an image", "Metadata", (), (404,)),
            IMAGE + "/pixels": _pixels(),
            IMAGE + "/tags": _get("tags", "The elements of an image's header", "Tags", (), (404,)),
            IMAGE + "/overlays": _get("overlays", "The overlay planes over a frame", "Overlays", (FRAME,), (404,)),
            IMAGE + "/segments": _get("segments", "The segments of a segmentation", "Segments", (), (404,)),
            IMAGE + "/process/{algorithm}": _process(
                IMAGE,
                "process",
                "Send a job on this image, its series or its study to the processing API",
                _query("scope", {"enum": list(SCOPES), "default": "image"}),
            ),
            SERIES + "/process/{algorithm}": _process(
                SERIES,
                "processSeries",
                "Send a job on this series, or a batch with a job for each of its images, to the processing API",
                _query("each", {"enum": ["image"]}, "a job for each image: at most a thousand"),
                _query("volume", {"type": "string", "pattern": "^[0-9a-f]{16}$"}, "one volume, by its id in the stack"),
            ),
        },
        "components": {"schemas": schemas["$defs"], "securitySchemes": {"bearer": TOKEN}},
        **({"security": [{"bearer": []}]} if tokens else {}),
    }


def _image() -> Json:
    number: Json = {"type": "number"}
    queries = [
        _query("scope", {"enum": list(SCOPES), "default": "image"}, "a slice, or a mosaic of a series or a study"),
        _query("wc", number, "window centre in the values' unit; with ww"),
        _query("ww", {**number, "minimum": 1}, "window width; with wc"),
        _query("frame", {"type": "integer", "minimum": 1, "default": 1}, "of a multi-frame image"),
        _query("size", {"type": "integer", "minimum": 1, "maximum": 4096}, "longest side of the picture, pixels"),
    ]
    content: Json = {"image/png": {}, "application/dicom": {}}
    about = "of the file as stored: one range of bytes, `bytes=0-65535`"
    part = {"name": "Range", "in": "header", "schema": {"type": "string"}, "description": about}
    responses = _responses(
        {"200": {"description": "PNG, or the file as stored", "content": content}}, (401, 403, 404, 406, 416, 422, 503)
    )
    responses["206"] = {"description": "the asked-for range of the file", "content": {"application/dicom": {}}}
    responses["304"] = {"description": "the ETag in If-None-Match is still current"}
    return {
        "parameters": _path(IMAGE),
        "get": {
            "operationId": "image",
            "summary": "Show an image, a series or a study; `Accept: application/dicom` returns the file",
            "parameters": [*queries, part],
            "responses": responses,
        },
    }


def _pixels() -> Json:
    ok: Json = {"description": "values of the type in /metadata", "content": {"application/octet-stream": {}}}
    responses = _responses({"200": ok}, (401, 403, 404, 422, 503))
    responses["304"] = {"description": "the ETag in If-None-Match is still current"}
    return {
        "parameters": _path(IMAGE),
        "get": {
            "operationId": "pixels",
            "summary": "The stored values of a frame, without loss",
            "parameters": [FRAME],
            "responses": responses,
        },
    }


def _process(address: str, operation: str, summary: str, *queries: Json) -> Json:
    body = {"type": "object", "description": "as for the processing API's POST /process/{algorithm}, without `pacs`"}
    headers = [
        {"name": name, "in": "header", "required": required, "schema": {"type": "string"}}
        for name, required in (("X-Client-Token", True), ("Idempotency-Key", False), ("traceparent", False))
    ]
    return {
        "parameters": _path(address + "/process/{algorithm}"),
        "post": {
            "operationId": operation,
            "summary": summary,
            "description": "`Authorization` is passed on, for a processing API that asks for one.",
            "parameters": [*queries, *headers],
            "requestBody": {"required": True, "content": {"application/json": {"schema": body}}},
            "responses": _responses(
                {"202": {"description": "the processing API's own answer", "content": {"application/json": {}}}},
                (400, 401, 403, 404, 409, 413, 422, 503),
            ),
        },
    }


def _upload() -> Json:
    files = {"type": "array", "items": {"type": "string", "format": "binary"}}
    answer: Json = {
        "application/dicom+json": {"schema": {"type": "object", "description": "PS3.18 annex I"}},
        "application/json": {"schema": {"$ref": REFERENCE + "Uploaded"}},
    }
    stored = {"200": "every instance is stored", "202": "some are stored", "409": "none is stored"}
    return {
        "operationId": "upload",
        "summary": "Store images: DICOMweb's Store transaction (PS3.18 10.5)",
        "description": "The parts of the body are files of type application/dicom: at most 100, and 1 GiB together. "
        "What is stored is never replaced; the same file again counts as stored.",
        "requestBody": {
            "required": True,
            "content": {"multipart/related": {"schema": files}},
        },
        "responses": _responses(
            {code: {"description": text, "content": answer} for code, text in stored.items()},
            (400, 401, 403, 406, 408, 413, 415, 503),
        ),
    }


def _get(operation: str, summary: str, model: str | None, queries: Any = (), errors: tuple[int, ...] = ()) -> Json:
    schema: Json = {"schema": {"$ref": REFERENCE + model}} if model else {}
    address = {
        "stack": IMAGE.partition("/images")[0],
        "series": IMAGE.partition("/series")[0],
        "images": IMAGE.partition("/images")[0],
        "metadata": IMAGE,
        "tags": IMAGE,
        "overlays": IMAGE,
        "segments": IMAGE,
    }
    codes = (401, 403, *errors, 422, 503) if queries or errors else (401,)
    # A load balancer asks without a token.
    health: Json = {"security": []} if operation == "health" else {}
    return {
        "parameters": _path(address.get(operation, "")),
        "get": {
            **health,
            "operationId": operation,
            "summary": summary,
            "parameters": list(queries),
            "responses": _responses(
                {"200": {"description": summary, "content": {"application/json": schema}}}, (503,) if health else codes
            ),
        },
    }


def _responses(success: Json, errors: tuple[int, ...]) -> Json:
    problem = {"application/problem+json": {"schema": {"$ref": REFERENCE + "Problem"}}}
    return success | {str(code): {"description": "a problem", "content": problem} for code in errors}


def _path(address: str) -> list[Json]:
    names = [part[1:-1] for part in address.split("/") if part.startswith("{")]
    return [{"name": name, "in": "path", "required": True, "schema": {"type": "string"}} for name in names]
