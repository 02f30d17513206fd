"""Sharpening within each plane by unsharp masking."""
# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# (OpenCV's types are incomplete)

from functools import partial
from typing import TYPE_CHECKING, Annotated, Any, Final

from imaging import Algorithm, Image, Parameter, Resources, Result, hookimpl
from imaging_collection.inputs import as_float, check_grey
from imaging_collection.italian.intensity import UNSHARP_MASK
from imaging_collection.planes import by_plane

if TYPE_CHECKING:
    from numpy.typing import NDArray

RESOURCES: Final = Resources(vcpu=1, memory_mib=4096, timeout=300, acceptable_latency=10, typical_seconds=0.1)


def unsharp_mask(
    image: Image,
    radius: Annotated[float, Parameter("standard deviation of the blur", gt=0, le=50, unit="mm")] = 2.0,
    amount: Annotated[float, Parameter("how much of the difference is added", ge=0, le=10)] = 1.0,
) -> Result:
    """Sharpen each plane by adding what a Gaussian blur takes away.

    Parameters
    ----------
    image : Image
        Pixels of shape (P, M, N), axes plane, row, column; integer or floating point, one channel.
    radius : float
        Standard deviation of the blur, in mm; structures of about this size are enhanced.
    amount : float
        How much of the difference between image and blur is added; 0 leaves the image as it is.

    Returns
    -------
    Result
        The sharpened image: same shape and type, in the input's unit. At edges values overshoot the input's range; in
        an integer type they stop at the ends of that type. Planes that failed are as they were, and `missing` names
        them.

    Raises
    ------
    UnsupportedInput
        If the image is in colour, if pixels are neither integer nor floating point, or if every plane has values that
        are not finite.

    Notes
    -----
    The result is ``image + amount * (image - blurred)`` [1]_. OpenCV blurs, with a kernel that is cut off at four
    standard deviations; beyond the border the outermost values repeat.

    References
    ----------
    .. [1] Polesel A, Ramponi G, Mathews VJ. Image enhancement via adaptive unsharp masking. IEEE Transactions on Image
       Processing 9(3):505-510 (2000). :DOI:`10.1109/83.826787`

    Examples
    --------
    >>> import numpy as np
    >>> from imaging import Image
    >>> step = np.repeat(np.array([[[100, 200]]], dtype=np.int16), 3, axis=2)
    >>> unsharp_mask(Image(step), radius=1.0, amount=1.0).image.pixels
    array([[[100,  94,  70, 230, 206, 200]]], dtype=int16)
    """
    check_grey(image, "unsharp_mask")
    sigmas = (radius / image.spacing[1], radius / image.spacing[2])
    values, missing = by_plane(image, partial(_sharpen, sigmas=sigmas, amount=amount), vcpu=RESOURCES.vcpu)
    return Result(image=image.with_values(values), missing=missing)


def _sharpen(plane: "NDArray[Any]", sigmas: tuple[float, float], amount: float) -> "NDArray[Any]":
    import cv2

    values = as_float(plane)
    rows, columns = (2 * int(4 * sigma + 0.5) + 1 for sigma in sigmas)
    blurred = cv2.GaussianBlur(
        values, (columns, rows), sigmaX=sigmas[1], sigmaY=sigmas[0], borderType=cv2.BORDER_REPLICATE
    )
    return values + amount * (values - blurred)


@hookimpl
def register_algorithms() -> Algorithm:
    """Register `unsharp_mask`."""
    return Algorithm(
        name="unsharp_mask",
        summary="Sharpens each plane by adding what a Gaussian blur takes away.",
        run=unsharp_mask,
        scopes=("image", "series"),
        resources=RESOURCES,
        reference="Polesel, Ramponi and Mathews, IEEE TIP 9(3):505-510 (2000), doi:10.1109/83.826787",
        translations={"it": UNSHARP_MASK},
    )
