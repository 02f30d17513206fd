"""JSON text that contains Pulumi outputs."""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any, cast

import pulumi


def json_text(value: Any) -> pulumi.Output[str]:
    """Return `value`, which may contain outputs anywhere, as JSON with sorted keys.

    Pulumi's own json_dumps lifts every level of a structure again: a deep one with some hundred outputs takes minutes.
    """
    outputs: list[pulumi.Output[Any]] = []
    fill = _filler(value, outputs)

    def write(known: Sequence[Any]) -> str:
        return json.dumps(fill(known), sort_keys=True)

    return pulumi.Output.all(*outputs).apply(write)


def _filler(value: Any, outputs: list[pulumi.Output[Any]]) -> Callable[[Sequence[Any]], Any]:
    """Return a function that builds `value` from its outputs' values; add its outputs to `outputs`."""
    if isinstance(value, pulumi.Output):
        place = len(outputs)
        outputs.append(cast("pulumi.Output[Any]", value))
        return lambda known: known[place]
    if isinstance(value, Mapping):
        inner = {key: _filler(each, outputs) for key, each in cast("Mapping[str, Any]", value).items()}
        return lambda known: {key: fill(known) for key, fill in inner.items()}
    if isinstance(value, list | tuple):
        parts = [_filler(each, outputs) for each in cast("Sequence[Any]", value)]
        return lambda known: [fill(known) for fill in parts]
    return lambda known: value
