"""Writes the source lines for numbers, strings and literals of a compiled schema."""

import ast
import json
import math
from typing import Any

from runtime.bundle import patterns

Schema = dict[str, Any]


class UnsupportedSchemaError(ValueError):
    """A schema with a part that the compiler does not support."""


def number(schema: Schema, where: str) -> list[str]:
    """Return the checks of a number's bounds."""
    unit = f" {schema['unit']}" if schema.get("unit") else ""
    limits = {
        "minimum": (">=", "at least"),
        "exclusiveMinimum": (">", "more than"),
        "maximum": ("<=", "at most"),
        "exclusiveMaximum": ("<", "less than"),
    }
    lines: list[str] = []
    for keyword, (operator, words) in limits.items():
        if keyword in schema:
            limit = bound(schema, keyword, where)
            lines += unless(f"v {operator} {limit!r}", f"must be {words} {limit}{unit}")
    if "multipleOf" in schema:
        step = bound(schema, "multipleOf", where)
        if step <= 0:
            raise UnsupportedSchemaError(f"{where}: multipleOf must be more than 0")
        lines += unless(f"is_multiple(v, {step!r})", f"must be a multiple of {step}{unit}")
    return lines


def string(schema: Schema, where: str) -> list[str]:
    """Return the checks of a string's length and pattern."""
    lines: list[str] = []
    if "minLength" in schema:
        lines += unless(
            f"len(v) >= {count(schema, 'minLength', where)}", f"needs at least {schema['minLength']} characters"
        )
    if "maxLength" in schema:
        lines += unless(
            f"len(v) <= {count(schema, 'maxLength', where)}", f"takes at most {schema['maxLength']} characters"
        )
    if "pattern" in schema:
        try:
            pattern = patterns.python(schema["pattern"])
        except ValueError as error:
            raise UnsupportedSchemaError(f"{where}: {error}") from error
        lines += unless(f"matches({pattern!r}, v)", f"must match {schema['pattern']}")
    return lines


def unless(condition: str, text: str) -> list[str]:
    """Return lines that note the fault `text` unless `condition` holds."""
    return [f"if not ({condition}):", f"    faults.append((at, {text!r}))"]


def count(schema: Schema, keyword: str, where: str) -> int:
    """Return the keyword's value, which must be a whole number of at least 0."""
    value = schema[keyword]
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise UnsupportedSchemaError(f"{where}: {keyword} must be a whole number of at least 0, not {value!r}")
    return value


def bound(schema: Schema, keyword: str, where: str) -> float:
    """Return the keyword's value, which must be a finite number."""
    value = schema[keyword]
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value):
        raise UnsupportedSchemaError(f"{where}: {keyword} must be a finite number, not {value!r}")
    return value


def literal(value: Any, where: str) -> str:
    """Return Python source of a JSON value."""
    source = repr(value)
    try:
        ast.literal_eval(source)
    except (ValueError, SyntaxError) as error:  # nan, inf, objects
        raise UnsupportedSchemaError(f"{where}: {source} is not a JSON value") from error
    return source


def names(properties: dict[str, Schema]) -> str:
    """Return Python source of the tuple of a schema's property names."""
    return "(" + "".join(f"{key!r}, " for key in properties) + ")"


def text(value: Any) -> str:
    """Return the JSON text of a value."""
    return json.dumps(value, ensure_ascii=False)
