"""What the service says of itself: the algorithms and how it is called."""

from typing import Final

from runtime.contracts.routes.route import Route
from runtime.contracts.variables import handler_names

ROUTES: Final = (
    Route(
        method="GET",
        path="/algorithms",
        handler=handler_names.CATALOGUE,
        operation="listAlgorithms",
        summary="The installed algorithms with their parameters",
        status=200,
        answers="the catalogue",
        response="Catalogue",
        token=False,
        codes=("address_not_allowed", "internal_error"),
    ),
    Route(
        method="GET",
        path="/openapi.json",
        handler=handler_names.CATALOGUE,
        operation="describe",
        summary="This document",
        status=200,
        answers="OpenAPI 3.1",
        response="object",
        token=False,
        codes=("address_not_allowed", "internal_error"),
    ),
    Route(
        method="GET",
        path="/docs",
        handler=handler_names.CATALOGUE,
        operation="docs",
        summary="This API described for people",
        status=200,
        answers="one HTML page, which loads nothing else",
        response="string",
        media="text/html",
        token=False,
        codes=("address_not_allowed", "internal_error"),
    ),
)
