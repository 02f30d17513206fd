"""Whether returned points, boxes and transforms are what was declared, and as they are stored."""

from collections.abc import Sequence
from typing import Any, Final, cast

import numpy as np

from algorithms.ports.outputs import OutputPort
from algorithms.ports.places import Boxes, Points
from algorithms.ports.transform import Transform
from runtime.worker.child.files.place import finite, real
from runtime.worker.child.files.plain import is_text
from runtime.worker.child.ports.fault import invalid

MOST_PLACES: Final = 100_000


def checked_points(port: OutputPort, points: Points) -> list[dict[str, Any]]:
    """Return points as they are stored. Raises PermanentError (`invalid_result`)."""
    positions = _numbers(port, points.positions, "positions", (3,))
    names = _names(port, points.names, len(positions))
    return [{"position": row, "name": name} for row, name in zip(positions, names, strict=True)]


def checked_boxes(port: OutputPort, boxes: Boxes) -> list[dict[str, Any]]:
    """Return boxes as they are stored. Raises PermanentError (`invalid_result`)."""
    corners = _numbers(port, boxes.corners, "corners", (2, 3))
    names = _names(port, boxes.names, len(corners))
    return [{"corners": pair, "name": name} for pair, name in zip(corners, names, strict=True)]


def checked_transform(port: OutputPort, transform: Transform) -> Transform:
    """Return a transform of plain numbers. Raises PermanentError (`invalid_result`)."""
    fields: dict[str, Any] = {}
    for name, count in (("matrix", 9), ("translation", 3), ("centre", 3)):
        values = getattr(transform, name)
        numbers = finite(values, count)
        if numbers is None:
            said = " ".join(repr(values).split())
            raise invalid(port, f"has the {name} {said:.60}; {count} finite numbers are asked")
        fields[name] = tuple(numbers.tolist())
    if np.linalg.matrix_rank(np.reshape(fields["matrix"], (3, 3))) < 3:
        raise invalid(port, "has a singular matrix: it maps space onto less than space, and nothing leads back")
    return Transform(**fields)


def _numbers(port: OutputPort, values: Any, what: str, shape: tuple[int, ...]) -> list[Any]:
    wanted = f"numbers of shape ({', '.join(['N', *map(str, shape)])}), in mm, are asked"
    array = real(values)
    if array is None:
        raise invalid(port, f"has {what} that are no real numbers, or masked; {wanted}")
    array = array.reshape(0, *shape) if array.shape and not array.size else array
    if array.shape[1:] != shape:
        raise invalid(port, f"has {what} of shape {array.shape}; {wanted}")
    if len(array) > MOST_PLACES:
        raise invalid(port, f"has {len(array)} places; at most {MOST_PLACES} are taken")
    if not np.isfinite(array).all():
        first = next(index for index, row in enumerate(array) if not np.isfinite(row).all())
        raise invalid(port, f"has {what} that are not finite: {array[first].tolist()} at index {first}")
    return array.tolist()


def _names(port: OutputPort, names: Any, places: int) -> list[str]:
    listed = list(cast("Sequence[Any]", names)) if isinstance(names, tuple | list | np.ndarray) else None
    if listed is None or not all(isinstance(each, str) and is_text(each) for each in listed):
        raise invalid(port, f"has the names {names!r:.60}; a tuple of texts is asked, or none at all")
    if listed and len(listed) != places:
        raise invalid(port, f"has {len(listed)} names for {places} places; give one for each, or none")
    return [str(each) for each in listed] or [""] * places
