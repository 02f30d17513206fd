"""Checks that AWS or its provider makes when a resource is created, and neither botocore nor the emulator does.

One table: resource type -> property -> rule. A property is a path (`healthCheck.interval`; `origins[].domainName` for
each entry of a list); the empty path means the whole resource. To add a type, write its rows into the file of its
group, with rules of `rules.py`, and a bad value for each row into tests/runtime/local/resources/bad_values.py.
"""

from collections.abc import Iterator
from typing import Any, cast

from runtime.local.resources.constraints import compute, control, edge, messages, network
from runtime.local.resources.constraints.rules import Rule, tags

# The engine sends this in a preview for a value that only the deployment will know.
UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"
CONSTRAINTS: dict[str, dict[str, Rule]] = {
    **network.TABLE,
    **compute.TABLE,
    **messages.TABLE,
    **control.TABLE,
    **edge.TABLE,
}
TAGS = tags()


def faults(token: str, inputs: dict[str, Any]) -> list[str]:
    """Return a sentence for each property that AWS would refuse: what it is, and what it must be."""
    common = {"tags": TAGS} if token.startswith("aws:") else {}
    rules = {**common, **CONSTRAINTS.get(token, {})}
    return [
        f"{path} is {_shown(value)}: {fault}" if path else fault
        for path, rule in rules.items()
        for value in _values(inputs, path)
        if not _unknown(value) and (fault := rule(value))
    ]


def _values(inputs: Any, path: str) -> Iterator[Any]:
    """Yield the values at a path; none if a part of the path is not set."""
    if not path:
        yield inputs
        return
    name, _, rest = path.partition(".")
    value: Any = cast("dict[str, Any]", inputs).get(name.removesuffix("[]")) if isinstance(inputs, dict) else None
    entries = cast("list[Any]", value) if name.endswith("[]") and isinstance(value, list) else [value]
    for entry in entries:
        if entry is not None:
            yield from _values(entry, rest)


def _unknown(value: Any) -> bool:
    """Return whether a value holds anything that a preview does not know."""
    return UNKNOWN in str(value)


def _shown(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 80 else f"{text[:77]}..."
