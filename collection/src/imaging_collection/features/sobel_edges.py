"""How steeply values change within each plane."""
# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# (OpenCV's types are incomplete)

from functools import partial
from typing import TYPE_CHECKING, Any, Final

from imaging import Algorithm, Image, Resources, Result, hookimpl
from imaging_collection.inputs import as_float, check_grey, squarable
from imaging_collection.italian.features import SOBEL_EDGES
from imaging_collection.planes import by_plane

if TYPE_CHECKING:
    from numpy.typing import NDArray

RESOURCES: Final = Resources(vcpu=1, memory_mib=4096, timeout=300, acceptable_latency=10, typical_seconds=0.1)


def sobel_edges(image: Image) -> Result:
    """Map how steeply values change within each plane, in units per mm.

    Parameters
    ----------
    image : Image
        Pixels of shape (P, M, N), axes plane, row, column; integer or floating point, one channel.

    Returns
    -------
    Result
        A map of type float32: the length of the gradient, in the image's unit per mm ("HU/mm"), 0 where values are
        constant. Planes that failed are zero, and `missing` names them.

    Raises
    ------
    UnsupportedInput
        If the image is in colour, if pixels are neither integer nor floating point, or if every plane has values that
        are not finite.

    Notes
    -----
    Sobel's operator [1]_ of 3 x 3 pixels, divided by its weight of 8 and by the spacing on each axis, is the slope of
    a plane laid through the values: on a ramp it is exact. Beyond the border the outermost values repeat, so that
    the slope across it is halved there. OpenCV computes it.

    References
    ----------
    .. [1] Kanopoulos N, Vasanthavada N, Baker RL. Design of an image edge detection filter using the Sobel operator.
       IEEE Journal of Solid-State Circuits 23(2):358-367 (1988). :DOI:`10.1109/4.996`

    Examples
    --------
    >>> import numpy as np
    >>> from imaging import Image
    >>> ramp = np.tile(np.array([0, 10, 20, 30], dtype=np.int16), (1, 3, 1))

    A rise of 10 HU from column to column, half a millimetre apart:

    >>> edges = sobel_edges(Image(ramp, spacing=(1.0, 0.5, 0.5), unit="HU")).image
    >>> edges.pixels[0, 1], edges.unit
    (array([10., 20., 20., 10.], dtype=float32), 'HU/mm')
    """
    import numpy as np

    check_grey(image, "sobel_edges")
    compute = partial(_slope, spacing=image.spacing[1:])
    values, missing = by_plane(image, compute, vcpu=RESOURCES.vcpu, dtype=np.float32)
    return Result(image=image.with_map(values, unit=f"{image.unit or '1'}/mm"), missing=missing)


def _slope(plane: "NDArray[Any]", spacing: tuple[float, ...]) -> "NDArray[Any]":
    import cv2
    import numpy as np

    values = as_float(plane)
    values = squarable(values, float(np.ptp(values)))
    down, right = (
        cv2.Sobel(values, -1, x, y, ksize=3, scale=1 / (8 * distance), borderType=cv2.BORDER_REPLICATE)
        for x, y, distance in ((0, 1, spacing[0]), (1, 0, spacing[1]))
    )
    down *= down
    right *= right
    down += right
    return np.sqrt(down, out=down)  # not cv2.magnitude: its last bit depends on where in memory values lie


@hookimpl
def register_algorithms() -> Algorithm:
    """Register `sobel_edges`."""
    return Algorithm(
        name="sobel_edges",
        summary="Maps how steeply values change within each plane, in units per mm.",
        run=sobel_edges,
        scopes=("image", "series"),
        resources=RESOURCES,
        reference="Kanopoulos et al., IEEE J Solid-State Circuits 23(2):358-367 (1988), doi:10.1109/4.996",
        translations={"it": SOBEL_EDGES},
    )
