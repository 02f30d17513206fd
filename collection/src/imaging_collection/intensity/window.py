"""Values as grey levels, through a window."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal

from imaging import Algorithm, Image, Parameter, Resources, Result, hookimpl
from imaging_collection.inputs import as_float, check_grey, value_range
from imaging_collection.italian.intensity import WINDOW
from imaging_collection.planes import by_plane

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

RESOURCES: Final = Resources(vcpu=1, memory_mib=4096, timeout=300, acceptable_latency=10, typical_seconds=0.1)


def window(
    image: Image,
    centre: Annotated[
        float | None, Parameter("middle of the window; without it, that of the file", unit="image's unit")
    ] = None,
    width: Annotated[
        float | None, Parameter("width of the window; without it, that of the file", ge=1, unit="image's unit")
    ] = None,
    function: Annotated[Literal["linear", "linear_exact", "sigmoid"], Parameter("DICOM's VOI LUT function")] = "linear",
) -> Result:
    """Turn values into grey levels from 0 to 255 as a DICOM viewer shows them.

    Parameters
    ----------
    image : Image
        Pixels of shape (P, M, N), axes plane, row, column; integer or floating point, one channel.
    centre : float or None
        Middle of the window, in the image's unit (HU for CT). None takes the file's; without one there, the middle of
        the values from the 1st to the 99th percentile.
    width : float or None
        Width of the window, in the image's unit (HU for CT), at least 1. None as for `centre`.
    function : {'linear', 'linear_exact', 'sigmoid'}
        How values become grey levels. 'linear' is DICOM's default for integer values, 'linear_exact' that for others.

    Returns
    -------
    Result
        A map of grey levels from 0 to 255 of type uint8, without unit. Planes that failed are zero, and `missing`
        names them.

    Raises
    ------
    UnsupportedInput
        If the image is in colour, if pixels are neither integer nor floating point, or if every plane has values that
        are not finite.

    Notes
    -----
    The functions are those of DICOM [1]_. If small values are white in the source (MONOCHROME1), they are in the
    result, whose pixels are therefore inverted. CT's usual windows: brain 40 and 80 HU, soft tissue 40 and 400 HU,
    lung -600 and 1500 HU, bone 500 and 2000 HU.

    References
    ----------
    .. [1] NEMA. Digital Imaging and Communications in Medicine, PS3.3, C.11.2.1.2 Window Center and Window Width, and
       C.11.2.1.3 VOI LUT Function. https://dicom.nema.org/medical/dicom/current/output/html/part03.html

    Examples
    --------
    >>> import numpy as np
    >>> from imaging import Image
    >>> pixels = np.array([[[-1000, -160, 40, 240, 3000]]], dtype=np.int16)
    >>> window(Image(pixels, unit="HU"), centre=40, width=400).image.pixels
    array([[[  0,   0, 128, 255, 255]]], dtype=uint8)
    """
    import numpy as np

    check_grey(image, "window")
    taken = _window(image, centre, width)
    inverted = image.source.get("PhotometricInterpretation") == "MONOCHROME1"
    compute = partial(_grey, centre=taken[0], width=taken[1], function=function, inverted=inverted)
    if image.pixels.dtype.kind in "iu" and image.pixels.dtype.itemsize <= 2:
        compute = partial(_looked_up, table=_table(image.pixels.dtype.newbyteorder("="), compute))
    values, missing = by_plane(image, compute, vcpu=RESOURCES.vcpu, dtype=np.uint8)
    # a window of its own, so that the picture shows grey levels as they are
    return Result(image=image.with_map(values), missing=missing, window=(128, 256))


def _window(image: Image, centre: float | None, width: float | None) -> tuple[float, float]:
    import numpy as np

    if centre is not None and width is not None:
        return centre, width
    finite = image.pixels[np.isfinite(image.pixels)] if image.pixels.dtype.kind == "f" else image.pixels
    stated = image.source.get("WindowCenter"), image.source.get("WindowWidth")
    if None not in stated:
        ours = float(stated[0] or 0), float(stated[1] or 1)
    elif finite.size:
        low, high = (float(each) for each in np.percentile(finite, (1, 99)))
        ours = (low + high) / 2, value_range(finite)
    else:
        ours = 0.0, 1.0
    return ours[0] if centre is None else centre, max(1.0, ours[1]) if width is None else width


def _table(dtype: "np.dtype[Any]", grey: "Callable[[NDArray[Any]], NDArray[Any]]") -> "NDArray[Any]":
    """Return the grey levels of all values of a small integer type, by the values as unsigned numbers."""
    import numpy as np

    unsigned = np.dtype(f"uint{8 * dtype.itemsize}")
    return grey(np.arange(np.iinfo(unsigned).max + 1, dtype=unsigned).view(dtype))


def _looked_up(plane: "NDArray[Any]", table: "NDArray[Any]") -> "NDArray[Any]":
    import numpy as np

    native = np.ascontiguousarray(plane, dtype=plane.dtype.newbyteorder("="))
    return np.take(table, native.view(f"uint{8 * native.dtype.itemsize}"), mode="clip")  # quicker than table[...]


def _grey(plane: "NDArray[Any]", centre: float, width: float, function: str, inverted: bool) -> "NDArray[Any]":
    import numpy as np

    values = as_float(plane)
    if function == "linear" and width > 1:
        fraction = (values - (centre - 0.5)) / (width - 1) + 0.5
    elif function == "linear":  # a step
        fraction = (values > centre - 0.5).astype(values.dtype)
    elif function == "linear_exact":
        fraction = (values - centre) / width + 0.5
    else:
        # beyond 40 exp() only overflows: the level has long been the last one
        fraction = 1 / (1 + np.exp(np.clip(-4 * (values - centre) / width, -40, 40)))
    grey = np.rint(255 * np.clip(fraction, 0, 1)).astype(np.uint8)
    return 255 - grey if inverted else grey


@hookimpl
def register_algorithms() -> Algorithm:
    """Register `window`."""
    return Algorithm(
        name="window",
        summary="Turns values into grey levels from 0 to 255 through a window, as a DICOM viewer shows them.",
        run=window,
        scopes=("image", "series"),
        resources=RESOURCES,
        reference="DICOM PS3.3, C.11.2.1.2 Window Center and Window Width",
        translations={"it": WINDOW},
    )
