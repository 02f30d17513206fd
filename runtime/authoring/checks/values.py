"""The values of parameters that an algorithm is checked with: one that fits, and both ends of every range."""

import math
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from algorithms.errors import InvalidParameters
from algorithms.parameters import bind

PLAIN: Final[Mapping[str, tuple[Any, ...]]] = {
    "boolean": (True,),
    "integer": (1,),
    "number": (1.0,),
    "string": ("a",),
    "array": ([], [1], ["a"]),
    "null": (None,),
}


def fitting(run: Callable[..., Any], schema: Mapping[str, Any]) -> dict[str, Any]:
    """Return a value for each required parameter. Raises ValueError that names those for which none is found."""
    chosen: dict[str, Any] = {}
    for name in schema.get("required", ()):
        found = schema["properties"][name]
        candidates = [*(value for _, value in ends(found)), *_plain(found)]
        accepted = [each for each in candidates if _accepts(run, name, each)]
        if not accepted:
            raise ValueError(f"no value is known that fits the required parameter {name}; give it a default to check")
        chosen[name] = accepted[0]
    return chosen


def extremes(run: Callable[..., Any], schema: Mapping[str, Any]) -> Iterator[tuple[str, str, Any]]:
    """Yield each parameter with the ends of its range and its choices: its name, words, the value."""
    for name, each in schema["properties"].items():
        for words, value in ends(each):
            if _accepts(run, name, value):
                yield name, words, value


def ends(schema: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Yield the ends of a range, or every choice, with words for each."""
    for choice in schema.get("enum", ()):
        yield "a choice", choice
    if schema.get("type") == "boolean":
        yield from (("a choice", True), ("a choice", False))
    if schema.get("type") == "null":
        yield "left out", None
    for each in schema.get("anyOf", ()):
        yield from ends(each)
    step = schema.get("multipleOf", 1 if schema.get("type") == "integer" else 0)
    if (low := schema.get("minimum")) is not None:
        yield "its lower end", low
    elif (low := schema.get("exclusiveMinimum")) is not None:
        yield "its lower end", low + step if step else _above(low)
    if (high := schema.get("maximum")) is not None:
        yield "its upper end", high
    elif (high := schema.get("exclusiveMaximum")) is not None:
        yield "its upper end", high - step if step else -_above(-high)


def _above(value: float) -> float:
    """Return a number just above: a thousandth of it, since a client sends 0.001 rather than the smallest number."""
    return value + max(abs(value), 1.0) / 1000 if math.isfinite(value) else value


def _plain(schema: Mapping[str, Any]) -> Iterator[Any]:
    for each in (schema, *schema.get("anyOf", ())):
        yield from PLAIN.get(each.get("type", ""), ())


def _accepts(run: Callable[..., Any], name: str, value: Any) -> bool:
    try:
        bind(run, {name: value})
    except InvalidParameters as error:
        return not any(pointer.split("/")[1] == name for pointer, _ in error.faults)
    return True
