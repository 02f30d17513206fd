"""Whether returned images and labels are what was declared, and as they are stored."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from algorithms.image import Image
from algorithms.ports.labels import Labels
from algorithms.ports.outputs import OutputPort
from runtime.errors import PermanentError
from runtime.worker.child.check import check_image
from runtime.worker.child.ports.faults import invalid, type_name
from runtime.worker.child.ports.geometry import difference

MOST_LABELS: Final = 1000  # that are listed with their names


def on_grid(port: OutputPort, image: Any, grids: Mapping[str, Image]) -> Any:
    """Return an image that lies on the grid that its output declares. Raises PermanentError (`invalid_result`)."""
    grid = grids.get(port.grid)
    if not isinstance(getattr(image, "pixels", None), np.ndarray):
        raise invalid(port, f"has pixels of type {type_name(getattr(image, 'pixels', None))}, not an ndarray")
    if grid is not None and (wrong := difference(image, grid)) is not None:
        makes = "; Labels.of(image, values) takes the image's" if isinstance(image, Labels) else ""
        raise invalid(port, f"does not lie on the grid of `{port.grid}`: it {wrong}{makes}")
    return image


def checked_image(port: OutputPort, image: Image, source: Image) -> Image:
    """Return an image as it is stored. Raises PermanentError (`invalid_result`)."""
    if port.unit and image.unit not in ("", port.unit):
        raise invalid(port, f"is declared in {port.unit}, and its values are in {image.unit}")
    return replace(_storable(port, image, source), unit=image.unit or port.unit)


def checked_labels(port: OutputPort, labels: Labels, source: Image) -> Labels:
    """Return labels as they are stored, each with a name. Raises PermanentError (`invalid_result`)."""
    image = _storable(port, labels, source)
    pixels: NDArray[Any] = image.pixels
    if pixels.dtype.kind not in "iu" or pixels.ndim != 3:
        raise invalid(port, f"has values of type {pixels.dtype} and {pixels.ndim} axes; labels are whole numbers")
    if int(pixels.min()) < 0:
        raise invalid(port, f"has the label {int(pixels.min())}; labels are at least 0")
    present = [int(each) for each in np.unique(pixels) if each]
    names = {int(number): str(name) for number, name in (labels.names or port.names).items()}
    if names and (nameless := [each for each in present if each not in names]):
        raise invalid(port, f"has the label {nameless[0]}, which has no name; named are {', '.join(map(str, names))}")
    names = names or {each: f"label {each}" for each in present[:MOST_LABELS]}
    smallest = pixels.astype(np.min_scalar_type(int(pixels.max())), copy=False)
    return replace(labels, pixels=smallest, source=image.source, names=names, own_scale=True)


def _storable(port: OutputPort, image: Image, source: Image) -> Image:
    try:
        return check_image(image, source)
    except PermanentError as error:
        said = error.message.removeprefix("The algorithm returned ").rstrip(".")
        raise invalid(port, f"has {said}") from None
