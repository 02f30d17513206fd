"""To SimpleITK and back."""

from typing import Any, Protocol

from numpy.typing import NDArray

try:
    import SimpleITK as sitk  # noqa: N813 - as all its documentation names it
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
