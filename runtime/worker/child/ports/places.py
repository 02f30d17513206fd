"""Whether returned points, boxes and transforms are what was declared, and as they are stored."""

from collections.abc import Sequence
from typing import Any, Final

import numpy as np

from algorithms.ports.outputs import OutputPort
from algorithms.ports.places import Boxes, Points
from algorithms.ports.transform import Transform
from runtime.worker.child.ports.faults import invalid

MOST_PLACES: Final = 100_000


def checked_points(port: OutputPort, points: Points) -> list[dict[str, Any]]:
    """Return points as they are stored. Raises PermanentError (`invalid_result`)."""
    positions = _numbers(port, points.positions, (3,))
    names = _names(port, points, positions)
    return [{"position": row, "name": name} for row, name in zip(positions, names, strict=True)]


def checked_boxes(port: OutputPort, boxes: Boxes) -> list[dict[str, Any]]:
    """Return boxes as they are stored. Raises PermanentError (`invalid_result`)."""
    corners = _numbers(port, boxes.corners, (2, 3))
    names = _names(port, boxes, corners)
    return [{"corners": pair, "name": name} for pair, name in zip(corners, names, strict=True)]


def checked_transform(port: OutputPort, transform: Transform) -> Transform:
    """Return a transform of finite numbers. Raises PermanentError (`invalid_result`)."""
    for name, count in (("matrix", 9), ("translation", 3), ("centre", 3)):
        try:
            values = np.asarray(getattr(transform, name), float).ravel()
        except (TypeError, ValueError):
            values = np.empty(0)
        if len(values) != count or not np.isfinite(values).all():
            raise invalid(port, f"has the {name} {getattr(transform, name)!r:.60}; {count} finite numbers are asked")
    return transform


def _numbers(port: OutputPort, values: Any, shape: tuple[int, ...]) -> list[Any]:
    try:
        array = np.asarray(values, float)
    except (TypeError, ValueError):
        raise invalid(port, "has positions that are no numbers") from None
    array = array.reshape(0, *shape) if array.size == 0 else array
    if array.shape[1:] != shape or len(array) > MOST_PLACES or not np.isfinite(array).all():
        wanted = ", ".join(["N", *map(str, shape)])
        raise invalid(port, f"has positions of shape {array.shape}; finite ones of shape ({wanted}) are asked")
    return array.tolist()


def _names(port: OutputPort, places: Points | Boxes, positions: Sequence[Any]) -> list[str]:
    names = [str(each) for each in places.names]
    if names and len(names) != len(positions):
        raise invalid(port, f"has {len(names)} names for {len(positions)} places; give one for each, or none")
    return names or [""] * len(positions)
