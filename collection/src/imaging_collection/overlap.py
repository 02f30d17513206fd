"""A second image on the pixels of the first: its values there, and where it has any."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final, Protocol

from imaging import Image, Labels, UnsupportedInput
from imaging_collection.inputs import as_float, check_finite, check_grey

if TYPE_CHECKING:
    from numpy.typing import NDArray

TOLERANCE: Final = 1e-3  # mm, and of a direction cosine


class Through(Protocol):
    """A transform that leads from points of the first image to those of the second."""

    def to_simpleitk(self) -> Any: ...


def check_pair(image: Image, other: Image, algorithm: str, name: str) -> None:
    """Raise UnsupportedInput if one of two images is in colour, has truth values or values that are not finite."""
    check_grey(image, algorithm)
    check_grey(other, algorithm, name)
    check_finite(image, algorithm)
    check_finite(other, algorithm, name)


def check_units(image: Image, other: Image, algorithm: str, name: str) -> None:
    """Raise UnsupportedInput if values of two images cannot be compared: those of one are in HU, say."""
    if image.unit != other.unit:
        one, two = (each.unit or "arbitrary units" for each in (image, other))
        raise UnsupportedInput(
            f"{algorithm} takes values of one unit; those of this image are in {one}, those of {name} in {two}."
        )


def same_grid(image: Image, other: Image) -> bool:
    """Whether the pixels of two images are at the same places."""
    import numpy as np

    if image.pixels.shape[:3] != other.pixels.shape[:3]:
        return False
    places = [(image.spacing, other.spacing), (image.origin, other.origin), (image.direction, other.direction)]
    return all(np.allclose(one, two, rtol=0, atol=TOLERANCE) for one, two in places)


def laid_on(
    image: Image, other: Image, through: Through | None, algorithm: str, name: str
) -> "tuple[NDArray[Any], NDArray[Any]]":
    """Return the values of `other` at the pixels of `image`, and truth values: where it has any.

    Values are floating point, interpolated linearly unless both have one grid. Raises UnsupportedInput if there is no
    place that both show.
    """
    import numpy as np

    values = as_float(other.pixels)
    if through is None and same_grid(image, other):
        return values, np.ones(values.shape, bool)
    inside = Labels(
        np.ones(other.pixels.shape, np.uint8), other.spacing, origin=other.origin, direction=other.direction
    )
    covered = inside.on_grid_of(image, through=through).pixels > 0
    if not covered.any():
        raise UnsupportedInput(f"{algorithm} finds no place that this image and {name} both show.")
    return replace(other, pixels=values).on_grid_of(image, through=through).pixels, covered


def moved_onto(image: Image, other: Image, values: "NDArray[Any]") -> Image:
    """Return values of `other` as an image at the place of `image`, in the type and the unit that they came in.

    They are shown in the window of `image` if both are in HU, otherwise in one of their own.
    """
    import numpy as np

    pixels = np.rint(values) if other.pixels.dtype.kind in "iu" else values
    there = image.with_map(pixels.astype(other.pixels.dtype), unit=other.unit)
    return replace(there, modality=other.modality, own_scale=not image.unit == other.unit == "HU")
