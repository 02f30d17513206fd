"""To SimpleITK and back."""

from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from algorithms.values import converted as converted_values

try:
    import SimpleITK as sitk
except ModuleNotFoundError as error:
    raise ModuleNotFoundError(
        "SimpleITK is not installed: a plugin that converts to or from it must have it among its own dependencies",
        name=error.name,
    ) from error


class PixelGrid(Protocol):
    """What SimpleITK takes of an image. `Image` imports this module, which therefore never imports `Image`."""

    @property
    def pixels(self) -> NDArray[Any]: ...
    @property
    def is_colour(self) -> bool: ...
    @property
    def spacing(self) -> tuple[float, float, float]: ...
    @property
    def origin(self) -> tuple[float, float, float]: ...
    @property
    def direction(self) -> tuple[float, ...]: ...


def to_simpleitk(image: PixelGrid) -> sitk.Image:
    """Return the image as SimpleITK keeps it: the axes in the opposite order, colour as vectors."""
    pixels = image.pixels
    # ITK has neither half precision nor foreign byte order
    dtype = "float32" if pixels.dtype.name == "float16" else pixels.dtype.newbyteorder("=")
    converted: Any = sitk.GetImageFromArray(pixels.astype(dtype, copy=False), isVector=image.is_colour)
    converted.SetSpacing(image.spacing[::-1])
    converted.SetOrigin(image.origin)
    converted.SetDirection(image.direction)
    return converted


def values_of(image: sitk.Image) -> NDArray[Any]:
    """Return the values, axes plane, row, column (and colour)."""
    return sitk.GetArrayFromImage(image)


def resampled(moving: PixelGrid, fixed: PixelGrid, through: Any, *, nearest: bool, fill: float | None) -> NDArray[Any]:
    """Return the values of `moving` at the pixels of `fixed`, in their type; `fill`, by default the lowest, outside."""
    kit: Any = sitk
    dtype = moving.pixels.dtype
    converted = to_simpleitk(moving)
    rounds = dtype.kind in "iu" and not nearest
    if rounds:  # ITK cuts fractions off instead of rounding
        real = "Float32" if dtype.itemsize <= 2 else "Float64"
        converted = kit.Cast(converted, getattr(kit, f"sitkVector{real}" if moving.is_colour else f"sitk{real}"))
    values = values_of(
        kit.Resample(
            converted,
            fixed.pixels.shape[2::-1],
            kit.Transform(3, kit.sitkIdentity) if through is None else through.to_simpleitk(),
            kit.sitkNearestNeighbor if nearest else kit.sitkLinear,
            fixed.origin,
            fixed.spacing[::-1],
            fixed.direction,
            float(np.nanmin(moving.pixels)) if fill is None else fill,
            converted.GetPixelID(),
        )
    )
    if rounds:
        return converted_values(np.rint(values), np.broadcast_to(np.zeros((), dtype), values.shape))
    return values.astype(dtype, copy=False)


def affine(
    matrix: tuple[float, ...], translation: tuple[float, float, float], centre: tuple[float, float, float]
) -> sitk.AffineTransform:
    """Return an affine transform in three dimensions."""
    return sitk.AffineTransform(matrix, translation, centre)


def linear_parts(transform: Any) -> tuple[tuple[float, ...], tuple[float, float, float]]:
    """Return matrix and offset of a linear transform: `matrix @ p + offset`. Raises ValueError for any other."""
    kit: Any = sitk
    if not isinstance(transform, kit.Transform):
        said = f"a {type(transform).__name__} is no transform of SimpleITK"
        raise ValueError(f"{said}; of numbers Transform(matrix, translation) makes one")
    if transform.GetDimension() != 3 or not transform.IsLinear():
        raise ValueError(f"{transform.GetName()} is no linear transform in three dimensions")
    units = np.eye(3)
    offset = np.array(transform.TransformPoint((0.0, 0.0, 0.0)))
    columns = [np.array(transform.TransformPoint(tuple(unit))) - offset for unit in units]
    x, y, z = (float(each) for each in offset)
    return tuple(float(each) for each in np.column_stack(columns).ravel()), (x, y, z)
