"""Contrast-limited adaptive histogram equalization within each plane."""
# pyright: reportMissingTypeStubs=false, reportUnknownVariableType=false, reportUnknownMemberType=false
# pyright: reportUnknownArgumentType=false
# (scikit-image has no types)

from functools import partial
from typing import TYPE_CHECKING, Annotated, Any, Final

from imaging import Algorithm, Image, Parameter, Resources, Result, hookimpl
from imaging_collection.inputs import as_float, check_grey
from imaging_collection.italian.intensity import CLAHE
from imaging_collection.planes import by_plane

if TYPE_CHECKING:
    from numpy.typing import NDArray

RESOURCES: Final = Resources(vcpu=2, memory_mib=4096, timeout=600, acceptable_latency=10, typical_seconds=1)
# Steps into which a plane's range is divided: enough that none is seen, few enough for a histogram of a region.
STEPS: Final = 1024


def clahe(
    image: Image,
    region: Annotated[float, Parameter("side of the regions that are equalized", gt=0, le=500, unit="mm")] = 40.0,
    limit: Annotated[
        float, Parameter("share of a region's pixels that one step may hold", gt=0, le=1, unit="fraction of pixels")
    ] = 0.01,
) -> Result:
    """Raise local contrast by equalizing the histogram of each region, with a limit that keeps noise down.

    Parameters
    ----------
    image : Image
        Pixels of shape (P, M, N), axes plane, row, column; integer or floating point, one channel.
    region : float
        Side of the square regions whose histograms are equalized, in mm; between their centres results are
        interpolated. At least 8 pixels, at most the plane.
    limit : float
        Share of a region's pixels that one of 1,024 steps of value may hold, as a fraction of pixels. What is above is
        spread over the other steps. 1 limits nothing; lower values raise contrast less.

    Returns
    -------
    Result
        The image with raised local contrast: same shape and type. The values of each plane have the range that they
        had; they compare neighbours, and are no longer measurements (of HU, say). Planes that failed are as they
        were, and `missing` names them.

    Raises
    ------
    UnsupportedInput
        If the image is in colour, if pixels are neither integer nor floating point, or if every plane has values that
        are not finite.

    Notes
    -----
    This is `skimage.exposure.equalize_adapthist` [1]_ on each plane by itself, so that the same tissue may differ from
    plane to plane.

    References
    ----------
    .. [1] Pizer SM, Amburn EP, Austin JD, et al. Adaptive histogram equalization and its variations. Computer Vision,
       Graphics, and Image Processing 39(3):355-368 (1987). :DOI:`10.1016/S0734-189X(87)80186-X`

    Examples
    --------
    >>> import numpy as np
    >>> from imaging import Image
    >>> faint = np.random.default_rng(0).normal(1000, 5, (1, 64, 64))
    >>> faint[:, :, 32:] += 2000
    >>> raised = clahe(Image(faint.astype(np.int16)), region=32.0, limit=0.5).image.pixels

    What differs by a few units beside an edge of 2,000 differs by hundreds:

    >>> bool(raised[0, :, :24].std() > 10 * faint[0, :, :24].std())
    True
    >>> bool(raised.min() == faint.astype(np.int16).min() and raised.max() == faint.astype(np.int16).max())
    True
    """
    check_grey(image, "clahe")
    sides = tuple(max(8, int(region / distance + 0.5)) for distance in image.spacing[1:])
    values, missing = by_plane(image, partial(_equalize, sides=sides, limit=limit), vcpu=RESOURCES.vcpu)
    return Result(image=image.with_values(values), missing=missing)


def _equalize(plane: "NDArray[Any]", sides: tuple[int, ...], limit: float) -> "NDArray[Any]":
    import numpy as np
    from skimage.exposure import equalize_adapthist

    values = as_float(plane).astype(np.float64)
    low, high = float(values.min()), float(values.max())
    if low == high:
        return values
    kernel = [min(side, length) for side, length in zip(sides, values.shape, strict=True)]
    equalized = equalize_adapthist((values - low) / (high - low), kernel, limit, STEPS)
    return low + equalized * (high - low)


@hookimpl
def register_algorithms() -> Algorithm:
    """Register `clahe`."""
    return Algorithm(
        name="clahe",
        summary="Raises local contrast by equalizing the histogram of each region, with a limit.",
        run=clahe,
        scopes=("image", "series"),
        resources=RESOURCES,
        reference="Pizer et al., CVGIP 39(3):355-368 (1987), doi:10.1016/S0734-189X(87)80186-X",
        translations={"it": CLAHE},
    )
