"""Makes a result fit into one message: the manifest in the output bucket always holds all of it.

Plain Python: the Lambda bundle carries this file.
"""

import json
from collections.abc import Sequence
from typing import Any, Final

# SNS takes 256 KiB with the attributes; the rest is left for them and for the envelope.
RESULT_BYTES: Final = 200_000
# Jobs of one request.
MOST_JOBS: Final = 1000
# Values of one further input that is a list.
MOST_VALUES: Final = 100
# The manifest alone has these, and those that are empty for most jobs are left out: each byte costs money.
MANIFEST_ALONE: Final = ("used", "source")
NOT_IF_EMPTY: Final = ("inputs", "ports")


def dumps(value: Any) -> str:
    """Return compact JSON in ASCII: SQS and SNS refuse some characters that JSON may hold unescaped."""
    return json.dumps(value, separators=(",", ":"))


def encode(result: dict[str, Any], limit: int = RESULT_BYTES) -> str:
    """Return a JobResult as JSON of at most `limit` bytes, with as much of its lists as fits.

    What the manifest alone has is left out. Measurements go first, then declared outputs, what is missing, and files.
    """
    left_out = {*MANIFEST_ALONE, *(name for name in NOT_IF_EMPTY if not result.get(name))}
    result = {name: value for name, value in result.items() if name not in left_out}
    text = dumps(result)
    if len(text) <= limit:
        return text
    lists = [name for name in ("ports", "missing", "outputs") if name in result]
    kept: dict[str, Any] = {
        **result,
        "measurements": {},
        **{name: list[Any]() for name in lists},
        "outputs_complete": False,
    }
    room = limit - len(dumps(kept))
    measurements, room = _fitting([{name: value} for name, value in result.get("measurements", {}).items()], room, 2)
    kept["measurements"] = {name: value for each in measurements for name, value in each.items()}
    for name in lists:
        kept[name], room = _fitting(result[name], room, 0)
    return dumps(kept)


def _fitting(values: Sequence[Any], room: int, brackets: int) -> tuple[list[Any], int]:
    """Return the first values whose JSON fits into `room` bytes, less their own brackets, and the room that is left."""
    kept: list[Any] = []
    for value in values:
        size = len(dumps(value)) - brackets + (1 if kept else 0)  # a comma before each but the first
        if size > room:
            break
        kept.append(value)
        room -= size
    return kept, room
