"""The calls of the PACS API, as its OpenAPI document describes them."""

from typing import Any, Final

from runtime.archive.pattern import IDENTIFIER
from runtime.pacs.http.query import FRAME_MOST, SCOPES

REFERENCE: Final = "#/components/schemas/"
SERIES: Final = "/studies/{study_id}/series/{series_id}"
IMAGE: Final = SERIES + "/images/{image_id}"
Json = dict[str, Any]


def query(name: str, schema: Json, description: str = "") -> Json:
    """Return a parameter of the query."""
    return {"name": name, "in": "query", "schema": schema} | ({"description": description} if description else {})


DATE: Final = {"type": "string", "pattern": "^([0-9]{8})?$"}
FRAME: Final = query("frame", {"type": "integer", "minimum": 1, "maximum": FRAME_MOST, "default": 1})
SEARCH: Final = (
    query("search", {"type": "string"}, "words of the study's or its series' descriptions or identifiers"),
    query("modality", {"type": "string"}, "of one of its series"),
    query("from", DATE, "earliest date, YYYYMMDD"),
    query("to", DATE, "latest date, YYYYMMDD"),
)


def image() -> Json:
    """Return the operations on an image: a picture, or the file."""
    number: Json = {"type": "number"}
    queries = [
        query("scope", {"enum": list(SCOPES), "default": "image"}, "a slice, or a mosaic of a series or a study"),
        query("wc", number, "window centre in the values' unit; with ww"),
        query("ww", {**number, "exclusiveMinimum": 0}, "window width; with wc; LINEAR, below 1 LINEAR_EXACT"),
        {**FRAME, "description": "of a multi-frame image"},
        query("size", {"type": "integer", "minimum": 1, "maximum": 4096}, "longest side of the picture, pixels"),
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


def pixels() -> Json:
    """Return the operations on a frame's values."""
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


def process(address: str, operation: str, summary: str, *queries: Json) -> Json:
    """Return the operations that pass a job on, on the input that an address names."""
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


def upload() -> Json:
    """Return the operation that stores images."""
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
        "requestBody": {"required": True, "content": {"multipart/related": {"schema": files}}},
        "responses": _responses(
            {code: {"description": text, "content": answer} for code, text in stored.items()},
            (400, 401, 403, 406, 408, 413, 415, 503),
        ),
    }


def get(operation: str, summary: str, model: str | None, queries: Any = (), errors: tuple[int, ...] = ()) -> Json:
    """Return the operations of an address that answers JSON by a `model`."""
    schema: Json = {"schema": {"$ref": REFERENCE + model}} if model else {}
    series = {"stack": SERIES, "series": SERIES.partition("/series")[0], "images": SERIES}
    address = {**series, **dict.fromkeys(("metadata", "tags", "overlays", "segments"), IMAGE)}
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
    identifier = {"type": "string", "pattern": f"^{IDENTIFIER}$"}
    schemas: dict[str, Json] = {name: identifier if name.endswith("_id") else {"type": "string"} for name in names}
    return [{"name": name, "in": "path", "required": True, "schema": schema} for name, schema in schemas.items()]
