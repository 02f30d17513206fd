"""Objects that touch, told apart by a watershed of their depth."""
# pyright: reportMissingTypeStubs=false, reportUnknownVariableType=false, reportUnknownMemberType=false
# pyright: reportUnknownArgumentType=false
# (SciPy and scikit-image have no types)

from typing import TYPE_CHECKING, Annotated, Any, Final

from imaging import Algorithm, Image, Parameter, Resources, Result, UnsupportedInput, hookimpl, report_progress
from imaging_collection.inputs import check_grey
from imaging_collection.italian.segmentation import WATERSHED_SPLIT
from imaging_collection.regions import volume_ml

if TYPE_CHECKING:
    from numpy.typing import NDArray

RESOURCES: Final = Resources(vcpu=1, memory_mib=8192, timeout=900, acceptable_latency=30, typical_seconds=2)


def watershed_split(
    image: Image,
    lower: Annotated[float, Parameter("smallest value of an object", unit="image's unit")] = 200.0,
    distance: Annotated[
        float, Parameter("distance from which two centres are two objects", gt=0, le=200, unit="mm")
    ] = 10.0,
) -> Result:
    """Label the objects above a value, and split those that touch where they are narrowest.

    Parameters
    ----------
    image : Image
        Pixels of shape (P, M, N), axes plane, row, column; integer or floating point, one channel.
    lower : float
        Smallest value of an object, in the image's unit (HU for CT).
    distance : float
        Distance from which two centres are two objects, in mm. Larger values split less.

    Returns
    -------
    Result
        Labels from 1 of the smallest unsigned type, 0 between the objects. Measurements: `objects`, their number, and
        `largest_ml`, the volume of the largest in ml.

    Raises
    ------
    UnsupportedInput
        If the image is in colour, or if pixels are neither integer nor floating point.

    Notes
    -----
    The depth of each pixel is its distance in mm from what is below `lower`, in three dimensions. A centre is a pixel
    than which none within `distance` along every axis is deeper; centres of one region that are equally deep and no
    farther apart are one. From the centres the watershed [1]_ grows over ever lower depth; objects meet at the neck
    between them. Each region, whose pixels touch by their faces, is one object at least, however small and near to
    another. The image's own border is no border of an object.

    References
    ----------
    .. [1] Meyer F. Topographic distance and watershed lines. Signal Processing 38(1):113-125 (1994).
       :DOI:`10.1016/0165-1684(94)90060-4`

    Examples
    --------
    >>> import numpy as np
    >>> from imaging import Image
    >>> row, column = np.mgrid[:24, :40]
    >>> discs = ((row - 12) ** 2 + (column - 12) ** 2 < 81) | ((row - 12) ** 2 + (column - 27) ** 2 < 81)
    >>> result = watershed_split(Image((300 * discs)[np.newaxis].astype(np.int16)), lower=200, distance=6)
    >>> result.measurements["objects"], str(result.image.pixels.dtype)
    (2, 'uint8')
    """
    import numpy as np
    from scipy import ndimage
    from skimage.segmentation import watershed

    check_grey(image, "watershed_split")
    mask = image.pixels >= lower
    if not mask.any():
        return _labelled(image, np.zeros(mask.shape, np.uint8))
    if mask.all():  # nothing outside from which a depth could be measured
        return _labelled(image, np.ones(mask.shape, np.uint8))
    depth: Any = ndimage.distance_transform_edt(mask, sampling=image.spacing)
    report_progress(0.3)
    centres = _centres(depth, mask, distance, image.spacing)
    report_progress(0.5)
    labels = watershed(-depth, centres, mask=mask)
    return _labelled(image, labels)


def _centres(
    depth: "NDArray[Any]", mask: "NDArray[Any]", distance: float, spacing: tuple[float, float, float]
) -> "NDArray[Any]":
    """Return the centres of the objects, numbered from 1."""
    import numpy as np
    from scipy import ndimage

    reach, half = ([int(part / each + 0.5) for each in spacing] for part in (distance, distance / 2))
    # along one axis after another: the time grows with a cube's side instead of its volume
    highest = ndimage.maximum_filter(depth, [2 * each + 1 for each in reach], mode="nearest")
    deepest = (depth >= highest) & mask
    found: Any = ndimage.label(mask)
    regions, count = found
    without = np.setdiff1d(np.arange(1, count + 1), regions[deepest])  # in the shade of a deeper region
    for place in ndimage.maximum_position(depth, regions, without):
        deepest[place] = True
    near: Any = ndimage.label(ndimage.maximum_filter(deepest, [2 * each + 1 for each in half], mode="constant"))
    numbers = near[0][deepest].astype(np.int64) * (count + 1) + regions[deepest]
    centres = np.zeros(mask.shape, np.int32)
    centres[deepest] = np.unique(numbers, return_inverse=True)[1] + 1
    return centres


def _labelled(image: Image, labels: "NDArray[Any]") -> Result:
    import numpy as np

    count = int(labels.max())
    if count > np.iinfo(np.uint32).max:
        raise UnsupportedInput(f"watershed_split finds {count} objects, more than there are labels.")
    sizes = np.bincount(labels.ravel(), minlength=2)[1:]
    largest = volume_ml(labels == int(sizes.argmax()) + 1, image.spacing)
    values = labels.astype(np.min_scalar_type(count))
    return Result(image=image.with_map(values), measurements={"objects": count, "largest_ml": largest})


@hookimpl
def register_algorithms() -> Algorithm:
    """Register `watershed_split`."""
    return Algorithm(
        name="watershed_split",
        summary="Labels the objects above a value, and splits those that touch where they are narrowest.",
        run=watershed_split,
        scopes=("image", "series"),
        resources=RESOURCES,
        reference="Meyer, Signal Processing 38(1):113-125 (1994), doi:10.1016/0165-1684(94)90060-4",
        translations={"it": WATERSHED_SPLIT},
    )
