"""Where an image's pixels are, and whether two images have the same places."""

import numpy as np

from algorithms.image import Image
from runtime.contracts.results.ports import Geometry, Source

TOLERANCE = 1e-3  # mm, and of a direction cosine


def geometry_of(image: Image) -> Geometry:
    """Return where the pixels are, for the manifest."""
    return Geometry(
        size=tuple(int(each) for each in image.pixels.shape[:3]),
        spacing=tuple(float(each) for each in image.spacing),
        origin=tuple(float(each) for each in image.origin),
        direction=tuple(float(each) for each in image.direction),
        dtype=image.pixels.dtype.name,
    )


def source_of(image: Image) -> Source:
    """Return what a DICOM object made from a result must repeat of its source."""
    identifiers = {name: str(value) for name, value in image.source.items() if name.endswith("UID")}
    instances = tuple(str(each) for each in image.source.get("SOPInstanceUIDs", ()))
    return Source(
        modality=str(image.modality),
        identifiers=identifiers,
        instances=instances,
        geometry=geometry_of(image),
        distinction=image.source.get("Distinction", {}),
    )


def difference(image: Image, grid: Image) -> str | None:
    """Return how the grid of `image` differs from another, in words; None if it does not."""
    if image.pixels.shape[:3] != grid.pixels.shape[:3]:
        sizes = [" x ".join(map(str, each.pixels.shape[:3])) for each in (image, grid)]
        return f"has {sizes[0]} pixels (planes, rows, columns) instead of {sizes[1]}"
    for name, unit in (("spacing", " mm"), ("origin", " mm"), ("direction", "")):
        one, other = np.array(getattr(image, name), float), np.array(getattr(grid, name), float)
        if one.shape != other.shape or not np.allclose(one, other, rtol=0, atol=TOLERANCE):
            return f"has the {name} {_numbers(one)}{unit} instead of {_numbers(other)}{unit}"
    return None


def _numbers(values: "np.ndarray[tuple[int, ...], np.dtype[np.float64]]") -> str:
    return "(" + ", ".join(f"{value:.6g}" for value in values.ravel()) + ")"
