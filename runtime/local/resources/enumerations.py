"""Checks what botocore does not: values outside an enumeration of the AWS service's own model."""

from typing import Any

from botocore.model import ListShape, MapShape, Shape, StringShape, StructureShape


def wrong_values(value: Any, shape: Shape, path: str = "") -> list[str]:
    """Return a sentence for every value that its enumeration does not have."""
    if isinstance(shape, StructureShape):
        return [
            fault
            for key, inner in value.items()
            if key in shape.members
            for fault in wrong_values(inner, shape.members[key], f"{path}.{key}")
        ]
    if isinstance(shape, ListShape):
        return [fault for item in value for fault in wrong_values(item, shape.member, f"{path}[]")]
    if isinstance(shape, MapShape):
        return [fault for item in value.values() for fault in wrong_values(item, shape.value, f"{path}.*")]
    if isinstance(shape, StringShape) and shape.enum and value not in shape.enum:
        return [f"{path.lstrip('.')}: {value!r} is not one of {', '.join(shape.enum)}"]
    return []
