"""The query parameters of a call, all their faults at once."""

import math
import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, NamedTuple, cast
from urllib.parse import parse_qsl

from starlette.requests import Request

from runtime.archive.pattern import IDENTIFIER
from runtime.contracts.models import InputReference, Scope
from runtime.dicom.show.encode import MOSAIC_LIMIT
from runtime.pacs.http.problems import unfit

SCOPES = ("image", "series", "study")
# As JSON has numbers, with a plus sign and leading zeros allowed.
NUMBER = re.compile(r"[+-]?[0-9]{1,40}(\.[0-9]{1,40})?([eE][+-]?[0-9]{1,5})?")
PAGE, PAGE_MOST = 100, 1000
FRAME_MOST = 10**9 - 1
NOT_A_CURSOR = ("?cursor", "is not a cursor of this list; pass `next` of an earlier page")
# What XML can hold, as which S3 gives and takes them back.
CURSOR = r"[^\u0000-\u001f\u007f-\u009f\ufffe\uffff]*"
REFERENCES = 1024  # that are kept: an image is mostly asked for many times
_IDENTIFIER = re.compile(IDENTIFIER)


class View(NamedTuple):
    """What a preview shows: `frame` from 1, the window, and the longest side of the picture in pixels."""

    scope: Scope = "image"
    frame: int | None = None
    window: tuple[float, float] | None = None
    size: int | None = None


class Reader:
    """Reads parameters one by one and remembers what is wrong with them."""

    def __init__(self, request: Request, known: tuple[str, ...]) -> None:
        given = _given(request)
        self.values: Mapping[str, str] = dict(given)
        self.faults = [(f"?{name}", "is not a parameter of this address") for name in self.values if name not in known]
        if len(given) > len(self.values):
            names = [name for name, _ in given]
            self.faults += [(f"?{name}", "is given more than once") for name in known if names.count(name) > 1]

    def whole(self, name: str, low: int, high: int) -> int | None:
        """Return a whole number between bounds, or None if it is absent or wrong."""
        text = self.values.get(name)
        if text is None:
            return None
        if not re.fullmatch(r"[0-9]{1,9}", text) or not low <= int(text) <= high:
            self.faults.append((f"?{name}", f"must be a whole number from {low} to {high}"))
            return None
        return int(text)

    def number(self, name: str) -> float | None:
        """Return a finite number, or None if it is absent or wrong."""
        text = self.values.get(name)
        if text is None:
            return None
        value = float(text) if NUMBER.fullmatch(text) else math.nan
        if not math.isfinite(value):
            self.faults.append((f"?{name}", "must be a number"))
            return None
        return value

    def scope(self) -> Scope:
        """Return the scope, by default image."""
        scope = self.values.get("scope", "image")
        if scope not in SCOPES:
            self.faults.append(("?scope", f"must be one of {', '.join(SCOPES)}"))
        return cast(Scope, scope)

    def finish(self) -> None:
        """Raise the problem of all faults, if there are any."""
        if self.faults:
            raise unfit(self.faults)


def _given(request: Request) -> list[tuple[str, str]]:
    query: bytes = request.scope["query_string"]
    return parse_qsl(query.decode("latin-1"), keep_blank_values=True) if query else []


def view(request: Request) -> View:
    """Read what a preview takes. Raises PacsProblem (`invalid_request`)."""
    reader = Reader(request, ("scope", "frame", "wc", "ww", "size"))
    scope = reader.scope()
    frame = reader.whole("frame", 1, FRAME_MOST)
    size = reader.whole("size", 1, MOSAIC_LIMIT)
    centre, width = reader.number("wc"), reader.number("ww")
    if ("wc" in reader.values) != ("ww" in reader.values):
        reader.faults.append(("?wc" if "ww" in reader.values else "?ww", "is needed too: wc and ww go together"))
    if width is not None and width <= 0:
        reader.faults.append(("?ww", "must be above 0"))
    if frame is not None and scope != "image":
        reader.faults.append(("?frame", "can only go with scope=image"))
    reader.finish()
    return View(scope, frame, (centre, width) if centre is not None and width is not None else None, size)


def page(request: Request) -> tuple[int, str | None]:
    """Read a page's limit and cursor, also beside a search's parameters. Raises PacsProblem (`invalid_request`)."""
    reader = Reader(request, ("limit", "cursor", *_searched(request)))
    limit, cursor = reader.whole("limit", 1, PAGE_MOST), reader.values.get("cursor", "")
    if not re.fullmatch(CURSOR, cursor):
        reader.faults.append(NOT_A_CURSOR)
    reader.finish()
    return limit or PAGE, cursor or None


def _searched(request: Request) -> tuple[str, ...]:
    return ("search", "modality", "from", "to") if request.url.path.endswith("/studies") else ()


def path(request: Request) -> dict[str, str]:
    """Return the identifiers in the path. Raises PacsProblem (`invalid_request`)."""
    parts: dict[str, Any] = request.path_params
    ids = {name: str(value) for name, value in parts.items() if name.endswith("_id")}
    faults = [(f"?{name}", "is not an identifier") for name, id_ in ids.items() if not _IDENTIFIER.fullmatch(id_)]
    if faults:
        raise unfit(faults)
    return ids


def reference(request: Request, scope: Scope) -> InputReference:
    """Return the input reference that a path and a scope name. Raises PacsProblem (`invalid_request`)."""
    return _reference(scope, **path(request))


@lru_cache(REFERENCES)
def _reference(scope: Scope, **ids: str) -> InputReference:
    return InputReference(scope=scope, **ids)
