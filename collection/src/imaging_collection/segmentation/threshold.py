"""A range of values as a mask."""

from typing import Annotated, Final, Literal

from imaging import Algorithm, Image, Parameter, Resources, Result, UnsupportedInput, hookimpl, report_progress
from imaging_collection.inputs import check_grey
from imaging_collection.italian.segmentation import THRESHOLD
from imaging_collection.regions import filled, largest, volume_ml

RESOURCES: Final = Resources(vcpu=1, memory_mib=8192, timeout=600, acceptable_latency=10, typical_seconds=0.2)


def threshold(
    image: Image,
    lower: Annotated[float | None, Parameter("smallest value that counts", unit="image's unit")] = 200.0,
    upper: Annotated[float | None, Parameter("largest value that counts", unit="image's unit")] = None,
    keep: Annotated[Literal["all", "largest"], Parameter("which regions are kept")] = "all",
    holes: Annotated[Literal["keep", "fill"], Parameter("what becomes of holes within a plane")] = "keep",
) -> Result:
    """Mask the values of a range, such as a range of HU.

    Parameters
    ----------
    image : Image
        Pixels of shape (P, M, N), axes plane, row, column; integer or floating point, one channel.
    lower : float or None
        Smallest value that counts, in the image's unit (HU for CT). None sets no limit.
    upper : float or None
        Largest value that counts, in the image's unit (HU for CT). None sets no limit.
    keep : {'all', 'largest'}
        'largest' keeps the largest region alone, in three dimensions; its pixels touch by their faces.
    holes : {'keep', 'fill'}
        'fill' adds what a region encloses within its plane.

    Returns
    -------
    Result
        A mask of zeros and ones of type uint8. Measurements: `volume_ml`, the volume of the ones in ml, and `voxels`,
        their number.

    Raises
    ------
    UnsupportedInput
        If the image is in colour, if pixels are neither integer nor floating point, or if `lower` is above `upper`.

    Notes
    -----
    Both ends belong to the range. A value that is not a number (NaN) is in no range. Usual ranges of CT: bone from
    200 HU, fat from -190 to -30 HU [1]_, lung from -950 to -500 HU. The largest region is found before its holes are
    filled.

    References
    ----------
    .. [1] Yoshizumi T, Nakamura T, Yamane M, et al. Abdominal fat: standardized technique for measurement at CT.
       Radiology 211(1):283-286 (1999). :DOI:`10.1148/radiology.211.1.r99ap15283`

    Examples
    --------
    >>> import numpy as np
    >>> from imaging import Image
    >>> ring = np.array([[[0, 300, 300, 300, 0, 0, 300], [0, 300, 10, 300, 0, 0, 0], [0, 300, 300, 300, 0, 0, 0]]])
    >>> threshold(Image(ring, unit="HU"), lower=200, keep="largest", holes="fill").image.pixels
    array([[[0, 1, 1, 1, 0, 0, 0],
            [0, 1, 1, 1, 0, 0, 0],
            [0, 1, 1, 1, 0, 0, 0]]], dtype=uint8)
    """
    import numpy as np

    check_grey(image, "threshold")
    if lower is not None and upper is not None and lower > upper:
        raise UnsupportedInput(f"No value is at least {lower:g} and at most {upper:g}: lower is above upper.")
    mask = ~np.isnan(image.pixels)
    if lower is not None:
        mask &= image.pixels >= lower
    if upper is not None:
        mask &= image.pixels <= upper
    report_progress(0.2)
    if keep == "largest":
        mask = largest(mask)
        report_progress(0.7)
    if holes == "fill":
        mask = filled(mask)
    measured = {"volume_ml": volume_ml(mask, image.spacing), "voxels": int(np.count_nonzero(mask))}
    return Result(image=image.with_map(mask.astype(np.uint8)), measurements=measured)


@hookimpl
def register_algorithms() -> Algorithm:
    """Register `threshold`."""
    return Algorithm(
        name="threshold",
        summary="Masks a range of values, such as HU; on wish the largest region alone, and without holes.",
        run=threshold,
        scopes=("image", "series"),
        resources=RESOURCES,
        reference="Yoshizumi et al., Radiology 211(1):283-286 (1999), doi:10.1148/radiology.211.1.r99ap15283",
        translations={"it": THRESHOLD},
    )
