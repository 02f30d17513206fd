"""Two classes of values, separated by Otsu's threshold."""

from typing import Annotated, Final, Literal

from imaging import Algorithm, Image, Parameter, Resources, Result, UnsupportedInput, hookimpl
from imaging_collection.inputs import check_finite, check_grey
from imaging_collection.italian.segmentation import OTSU
from imaging_collection.levels import otsu_level
from imaging_collection.regions import volume_ml

RESOURCES: Final = Resources(vcpu=1, memory_mib=4096, timeout=300, acceptable_latency=10, typical_seconds=0.1)


def otsu(
    image: Image,
    keep: Annotated[Literal["above", "below"], Parameter("which of the two classes is 1")] = "above",
) -> Result:
    """Divide an image in two at the threshold that separates its values best.

    Parameters
    ----------
    image : Image
        Pixels of shape (P, M, N), axes plane, row, column; integer or floating point, one channel. All planes have
        one threshold.
    keep : {'above', 'below'}
        Which class is 1 in the mask: values above the threshold, or the others.

    Returns
    -------
    Result
        A mask of zeros and ones of type uint8. Measurements: `threshold`, in the image's unit (`threshold_hu` if that
        is HU), and `volume_ml`, the volume of the ones in ml.

    Raises
    ------
    UnsupportedInput
        If the image is in colour, if pixels are neither integer nor floating point, if a value is not finite, or if
        all values are equal.

    Notes
    -----
    The threshold is the value that maximizes the variance between the two classes [1]_. Each integer value is a bin of
    the histogram; floating-point values are divided into 256. OpenCV computes types of up to 16 bits, scikit-image the
    others.

    References
    ----------
    .. [1] Otsu N. A threshold selection method from gray-level histograms. IEEE Transactions on Systems, Man, and
       Cybernetics 9(1):62-66 (1979). :DOI:`10.1109/TSMC.1979.4310076`

    Examples
    --------
    >>> import numpy as np
    >>> from imaging import Image
    >>> result = otsu(Image(np.array([[[10, 12, 11, 90, 95, 92]]], dtype=np.int16)))
    >>> result.image.pixels
    array([[[0, 0, 0, 1, 1, 1]]], dtype=uint8)
    >>> result.measurements["threshold"]
    12.0
    """
    import numpy as np

    check_grey(image, "otsu")
    check_finite(image, "otsu")
    pixels = image.pixels
    if pixels.min() == pixels.max():
        raise UnsupportedInput(f"otsu divides different values; all of this image are {pixels.flat[0]:g}.")
    threshold = otsu_level(pixels)
    mask = pixels > threshold if keep == "above" else pixels <= threshold
    name = "threshold_hu" if image.unit == "HU" else "threshold"
    measured = {name: threshold, "volume_ml": volume_ml(mask, image.spacing)}
    return Result(image=image.with_map(mask.astype(np.uint8)), measurements=measured)


@hookimpl
def register_algorithms() -> Algorithm:
    """Register `otsu`."""
    return Algorithm(
        name="otsu",
        summary="Divides an image in two at the threshold that separates its values best.",
        run=otsu,
        scopes=("image", "series"),
        resources=RESOURCES,
        reference="Otsu, IEEE Trans Syst Man Cybern 9(1):62-66 (1979), doi:10.1109/TSMC.1979.4310076",
        translations={"it": OTSU},
    )
