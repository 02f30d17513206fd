"""The part of an image that holds the body."""
# pyright: reportMissingTypeStubs=false, reportUnknownVariableType=false, reportUnknownMemberType=false
# pyright: reportUnknownArgumentType=false
# (SciPy has no types)

from dataclasses import replace
from typing import Annotated, Final

from imaging import Algorithm, Image, Parameter, Resources, Result, hookimpl
from imaging_collection.italian.geometry import CROP_TO_BODY
from imaging_collection.segmentation.body_mask import body_of

RESOURCES: Final = Resources(vcpu=1, memory_mib=8192, timeout=600, acceptable_latency=10, typical_seconds=0.5)


def crop_to_body(
    image: Image,
    margin: Annotated[float, Parameter("what is left around the body", ge=0, le=200, unit="mm")] = 5.0,
    level: Annotated[
        float | None, Parameter("value above which is body; without it -400 HU, or Otsu's", unit="image's unit")
    ] = None,
) -> Result:
    """Cut off what lies around the body, and say where the rest is.

    Parameters
    ----------
    image : Image
        Pixels of shape (P, M, N), axes plane, row, column; integer or floating point, one channel.
    margin : float
        What is left around the body, in mm, as far as the image reaches.
    level : float or None
        Value above which a pixel may be body, in the image's unit. None is -400 HU for CT, and Otsu's threshold of
        all pixels for other images.

    Returns
    -------
    Result
        The smallest box that holds the body and its margin: same type, spacing and unit, values as they were, `origin`
        at its first pixel. Measurements: `first_plane`, `first_row` and `first_column` of the box, counted from 0.

    Raises
    ------
    UnsupportedInput
        If the image is in colour, if pixels are neither integer nor floating point, if a value is not finite, or if
        nothing is above the level.

    Notes
    -----
    The body is what `body_mask` finds, without what is narrower than 4 mm; on images other than CT, above Otsu's
    threshold [1]_. The position of each pixel in the patient stays the same.

    References
    ----------
    .. [1] Otsu N. A threshold selection method from gray-level histograms. IEEE Transactions on Systems, Man, and
       Cybernetics 9(1):62-66 (1979). :DOI:`10.1109/TSMC.1979.4310076`

    Examples
    --------
    >>> import numpy as np
    >>> from imaging import Image
    >>> pixels = np.full((1, 20, 20), -1000, dtype=np.int16)
    >>> pixels[0, 5:12, 8:15] = 40
    >>> result = crop_to_body(Image(pixels, unit="HU"), margin=1.0)
    >>> result.image.pixels.shape, result.image.origin
    ((1, 9, 9), (7.0, 4.0, 0.0))
    """
    import numpy as np
    from scipy import ndimage

    ((planes, rows, columns),) = ndimage.find_objects(body_of(image, "crop_to_body", level).astype(np.int8))
    box = [
        slice(max(0, each.start - around), min(length, each.stop + around))
        for each, length, around in (
            (part, length, int(margin / distance + 0.5))
            for part, length, distance in zip((planes, rows, columns), image.pixels.shape, image.spacing, strict=True)
        )
    ]
    offset = np.array([part.start * distance for part, distance in zip(box, image.spacing, strict=True)])[::-1]
    moved = np.array(image.origin) + np.array(image.direction).reshape(3, 3) @ offset
    cropped = replace(
        image,
        pixels=np.ascontiguousarray(image.pixels[tuple(box)]),
        origin=(float(moved[0]), float(moved[1]), float(moved[2])),
    )
    names = ("first_plane", "first_row", "first_column")
    return Result(image=cropped, measurements={name: part.start for name, part in zip(names, box, strict=True)})


@hookimpl
def register_algorithms() -> Algorithm:
    """Register `crop_to_body`."""
    return Algorithm(
        name="crop_to_body",
        summary="Cuts off what lies around the body, and keeps the rest at its place in the patient.",
        run=crop_to_body,
        scopes=("image", "series"),
        resources=RESOURCES,
        reference="Otsu, IEEE Trans Syst Man Cybern 9(1):62-66 (1979), doi:10.1109/TSMC.1979.4310076",
        translations={"it": CROP_TO_BODY},
    )
