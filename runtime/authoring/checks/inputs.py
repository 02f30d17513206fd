"""The further inputs that an algorithm is checked with, which fit the image that it is given."""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from algorithms.image import Image
from algorithms.ports.inputs import InputPort
from algorithms.ports.labels import Labels
from algorithms.ports.places import Boxes, Points
from algorithms.ports.transform import Transform

MANY = 2  # values of an input that takes a list


def required(ports: Sequence[InputPort], image: Image) -> dict[str, Sequence[Any]]:
    """Return a value for each input that must be there."""
    return {port.name: _values(port, image) for port in ports if port.required}


def optional(ports: Sequence[InputPort], image: Image) -> Iterator[tuple[str, dict[str, Sequence[Any]]]]:
    """Yield each input that may be left out, with a value for it and for those that must be there."""
    for port in ports:
        if not port.required:
            yield port.name, required(ports, image) | {port.name: _values(port, image)}


def _values(port: InputPort, image: Image) -> Sequence[Any]:
    return [_value(port.type, image)] * (MANY if port.many else 1)


def _value(kind: str, image: Image) -> Any:
    last = np.array(image.pixels.shape[:3]) - 1
    match kind:
        case "image":
            return image
        case "labels":
            grey = image.pixels.mean(axis=-1) if image.is_colour else image.pixels
            return Labels.of(image, np.nan_to_num(grey) > np.nanmean(grey), {1: "bright"})
        case "points":
            return Points.of_indices(image, last // 2)
        case "boxes":
            return Boxes(np.stack([Points.of_indices(image, each).positions for each in (0 * last, last)], axis=1))
        case _:
            return Transform()
