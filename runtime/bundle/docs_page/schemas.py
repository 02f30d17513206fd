"""JSON Schemas for people: what a value is in a few words, and an object as a table of its fields."""

import json
from collections.abc import Mapping
from typing import Any, Final, cast

from runtime.bundle.docs_page.elements import Html, code, element, joined, link, prose, table

Schema = Mapping[str, Any]
WORDS: Final = {
    "array": "list",
    "boolean": "true or false",
    "integer": "whole number",
    "null": "null",
    "object": "object",
    "string": "text",
}
INNER: Final = {"array": "list of ", "object": "object with values of "}
# A limit's keyword, and how it is said with its value.
LIMITS: Final = {
    "minimum": "at least {}",
    "exclusiveMinimum": "more than {}",
    "maximum": "at most {}",
    "exclusiveMaximum": "less than {}",
    "multipleOf": "a multiple of {}",
    "minLength": "at least {} characters",
    "maxLength": "at most {} characters",
    "minItems": "at least {} entries",
    "maxItems": "at most {} entries",
    "unit": "in {}",
}


def anchor(name: str) -> str:
    """Return the id of a schema's section."""
    return f"schema-{name}"


def kind(schema: Schema) -> Html:
    """Return what a value of this schema is, with links to the schemas it refers to."""
    if "$ref" in schema:
        name = str(schema["$ref"]).rpartition("/")[2]
        return link(anchor(name), name)
    for choice in ("anyOf", "oneOf", "allOf"):
        if choice in schema:
            word = " and " if choice == "allOf" else " or "
            return _together([kind(each) for each in schema[choice]], word)
    if "const" in schema:
        return code(json.dumps(schema["const"]))
    if "enum" in schema:
        return _together([code(json.dumps(each)) for each in schema["enum"]], " or ")
    named = schema.get("type", "any value")
    inner: Any = schema.get("items" if named == "array" else "additionalProperties")
    if named in INNER and isinstance(inner, dict) and inner:
        return joined([INNER[named], kind(cast("Schema", inner))])
    return joined([WORDS.get(named, str(named))])


def about(schema: Schema) -> Html:
    """Return what else is said of a value: its description, limits, pattern and default."""
    parts: list[str] = [prose(str(schema["description"]))] if schema.get("description") else []
    limits = [words.format(schema[name]) for name, words in LIMITS.items() if name in schema]
    parts += [", ".join(limits)] if limits else []
    parts += [joined(["pattern ", code(str(schema["pattern"]))])] if "pattern" in schema else []
    if "default" in schema:
        parts.append(joined(["default ", code(json.dumps(schema["default"]))]))
    return _together(parts, "; ")


def fields(caption: str, schema: Schema) -> Html:
    """Return the table of an object's fields; what the value is if it is no object with fields."""
    required = schema.get("required", ())
    rows = [
        (code(name), "yes" if name in required else "no", kind(each), about(each))
        for name, each in schema.get("properties", {}).items()
    ]
    return table(caption, ("field", "required", "is", "meaning"), rows) if rows else element("p", kind(schema))


def _together(parts: list[Any], word: str) -> Html:
    return joined(part for number, each in enumerate(parts) for part in ([word, each] if number else [each]))
