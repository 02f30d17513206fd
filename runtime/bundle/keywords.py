"""The keywords of JSON Schema that are compiled, and the tests of its types."""

from typing import Final

from runtime.bundle.scalars import Schema

ANNOTATIONS: Final = {"title", "description", "default", "unit", "examples", "$defs", "$schema"}
OF_TYPE: Final[dict[str, set[str]]] = {
    "object": {"properties", "required", "additionalProperties"},
    "array": {"items", "minItems", "maxItems"},
    "string": {"minLength", "maxLength", "pattern"},
    "number": {"minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"},
    "integer": {"minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"},
    "boolean": set(),
    "null": set(),
}
TESTS: Final = {
    "object": ("isinstance(v, dict)", "an object"),
    "array": ("isinstance(v, list)", "a list"),
    "string": ("isinstance(v, str)", "a string"),
    "number": ("is_number(v)", "a number"),
    "integer": ("is_integer(v)", "a whole number"),
    "boolean": ("isinstance(v, bool)", "true or false"),
    "null": ("v is None", "null"),
}


def fills(schema: Schema, root: Schema, seen: set[str]) -> bool:
    """Return whether checking a value by `schema` may write into it."""
    if "$ref" in schema:
        target = str(schema["$ref"])
        if target in seen:
            return False
        return fills(root.get("$defs", {}).get(target.rpartition("/")[2], {}), root, seen | {target})
    children = [*schema.get("properties", {}).values(), *schema.get("anyOf", [])]
    children += [schema[key] for key in ("items", "additionalProperties") if isinstance(schema.get(key), dict)]
    within = any("default" in child for child in schema.get("properties", {}).values())
    return within or any(fills(child, root, seen) for child in children)
