"""`GET /algorithms`, `GET /openapi.json` and `GET /docs`, and the answer to every address that does not exist."""

import hashlib
from typing import Final

from runtime.contracts.documents.docs_style import POLICY
from runtime.contracts.variables import handler_names
from runtime.handlers import compiled
from runtime.handlers.http.endpoint import endpoint
from runtime.handlers.http.exchange import Request, Response, respond
from runtime.handlers.log import Line
from runtime.handlers.problem import Problem

DOCUMENTS: Final = {
    "GET /algorithms": "catalogue.json",
    "GET /docs": "docs.html",
    "GET /openapi.json": "openapi.json",
}


@endpoint(handler_names.CATALOGUE)
def handler(request: Request, line: Line) -> Response:
    """Answer 200 with the document, 304 if the caller has it already."""
    name = DOCUMENTS.get(request.route)
    if name is None:
        raise Problem("not_found", f"There is no {request.method} at this address; GET /docs describes all.")
    text = compiled.document(name)
    etag = f'"{hashlib.sha256(text.encode()).hexdigest()[:16]}"'
    headers = {"etag": etag, "cache-control": "public, max-age=60"}
    if name.endswith(".html"):
        headers |= {"content-type": "text/html; charset=utf-8", "content-security-policy": POLICY}
        headers["x-content-type-options"] = "nosniff"
    known = request.headers.get("if-none-match", "")
    if etag in known:
        return respond(304, headers=headers)
    return respond(200, text, headers)
