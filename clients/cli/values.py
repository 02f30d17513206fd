"""Turns `-p name=value` texts into JSON values by the algorithm's schema."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

import click


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
    return parameters


def _value(text: str, schema: Mapping[str, Any]) -> Any:
    kinds = _kinds(schema)
    if "string" in kinds and not ("null" in kinds and text == "null"):
        return text
    try:
        return json.loads(text)
    except ValueError:
        return text


def _kinds(schema: Mapping[str, Any]) -> set[str]:
    kinds = {schema["type"]} if "type" in schema else set[str]()
    if any(isinstance(choice, str) for choice in schema.get("enum", ())):
        kinds.add("string")
    return kinds.union(*(_kinds(each) for each in schema.get("anyOf", ())))
