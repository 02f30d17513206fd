"""Makes a result fit into one message: the manifest in the output bucket always lists all outputs.

Plain Python: the Lambda bundle carries this file.
"""

import json
from typing import Any, Final

# SNS takes 256 KiB with the attributes; the rest is left for them and for the envelope.
RESULT_BYTES: Final = 200_000


def dumps(value: Any) -> str:
    """Return compact JSON in ASCII: SQS and SNS refuse some characters that JSON may hold unescaped."""
    return json.dumps(value, separators=(",", ":"))


def encode(result: dict[str, Any], limit: int = RESULT_BYTES) -> str:
    """Return a JobResult as JSON of at most `limit` bytes, with as many of its outputs as fit."""
    text = dumps(result)
    if len(text) <= limit:
        return text
    kept: list[Any] = []
    size = len(dumps({**result, "outputs": [], "outputs_complete": False})) - 1  # no comma before the first
    for output in result["outputs"]:
        size += len(dumps(output)) + 1
        if size > limit:
            break
        kept.append(output)
    return dumps({**result, "outputs": kept, "outputs_complete": False})
