"""Turns `--input NAME=VALUE` texts into the further inputs of a request."""

import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import click

IDENTIFIERS = ("study_id", "series_id", "image_id")
IDENTIFIER = re.compile(r"[\w.-]+", re.ASCII)
HINT = "--input"


def parse(texts: Iterable[str], known: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """Return the inputs as JSON values; `known` are those of the catalogue. The API checks them."""
    many = {each["name"] for each in known if each["many"]}
    inputs: dict[str, Any] = {}
    for text in texts:
        name, equals, value = text.partition("=")
        if not equals or not value:
            raise click.BadParameter(f"{text!r} is not name=value", param_hint=HINT)
        if name in many:
            inputs.setdefault(name, []).append(_value(value))
        elif name in inputs:
            raise click.BadParameter(f"{name} is given twice", param_hint=HINT)
        else:
            inputs[name] = _value(value)
    return inputs


def again(used: Mapping[str, Any], entry: Mapping[str, Any]) -> dict[str, Any]:
    """Return the inputs of a result as a request names them: a list only where the algorithm takes several."""
    many = {each["name"] for each in entry.get("inputs", ()) if each["many"]}
    return {name: list(values) if name in many else values[0] for name, values in used.items()}


def _value(text: str) -> dict[str, Any]:
    if text.startswith(("{", "@")):
        try:
            content = json.loads(Path(text[1:]).read_text(encoding="utf-8") if text[0] == "@" else text)
            json.dumps(content, allow_nan=False)  # Python reads NaN and 1e999, too
        except (OSError, ValueError) as error:
            raise click.BadParameter(f"{text} cannot be read as JSON: {error}", param_hint=HINT) from error
        if not isinstance(content, dict):
            raise click.BadParameter(f"{text} holds no JSON object", param_hint=HINT)
        return content
    if text.startswith("job:"):
        job_id, slash, output = text.removeprefix("job:").partition("/")
        if not slash:
            raise click.BadParameter(f"{text!r} is not job:JOB_ID/OUTPUT", param_hint=HINT)
        return {"job_id": job_id, "output": output}
    parts = text.split("/")
    if len(parts) > len(IDENTIFIERS) or not all(map(IDENTIFIER.fullmatch, parts)):
        other = "an output of an earlier job is job:JOB_ID/OUTPUT, and points or boxes are JSON"
        raise click.BadParameter(f"{text!r} is not STUDY/SERIES/IMAGE; {other}", param_hint=HINT)
    return dict(zip(IDENTIFIERS, parts, strict=False))
