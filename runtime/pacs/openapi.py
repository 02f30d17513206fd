"""The PACS API's OpenAPI 3.1 document, its schemas made from the models."""

from functools import cache
from typing import Final

from pydantic.json_schema import models_json_schema

from runtime.contracts.answers import Problem
from runtime.pacs.http import answers, answers_drawn, answers_header, answers_metadata, answers_stored
from runtime.pacs.http.query import CURSOR, PAGE, PAGE_MOST, SCOPES
from runtime.pacs.operations import (
    FRAME,
    IMAGE,
    REFERENCE,
    SEARCH,
    SERIES,
    Json,
    get,
    image,
    pixels,
    process,
    query,
    upload,
)

VERSION: Final = "1.0.0"
MODELS: Final = (
    answers.Health,
    answers.ImagePage,
    answers_metadata.Metadata,
    answers.SeriesPage,
    answers.Stack,
    answers.StudyPage,
    answers_drawn.Overlays,
    answers_drawn.Segments,
    answers_header.Tags,
    answers_stored.Uploaded,
    Problem,
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
        query("limit", {"type": "integer", "minimum": 1, "maximum": PAGE_MOST, "default": PAGE}),
        query("cursor", {"type": "string", "pattern": f"^{CURSOR}$"}, "`next` of the page before"),
    ]
    return {
        "openapi": "3.1.0",
        "info": {"title": "PACS API", "version": VERSION, "description": "Errors are RFC 9457 problems."},
        "servers": [{"url": "."}],
        "paths": {
            "/health": get("health", "The server answers and can decode", "Health"),
            "/openapi.json": get("openapi", "This document", None),
            "/studies": {
                **get("studies", "List or search the studies", "StudyPage", [*paged, *SEARCH]),
                **({"post": upload()} if uploads else {}),
            },
            "/studies/{study_id}/series": get("series", "List a study's series", "SeriesPage", paged, (404,)),
            "/studies/{study_id}/series/{series_id}/images": get(
                "images", "List a series' images", "ImagePage", paged, (404,)
            ),
            "/studies/{study_id}/series/{series_id}/stack": get(
                "stack", "A series as a stack of planes in space, without the pixels", "Stack", (), (404,)
            ),
            IMAGE: image(),
            IMAGE + "/metadata": get("metadata", "What a viewer must know of an image", "Metadata", (), (404,)),
            IMAGE + "/pixels": pixels(),
            IMAGE + "/tags": get("tags", "The elements of an image's header", "Tags", (), (404,)),
            IMAGE + "/overlays": get("overlays", "The overlay planes over a frame", "Overlays", (FRAME,), (404,)),
            IMAGE + "/segments": get("segments", "The segments of a segmentation", "Segments", (), (404,)),
            IMAGE + "/process/{algorithm}": process(
                IMAGE,
                "process",
                "Send a job on this image, its series or its study to the processing API",
                query("scope", {"enum": list(SCOPES), "default": "image"}),
            ),
            SERIES + "/process/{algorithm}": process(
                SERIES,
                "processSeries",
                "Send a job on this series, or a batch with a job for each of its images, to the processing API",
                query("each", {"enum": ["image"]}, "a job for each image: at most a thousand"),
                query("volume", {"type": "string", "pattern": "^[0-9a-f]{16}$"}, "one volume, by its id in the stack"),
            ),
        },
        "components": {"schemas": schemas["$defs"], "securitySchemes": {"bearer": TOKEN}},
        **({"security": [{"bearer": []}]} if tokens else {}),
    }
