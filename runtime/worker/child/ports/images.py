"""Whether returned images and labels are what was declared, and as they are stored."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final, cast

import numpy as np
from numpy.typing import NDArray

from algorithms.image import Image
from algorithms.ports.labels import Labels
from algorithms.ports.outputs import OutputPort
from runtime.errors import PermanentError
from runtime.worker.child.check import check_image
from runtime.worker.child.files.plain import is_text, plain
from runtime.worker.child.ports.fault import invalid, unit_of
from runtime.worker.child.ports.geometry import difference

MOST_LABELS: Final = 1000  # that are listed with their names


def checked_image(port: OutputPort, image: Image, grids: Mapping[str, Image]) -> Image:
    """Return an image as it is stored. Raises PermanentError (`invalid_result`)."""
    unit = unit_of(port, image.unit)
    if port.unit and unit not in ("", port.unit):
        raise invalid(port, f"is declared in {port.unit}, and its values are in {unit}")
    return replace(_storable(port, image, grids), unit=unit or port.unit)


def checked_labels(port: OutputPort, labels: Labels, grids: Mapping[str, Image]) -> Labels:
    """Return labels as they are stored, with the name of each. Raises PermanentError (`invalid_result`)."""
    image = _storable(port, labels, grids)
    pixels: NDArray[Any] = image.pixels
    if image.is_colour:
        raise invalid(port, "has values in colour; labels are whole numbers")
    if pixels.dtype.kind not in "iu":
        raise invalid(port, f"has values of type {pixels.dtype}; Labels.of(image, values) makes whole numbers of them")
    if int(pixels.min()) < 0:
        raise invalid(port, f"has the label {int(pixels.min())}; labels are at least 0")
    present = [int(each) for each in np.unique(pixels) if each]
    names = _names(port, labels.names) or dict(port.names)
    if names and (nameless := [each for each in present if each not in names]):
        raise invalid(port, f"has the label {nameless[0]}, which has no name; named are {', '.join(map(str, names))}")
    names = names or {each: f"label {each}" for each in present[:MOST_LABELS]}
    smallest = pixels.astype(np.min_scalar_type(int(pixels.max())), copy=False)
    return replace(labels, pixels=smallest, source=image.source, names=names, own_scale=True)


def _names(port: OutputPort, names: Any) -> dict[int, str]:
    if not isinstance(names, Mapping):
        raise invalid(port, f"has the names {names!r:.60}; a mapping from each label to its name is asked")
    found: dict[int, str] = {}
    for label, name in cast("Mapping[Any, Any]", names).items():
        number = plain(label)
        if type(number) is not int or number < 1:
            raise invalid(port, f"names the label {number!r:.40}; labels are whole numbers from 1, and 0 is no label")
        if not isinstance(name, str) or not name.strip() or not is_text(name):
            raise invalid(port, f"names label {number} {name!r:.40}, which is no text")
        found[number] = name
    return found


def _storable(port: OutputPort, image: Image, grids: Mapping[str, Image]) -> Image:
    try:
        storable = check_image(image, grids["image"])
    except PermanentError as error:
        said = error.message.removeprefix("The algorithm returned ").rstrip(".")
        raise invalid(port, f"has {said}") from None
    grid = grids.get(port.grid)
    if grid is not None and (wrong := difference(storable, grid)) is not None:
        makes = "; Labels.of(image, values) takes the image's" if isinstance(image, Labels) else ""
        raise invalid(port, f"does not lie on the grid of `{port.grid}`: it {wrong}{makes}")
    return storable
