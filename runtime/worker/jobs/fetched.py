"""A further input on the worker's disk."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal


@dataclass(frozen=True, slots=True)
class Fetched:
    """One value of a further input, as the child reads it.

    Parameters
    ----------
    form : "archive" for DICOM files; "output" for the file of an earlier job's output, with its description (a `Port`
        as JSON) beside it; "inline" for `content` that came with the request.
    volume : id of the one that is read of these files; None for all of them.
    """

    form: Literal["archive", "output", "inline"]
    paths: tuple[Path, ...] = ()
    content: Mapping[str, Any] | None = None
    volume: str | None = None
