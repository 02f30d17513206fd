"""The further inputs that an author names on the command line."""

import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from algorithms.ports.inputs import InputPort, inputs_of
from runtime.authoring.source import locate
from runtime.errors import PermanentError
from runtime.worker.child.ports.gather import places


def further(texts: Iterable[str], run: Callable[..., Any]) -> dict[str, list[Any]]:
    """Return the values of `NAME=FILE_OR_FOLDER` or `NAME={"points": [...]}` texts, files still to be read.

    Raises ValueError for a text of another form or of an unknown name, PermanentError if there is no such file.
    """
    ports = {port.name: port for port in inputs_of(run)}
    values: dict[str, list[Any]] = {}
    for text in texts:
        name, _, value = text.partition("=")
        if not value:
            raise ValueError(f"{text!r} is not name=input")
        if name not in ports:
            raise ValueError(f"{name} is none of its inputs: {', '.join(ports) or 'it has no further ones'}")
        values.setdefault(name, []).append(_value(ports[name], value))
    return values


def _value(port: InputPort, text: str) -> Any:
    if port.type in ("points", "boxes"):
        try:
            return places(port, json.loads(text))
        except (PermanentError, TypeError, AttributeError, KeyError, ValueError) as error:
            raise ValueError(f"{port.name} takes {port.type}, as a request has them in JSON: {error}") from error
    if port.type == "transform":
        raise ValueError(f"{port.name} takes a transform, which only an earlier job has")
    return locate(Path(text))
