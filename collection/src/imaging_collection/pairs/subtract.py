"""What differs between two images."""

from typing import Annotated, Final

from imaging import Algorithm, Image, Input, Resources, Result, Transform, UnsupportedInput, hookimpl, report_progress
from imaging_collection.inputs import as_float, value_range
from imaging_collection.italian.pairs import SUBTRACT
from imaging_collection.overlap import check_pair, check_units, laid_on

RESOURCES: Final = Resources(vcpu=1, memory_mib=8192, timeout=600, acceptable_latency=10, typical_seconds=0.5)
SHOWN: Final = 99.5  # per cent of the differences lie within the window
INTEGERS: Final = ("int16", "int32", "int64")


def subtract(
    image: Image,
    other: Annotated[Image, Input("the image that is subtracted, such as an earlier scan")],
    transform: Annotated[
        Transform | None, Input("leads from this image to the other, as a registration gives it")
    ] = None,
) -> Result:
    """Subtract another image, at the same places in the patient.

    Parameters
    ----------
    image : Image
        Pixels of shape (P, M, N), axes plane, row, column; integer or floating point, one channel.
    other : Image
        The image that is subtracted, in the same unit; of any grid.
    transform : Transform, optional
        Leads from points of this image to those of the other, in mm. Without it equal positions are equal places.

    Returns
    -------
    Result
        The difference on the grid of `image` and in its unit, such as HU: positive if `image` is the higher. Of two
        integer images it is rounded, of type int16 if that holds it, otherwise int32 or int64; of others float32. Its
        window has the centre 0 and holds 99.5 % of the differences: equal values are mid-grey. Measurements: `mean`,
        `standard_deviation` and `largest` (by magnitude) in the image's unit (`mean_hu` and so on if that is HU), and
        `overlap_percent`, the share of the pixels that the other image covers.

    Raises
    ------
    UnsupportedInput
        If an image is in colour, if pixels are neither integer nor floating point, if a value is not finite, if the
        units differ, or if there is no place that both images show.

    Notes
    -----
    Pixels of the other image are interpolated linearly, unless both have one grid. Where it shows nothing the
    difference is 0, and the result says what share that is. Images of different sessions are registered first: steps
    at edges that moved look like findings [1]_.

    References
    ----------
    .. [1] Hill DLG, Batchelor PG, Holden M, Hawkes DJ. Medical image registration. Physics in Medicine and Biology
       46(3):R1-R45 (2001). :DOI:`10.1088/0031-9155/46/3/201`

    Examples
    --------
    >>> import numpy as np
    >>> from imaging import Image
    >>> earlier = Image(np.array([[[40, 40, 40, 40]]], dtype=np.int16), unit="HU")
    >>> now = Image(np.array([[[40, 90, 40, 10]]], dtype=np.int16), unit="HU")
    >>> result = subtract(now, earlier)
    >>> result.image.pixels, result.image.unit
    (array([[[  0,  50,   0, -30]]], dtype=int16), 'HU')
    >>> result.measurements["largest_hu"], result.window[0]
    (50.0, 0.0)
    """
    import numpy as np

    check_pair(image, other, "subtract", "other")
    check_units(image, other, "subtract", "other")
    values, covered = laid_on(image, other, transform, "subtract", "other")
    report_progress(0.5)
    difference = np.where(covered, as_float(image.pixels) - values, 0)
    report_progress(0.7)
    if not np.abs(difference).max() <= np.finfo(np.float32).max:
        raise UnsupportedInput("subtract finds differences beyond single precision; these values are too large.")
    if image.pixels.dtype.kind in "iu" and other.pixels.dtype.kind in "iu":
        difference = np.rint(difference)
        low, high = float(difference.min()), float(difference.max())
        fitting = [each for each in INTEGERS if np.iinfo(each).min <= low and high <= np.iinfo(each).max]
        difference = difference.astype(fitting[0]) if fitting else difference
    if difference.dtype.kind == "f":
        difference = difference.astype(np.float32)
    found = difference[covered].astype(np.float64)
    farthest = float(found[np.abs(found).argmax()])
    half = float(np.percentile(np.abs(found), SHOWN)) or abs(farthest) or value_range(image.pixels)
    suffix = "_hu" if image.unit == "HU" else ""
    measured = {f"mean{suffix}": float(found.mean()), f"standard_deviation{suffix}": float(found.std())}
    share = 100 * float(covered.mean())
    measured |= {f"largest{suffix}": farthest, "overlap_percent": share}
    missing = (
        () if covered.all() else (f"The other image covers {share:.3g} % of this one; elsewhere the difference is 0.",)
    )
    shown = image.with_map(difference, unit=image.unit)
    return Result(image=shown, measurements=measured, missing=missing, window=(0.0, 2 * half))


@hookimpl
def register_algorithms() -> Algorithm:
    """Register `subtract`."""
    return Algorithm(
        name="subtract",
        summary="Subtracts another image at the same places in the patient.",
        run=subtract,
        scopes=("image", "series"),
        resources=RESOURCES,
        reference="Hill et al., Phys Med Biol 46(3):R1-R45 (2001), doi:10.1088/0031-9155/46/3/201",
        translations={"it": SUBTRACT},
    )
