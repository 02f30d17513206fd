"""Properties as boto3 needs them."""

from typing import Any, cast

from pulumi.runtime import rpc

from runtime.local.resources.base import Properties


def whole(value: Any) -> Any:
    """Return properties as boto3 needs them: integral floats as int, which Pulumi's format lacks, and secrets plain."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, dict):
        items = cast(Properties, value)
        if rpc.is_rpc_secret(items):
            return whole(items["value"])
        return {key: whole(inner) for key, inner in items.items()}
    if isinstance(value, list):
        entries = cast(list[Any], value)
        return [whole(inner) for inner in entries]
    return value
