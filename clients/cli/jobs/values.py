"""Turns `-p name=value` texts into JSON values by the algorithm's schema."""

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from difflib import get_close_matches
from types import NoneType
from typing import Any

import click

POINTER = "/parameters/"


def parse(texts: Iterable[str], schema: Mapping[str, Any]) -> dict[str, Any]:
    """Return the parameters as JSON values. The API checks them and names all faults at once."""
    parameters: dict[str, Any] = {}
    for text in texts:
        name, equals, value = text.partition("=")
        if not equals:
            raise click.BadParameter(f"{text!r} is not name=value", param_hint="-p")
        if name in parameters:
            raise click.BadParameter(f"{name} is given twice", param_hint="-p")
        parameters[name] = _value(value, schema.get("properties", {}).get(name, {}))
        if not isinstance(parameters[name], list | NoneType) and not value.startswith("[") and _is_list(schema, name):
            raise click.BadParameter(f"{name} is a list; write -p '{name}=[{value}]'", param_hint="-p")
    return parameters


@contextmanager
def meant(schema: Mapping[str, Any]) -> Iterator[None]:
    """Add to the API's refusal of a parameter that the algorithm does not have the one that was probably meant."""
    from clients.cli.client import ApiError  # `imaging try` calls nobody

    known = schema.get("properties", {})
    try:
        yield
    except ApiError as error:
        faults = [dict(fault) for fault in error.problem.get("errors", ())]
        for fault in faults:
            name = str(fault.get("pointer") or "").removeprefix(POINTER)
            if name not in known and (near := get_close_matches(name, known, 1)):
                fault["detail"] = f"{fault['detail']}; did you mean {near[0]}?"
        raise ApiError({**error.problem, **({"errors": faults} if faults else {})}) from error


def _value(text: str, schema: Mapping[str, Any]) -> Any:
    kinds = _kinds(schema)
    if "string" in kinds and not ("null" in kinds and text == "null"):
        return text
    try:
        value = json.loads(text)
        json.dumps(value, allow_nan=False)  # what Python reads beyond JSON stays a text: NaN, Infinity, 1e999
    except ValueError:
        return text
    return value


def _is_list(schema: Mapping[str, Any], name: str) -> bool:
    kinds = _kinds(schema.get("properties", {}).get(name, {}))
    return "array" in kinds and "string" not in kinds


def _kinds(schema: Mapping[str, Any]) -> set[str]:
    kinds = {schema["type"]} if "type" in schema else set[str]()
    if any(isinstance(choice, str) for choice in schema.get("enum", ())):
        kinds.add("string")
    return kinds.union(*(_kinds(each) for each in schema.get("anyOf", ())))
