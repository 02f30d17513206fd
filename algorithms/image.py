"""What an algorithm takes and returns: pixels with their physical meaning, and nothing of the cloud."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:  # numpy is imported by those who hold pixels, not by those who declare
    import SimpleITK
    from numpy.typing import ArrayLike, NDArray

# What `Image.source` says of the source's values, which is not true of others.
OF_VALUES = {
    "PhotometricInterpretation",
    "WindowCenter",
    "WindowWidth",
    "VOILUTFunction",
    "PixelPaddingValue",
    "PixelPaddingRangeLimit",
    "Looks",
}


class LinearTransform(Protocol):
    """What resampling takes of a `Transform`."""

    def to_simpleitk(self) -> Any: ...


@dataclass(frozen=True, slots=True)
class Image:
    """An image, or a stack of parallel planes.

    Parameters
    ----------
    pixels : ndarray of shape (P, M, N), or (P, M, N, 3) in colour; axes plane, row, column; integer or floating
        point. Values are in `unit`, the modality's rescale already applied.
    spacing : distance between neighbouring planes, rows and columns, in mm. (1, 1, 1) if the file says nothing.
    modality : DICOM modality, such as "CT" or "MR".
    unit : "HU" for CT, otherwise "" (arbitrary units).
    origin : position (x, y, z) of the first pixel's centre, in mm, in the patient coordinate system (LPS).
    direction : nine direction cosines as SimpleITK keeps them (columns are the x, y and z axes of the pixel grid).
    source : DICOM identifiers that a derived object must repeat (keywords such as "StudyInstanceUID").
    own_scale : whether the values are on a scale of their own instead of the source's: a probability, a vesselness,
        labels. Such a result is never shown through the source's window; `with_map` sets it.
    """

    pixels: NDArray[Any]
    spacing: tuple[float, float, float] = (1.0, 1.0, 1.0)
    modality: str = "OT"
    unit: str = ""
    origin: tuple[float, float, float] = (0.0, 0.0, 0.0)
    direction: tuple[float, ...] = (1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0)
    source: Mapping[str, Any] = field(default_factory=dict[str, Any])
    own_scale: bool = False

    @property
    def is_colour(self) -> bool:
        """Whether the last axis holds red, green and blue."""
        return self.pixels.ndim == 4

    def with_values(self, values: ArrayLike) -> Image:
        """Return this image with other values, in the type that its pixels have.

        In an integer type values are rounded to the nearest (halves to even) and those outside its range become the
        nearest end. Values on another scale, such as a probability, belong into `with_map`.

        Raises ValueError if the shape differs, if values are complex or no numbers, if a value for an integer type is
        not a number, or if rounding would leave two integers of a range of floating values.
        """
        from algorithms.values import converted

        return replace(self, pixels=converted(values, self.pixels))

    def with_map(self, values: ArrayLike, *, unit: str = "") -> Image:
        """Return values on a scale of their own at this image's place: a probability, a vesselness, labels, a mask.

        Values keep their type and have `unit`. What the source says of its own values (window, padding, inversion)
        is left out. Raises ValueError if planes, rows or columns differ, and if values are complex or no numbers.
        """
        from algorithms.values import mapped

        source = {name: value for name, value in self.source.items() if name not in OF_VALUES}
        pixels = mapped(values, self.pixels)
        return replace(self, pixels=pixels, unit=unit, source=source, own_scale=True)

    def to_simpleitk(self) -> SimpleITK.Image:
        """Return a SimpleITK image (columns, rows, planes) with this spacing, origin and direction."""
        from algorithms.simpleitk import to_simpleitk

        return to_simpleitk(self)

    def with_simpleitk(self, image: SimpleITK.Image) -> Image:
        """Return this image with the values of a SimpleITK image on the same grid, in the type that its pixels have."""
        from algorithms.simpleitk import values_of

        return self.with_values(values_of(image))

    def on_grid_of(self, fixed: Image, *, through: LinearTransform | None = None, fill: float | None = None) -> Image:
        """Return the values at the pixels of `fixed`, interpolated linearly between the planes, rows and columns.

        `through` is a `Transform` that leads from points of `fixed` to those of this image. Outside of this image
        values are `fill`, by default its lowest. SimpleITK must be installed.
        """
        from algorithms.simpleitk import resampled

        pixels = resampled(self, fixed, through, nearest=False, fill=fill)
        return replace(self, pixels=pixels, spacing=fixed.spacing, origin=fixed.origin, direction=fixed.direction)


@dataclass(frozen=True, slots=True)
class Result:
    """What an algorithm returns if it has more to return than an image.

    Parameters
    ----------
    image : the resulting image, or None for an algorithm that only measures.
    measurements : names and values, with the unit in the name (such as "volume_ml").
    missing : what could not be computed, one sentence each; not empty means the job ends `partial`.
    window : (centre, width) in the image's unit for the previews; by default the source's window if the result is in
        the source's unit, otherwise the range of the values.
    """

    image: Image | None = None
    measurements: Mapping[str, float | int | str | bool] = field(default_factory=dict[str, "float | int | str | bool"])
    missing: tuple[str, ...] = ()
    window: tuple[float, float] | None = None
