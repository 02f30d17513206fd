"""Where the body, or whatever was scanned, is."""
# pyright: reportUnknownVariableType=false, reportUnknownMemberType=false, reportUnknownArgumentType=false
# pyright: reportMissingTypeStubs=false
# (OpenCV's types are incomplete, SciPy has none)

from typing import TYPE_CHECKING, Annotated, Any, Final

from imaging import Algorithm, Image, Parameter, Resources, Result, UnsupportedInput, hookimpl, report_progress
from imaging_collection.inputs import check_finite, check_grey
from imaging_collection.italian.segmentation import BODY_MASK
from imaging_collection.levels import otsu_level
from imaging_collection.regions import filled, largest, volume_ml

if TYPE_CHECKING:
    from numpy.typing import NDArray

RESOURCES: Final = Resources(vcpu=1, memory_mib=8192, timeout=600, acceptable_latency=10, typical_seconds=0.5)
LARGEST: Final = 64  # pixels across a disc with which OpenCV opens a plane in less than a second
AIR: Final = -400.0  # HU: halfway between air and soft tissue or fat, rounded up past lungs at their borders


def body_mask(
    image: Image,
    level: Annotated[
        float | None, Parameter("value above which is body; without it -400 HU, or Otsu's", unit="image's unit")
    ] = None,
    opening: Annotated[float, Parameter("width of what is cut off: table, tubes", ge=0, le=50, unit="mm")] = 4.0,
) -> Result:
    """Mask the body: the largest region above a level, with what lies inside it.

    Parameters
    ----------
    image : Image
        Pixels of shape (P, M, N), axes plane, row, column; integer or floating point, one channel.
    level : float or None
        Value above which a pixel may be body, in the image's unit. None is -400 HU for CT, and Otsu's threshold of
        all pixels for other images.
    opening : float
        What is narrower than this is cut off within its plane, in mm: the table, tubes, a coil. 0 cuts nothing off.

    Returns
    -------
    Result
        A mask of type uint8, 1 in the body. Measurement: `volume_ml`, its volume in ml.

    Raises
    ------
    UnsupportedInput
        If the image is in colour, if pixels are neither integer nor floating point, if a value is not finite, or if
        nothing is above the level.

    Notes
    -----
    What is above the level is filled within each plane, so that lungs and bowel belong to the body, and opened by an
    ellipse that is round in the patient. The largest region whose pixels touch by their faces is kept, in three
    dimensions, and filled once more. Otsu's threshold [1]_ separates the body of an MR image from its background.

    References
    ----------
    .. [1] Otsu N. A threshold selection method from gray-level histograms. IEEE Transactions on Systems, Man, and
       Cybernetics 9(1):62-66 (1979). :DOI:`10.1109/TSMC.1979.4310076`

    Examples
    --------
    >>> import numpy as np
    >>> from imaging import Image
    >>> pixels = np.full((1, 9, 9), -1000, dtype=np.int16)
    >>> pixels[0, 1:6, 2:7] = 40
    >>> pixels[0, 3, 4] = -900
    >>> pixels[0, 8, :] = 100
    >>> mask = body_mask(Image(pixels, unit="HU"), opening=2.0).image.pixels[0]

    The air inside belongs to the body, the table below does not, and corners are rounded:

    >>> int(mask.sum()), int(mask[3, 4]), int(mask[8].sum())
    (21, 1, 0)
    """
    import numpy as np

    mask = body_of(image, "body_mask", level, opening)
    values = image.with_map(mask.astype(np.uint8))
    return Result(image=values, measurements={"volume_ml": volume_ml(mask, image.spacing)})


def body_of(image: Image, algorithm: str, level: float | None = None, opening: float = 4.0) -> "NDArray[Any]":
    """Return truth values of the shape (P, M, N): where the body is. Raises UnsupportedInput in `algorithm`'s name."""
    import numpy as np

    check_grey(image, algorithm)
    check_finite(image, algorithm)
    pixels = image.pixels
    if level is None and image.unit == "HU":
        level = AIR
    elif level is None:
        level = otsu_level(pixels) if pixels.min() < pixels.max() else float(pixels.min())
    above = pixels > level
    if not above.any():
        raise UnsupportedInput(f"{algorithm} finds no body: no value is above {level:g}.")
    report_progress(0.3)
    opened = np.stack([_opened(plane, opening, image.spacing) for plane in filled(above)])
    report_progress(0.6)
    kept = largest(opened if opened.any() else above)
    report_progress(0.8)
    return filled(kept)


def _opened(plane: "NDArray[Any]", width: float, spacing: tuple[float, float, float]) -> "NDArray[Any]":
    import cv2
    import numpy as np

    rows, columns = (2 * int(width / distance / 2 + 0.5) + 1 for distance in spacing[1:])
    if rows == columns == 1:
        return plane
    if max(rows, columns) > LARGEST:
        return _opened_by_distance(plane, width / 2, spacing[1:])
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (columns, rows))
    return cv2.morphologyEx(plane.astype(np.uint8), cv2.MORPH_OPEN, kernel).reshape(plane.shape) > 0


def _opened_by_distance(plane: "NDArray[Any]", reach: float, steps: tuple[float, ...]) -> "NDArray[Any]":
    """Open with a disc of this radius in mm; OpenCV's time grows with the disc's area, in pixels."""
    from scipy import ndimage

    if plane.all():
        return plane
    distance: Any = ndimage.distance_transform_edt  # without types
    inner = distance(plane, steps) > reach
    return distance(~inner, steps) <= reach if inner.any() else inner


@hookimpl
def register_algorithms() -> Algorithm:
    """Register `body_mask`."""
    return Algorithm(
        name="body_mask",
        summary="Masks the body: the largest region above a level, with what lies inside it.",
        run=body_mask,
        scopes=("image", "series"),
        resources=RESOURCES,
        reference="Otsu, IEEE Trans Syst Man Cybern 9(1):62-66 (1979), doi:10.1109/TSMC.1979.4310076",
        translations={"it": BODY_MASK},
    )
