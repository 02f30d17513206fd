"""The further inputs that an algorithm is checked with, made of the image that it gets."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any, Final

import numpy as np

from algorithms.image import Image
from algorithms.ports.inputs import InputPort, inputs_of
from algorithms.ports.labels import Labels
from algorithms.ports.places import Boxes, Points
from algorithms.ports.transform import Transform


def further_inputs(run: Callable[..., Any], image: Image, *, optional: bool = False) -> dict[str, Any]:
    """Return a value for each required further input of a function, or for the optional ones as well.

    An image is the one that is given, shifted by a column; labels are its brighter pixels; points, boxes and
    transforms are at its place.
    """
    chosen = [port for port in inputs_of(run) if optional or port.required]
    return {port.name: value_of(port, image) for port in chosen}


def unusual_inputs(run: Callable[..., Any], image: Image) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield further inputs, each set unusual in one way, with words for it; nothing if the function has none."""
    ports = inputs_of(run)
    required, whole = further_inputs(run, image), further_inputs(run, image, optional=True)
    for port in ports:
        if not port.required:
            yield f"input {port.name} beside what is required", {**required, port.name: whole[port.name]}
    if len(whole) > len(required):
        yield "all inputs", whole
    for port in ports:
        for words, changed in _CHANGES.items() if port.type in ("image", "labels") else ():
            if port.type == "image" or words not in OF_VALUES:
                value = changed(_MADE[port.type](image))
                yield f"input {port.name} {words}", {**required, port.name: [value] if port.many else value}


def value_of(port: InputPort, image: Image) -> Any:
    """Return a value for one further input."""
    value = _MADE[port.type](image)
    return [value] if port.many else value


def _shifted(image: Image) -> Image:
    return replace(image, pixels=np.roll(image.pixels, 1, axis=2), source=dict(image.source))


def _brighter(image: Image) -> Labels:
    values = image.pixels.astype(np.float64)
    grey = values.mean(axis=-1) if image.is_colour else values
    finite = np.isfinite(grey)
    level = grey[finite].mean() if finite.any() else 0.0
    return Labels.of(image, np.where(finite, grey, level) > level, {1: "brighter"})


def _middle(image: Image) -> Points:
    return Points.of_indices(image, [[(length - 1) / 2 for length in image.pixels.shape[:3]]])


def _whole(image: Image) -> Boxes:
    ends = [[0, 0, 0], [length - 1 for length in image.pixels.shape[:3]]]
    return Boxes(np.asarray(Points.of_indices(image, ends).positions)[np.newaxis])


def _none(image: Image) -> Transform:
    return Transform()


def _coarse(image: Any) -> Any:
    steps = image.spacing[0], 2 * image.spacing[1], 2 * image.spacing[2]
    return replace(image, pixels=np.ascontiguousarray(image.pixels[:, ::2, ::2]), spacing=steps)


def _undefined(image: Any) -> Any:
    values = image.pixels.astype(np.float32)
    values[:, :2] = np.nan
    return replace(image, pixels=values)


_CHANGES: Final[Mapping[str, Callable[[Any], Any]]] = {
    "on a coarser grid": _coarse,
    "elsewhere in the patient": lambda image: replace(image, origin=(1e4, -1e4, 1e4)),
    "of one pixel": lambda image: replace(image, pixels=image.pixels[:1, :1, :1].copy()),
    "of one value": lambda image: replace(image, pixels=np.zeros_like(image.pixels)),
    "with values that are not a number (NaN)": _undefined,
    "in colour": lambda image: replace(image, pixels=np.stack([image.pixels.astype(np.uint8)] * 3, axis=-1)),
}
OF_VALUES: Final = ("with values that are not a number (NaN)", "in colour")  # which labels never have
_MADE: Final[Mapping[str, Callable[[Image], Any]]] = {
    "image": _shifted,
    "labels": _brighter,
    "points": _middle,
    "boxes": _whole,
    "transform": _none,
}
