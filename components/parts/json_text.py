"""JSON of values that are known only later."""

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any, cast

import pulumi


def json_text(value: Any) -> pulumi.Output[str]:
    """Return `value`, with outputs anywhere in it, as JSON whose keys are in one order.

    Pulumi's own json_dumps lifts every level of a structure anew: a deep one with some hundred outputs takes minutes.
    """
    outputs: list[pulumi.Output[Any]] = []
    fill = _filler(value, outputs)

    def write(found: Sequence[Any]) -> str:
        return json.dumps(fill(found), sort_keys=True)

    return pulumi.Output.all(*outputs).apply(write)


def _filler(value: Any, outputs: list[pulumi.Output[Any]]) -> Callable[[Sequence[Any]], Any]:
    """Return what builds `value` again from the outputs' values; the outputs met are added to the list."""
    if isinstance(value, pulumi.Output):
        place = len(outputs)
        outputs.append(cast("pulumi.Output[Any]", value))
        return lambda found: found[place]
    if isinstance(value, Mapping):
        inner = {key: _filler(each, outputs) for key, each in cast("Mapping[str, Any]", value).items()}
        return lambda found: {key: fill(found) for key, fill in inner.items()}
    if isinstance(value, list | tuple):
        parts = [_filler(each, outputs) for each in cast("Sequence[Any]", value)]
        return lambda found: [fill(found) for fill in parts]
    return lambda found: value
