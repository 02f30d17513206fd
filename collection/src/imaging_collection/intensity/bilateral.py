"""Edge-preserving smoothing within each plane by the bilateral filter."""
# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# (OpenCV's types are incomplete)

from functools import partial
from typing import TYPE_CHECKING, Annotated, Any, Final

from imaging import Algorithm, Image, Parameter, Resources, Result, UnsupportedInput, hookimpl
from imaging_collection.inputs import as_float, check_grey, value_range
from imaging_collection.italian.intensity import BILATERAL
from imaging_collection.planes import by_plane

if TYPE_CHECKING:
    from numpy.typing import NDArray

RESOURCES: Final = Resources(vcpu=2, memory_mib=4096, timeout=600, acceptable_latency=10, typical_seconds=0.5)
# Pixels from the centre to the edge of the largest window; the time grows with the window's area.
LARGEST: Final = 40


def bilateral(
    image: Image,
    sigma: Annotated[float, Parameter("standard deviation by distance", gt=0, le=20, unit="mm")] = 1.5,
    contrast: Annotated[
        float, Parameter("standard deviation by difference of values", gt=0, le=1, unit="fraction of range")
    ] = 0.1,
) -> Result:
    """Average pixels that are near each other and alike, so that noise goes and edges stay.

    Parameters
    ----------
    image : Image
        Pixels of shape (P, M, N), axes plane, row, column; integer or floating point, one channel.
    sigma : float
        Standard deviation of the weight by distance, in mm. The window ends at three of it.
    contrast : float
        Standard deviation of the weight by difference of values, as a fraction of range: of the distance from the
        1st to the 99th percentile of the whole image. Edges much higher than it stay.

    Returns
    -------
    Result
        The smoothed image: same shape and type, in the input's unit and within the input's range of values. Planes
        that failed are as they were, and `missing` names them.

    Raises
    ------
    UnsupportedInput
        If the image is in colour, if pixels are neither integer nor floating point, if the window would reach further
        than 40 pixels, or if every plane has values that are not finite.

    Notes
    -----
    The weight of a neighbour is ``exp(-d²/2 sigma² - v²/2 r²)`` with d its distance in mm, v the difference of values
    and r `contrast` times the range [1]_. The window is an ellipse in pixels, a circle in the patient; beyond the
    border the outermost values repeat. OpenCV computes square pixels in single precision, with the exponential from a
    table of 4,096 steps. NumPy computes other pixels, and double precision, many times slower.

    References
    ----------
    .. [1] Tomasi C, Manduchi R. Bilateral filtering for gray and color images. Proceedings of the IEEE International
       Conference on Computer Vision 839-846 (1998). :DOI:`10.1109/ICCV.1998.710815`

    Examples
    --------
    >>> import numpy as np
    >>> from imaging import Image
    >>> pixels = np.random.default_rng(0).normal(0, 10, (1, 32, 32)).astype(np.float32)
    >>> pixels[:, :, 16:] += 1000
    >>> smoothed = bilateral(Image(pixels), sigma=2.0, contrast=0.1).image.pixels

    The noise has lost most of its standard deviation, and the edge is as steep as before:

    >>> bool(smoothed[0, :, :16].std() < 0.4 * pixels[0, :, :16].std())
    True
    >>> bool((smoothed[0, :, 16] - smoothed[0, :, 15]).min() > 950)
    True
    """
    check_grey(image, "bilateral")
    row, column = (int(3 * sigma / distance + 0.5) for distance in image.spacing[1:])
    if max(row, column) > LARGEST:
        raise UnsupportedInput(
            f"A sigma of {sigma:g} mm makes a window of {max(row, column)} pixels to each side; "
            f"bilateral takes at most {LARGEST}."
        )
    sigma_value = contrast * value_range(image.pixels)
    sigmas = (sigma / image.spacing[1], sigma / image.spacing[2])
    compute = partial(_smooth, reach=(row, column), sigmas=sigmas, sigma_value=sigma_value)
    values, missing = by_plane(image, compute, vcpu=RESOURCES.vcpu)
    return Result(image=image.with_values(values), missing=missing)


def _smooth(
    plane: "NDArray[Any]", reach: tuple[int, int], sigmas: tuple[float, float], sigma_value: float
) -> "NDArray[Any]":
    import numpy as np

    values = as_float(plane)
    if values.dtype == np.float32 and sigmas[0] == sigmas[1] and reach[0] > 0:
        import cv2

        return cv2.bilateralFilter(values, 2 * reach[0] + 1, sigma_value, sigmas[0], borderType=cv2.BORDER_REPLICATE)
    return _by_numpy(values, reach, sigmas, sigma_value)


def _by_numpy(
    plane: "NDArray[Any]", reach: tuple[int, int], sigmas: tuple[float, float], sigma_value: float
) -> "NDArray[Any]":
    import numpy as np

    values = plane.astype(np.float64)
    padded = np.pad(values, [(reach[0], reach[0]), (reach[1], reach[1])], mode="edge")
    total, weights = np.zeros_like(values), np.zeros_like(values)
    for down in range(-reach[0], reach[0] + 1):
        for right in range(-reach[1], reach[1] + 1):
            if (down / (reach[0] or 1)) ** 2 + (right / (reach[1] or 1)) ** 2 > 1:
                continue
            there = padded[
                reach[0] + down : reach[0] + down + values.shape[0],
                reach[1] + right : reach[1] + right + values.shape[1],
            ]
            distance = (down / sigmas[0]) ** 2 + (right / sigmas[1]) ** 2
            weight = np.exp(-0.5 * (distance + ((there - values) / sigma_value) ** 2))
            total += weight * there
            weights += weight
    return total / weights


@hookimpl
def register_algorithms() -> Algorithm:
    """Register `bilateral`."""
    return Algorithm(
        name="bilateral",
        summary="Smooths each plane and keeps edges, by averaging pixels that are near and alike.",
        run=bilateral,
        scopes=("image", "series"),
        resources=RESOURCES,
        reference="Tomasi and Manduchi, ICCV 839-846 (1998), doi:10.1109/ICCV.1998.710815",
        translations={"it": BILATERAL},
    )
