"""Removal of noise within each plane by non-local means."""
# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# (OpenCV's types are incomplete)

from functools import partial
from itertools import product
from typing import TYPE_CHECKING, Annotated, Any, Final

from imaging import Algorithm, Image, Parameter, Resources, Result, hookimpl
from imaging_collection.inputs import as_float, check_grey, squarable
from imaging_collection.italian.intensity import NON_LOCAL_MEANS
from imaging_collection.noise import noise_of
from imaging_collection.planes import by_plane

if TYPE_CHECKING:
    from numpy.typing import NDArray

RESOURCES: Final = Resources(vcpu=2, memory_mib=4096, timeout=900, acceptable_latency=30, typical_seconds=3)


def non_local_means(
    image: Image,
    strength: Annotated[
        float, Parameter("difference of patches that is forgiven", gt=0, le=5, unit="standard deviations of the noise")
    ] = 0.8,
    patch: Annotated[int, Parameter("side of a patch", ge=3, le=15, unit="pixels")] = 5,
    search: Annotated[int, Parameter("how far patches are looked for", ge=1, le=25, unit="pixels")] = 6,
) -> Result:
    """Average pixels whose surroundings look alike, wherever they lie in a window of the plane.

    Parameters
    ----------
    image : Image
        Pixels of shape (P, M, N), axes plane, row, column; integer or floating point, one channel.
    strength : float
        How different two patches may be and still count, in standard deviations of the noise, which is estimated for
        each plane. Higher values smooth more.
    patch : int
        Side of the square patches that are compared, in pixels; an even number counts as the next odd one.
    search : int
        Largest distance of a patch along rows and along columns, in pixels. The time grows with its square.

    Returns
    -------
    Result
        The image without most of its noise: same shape and type, in the input's unit and within the input's range of
        values. Planes that failed are as they were, and `missing` names them. A plane without noise stays as it is.

    Raises
    ------
    UnsupportedInput
        If the image is in colour, if pixels are neither integer nor floating point, or if every plane has values that
        are not finite.

    Notes
    -----
    The weight of a pixel is ``exp(-max(d - 2 n², 0) / (strength n)²)`` [1]_, with d the mean squared difference of the
    two patches and n the noise, so that what differs by noise alone weighs the same. The patches' pixels weigh the
    same, too: their sums are then quick to have [2]_, by OpenCV's box filter, for one direction after another.
    The noise is Immerkær's estimate, in which fine texture counts as noise. At the border the plane is mirrored.

    References
    ----------
    .. [1] Buades A, Coll B, Morel JM. A non-local algorithm for image denoising. Proceedings of the IEEE Conference
       on Computer Vision and Pattern Recognition 2:60-65 (2005). :DOI:`10.1109/CVPR.2005.38`
    .. [2] Darbon J, Cunha A, Chan TF, Osher S, Jensen GJ. Fast nonlocal filtering applied to electron cryomicroscopy.
       IEEE International Symposium on Biomedical Imaging 1331-1334 (2008). :DOI:`10.1109/ISBI.2008.4541250`

    Examples
    --------
    >>> import numpy as np
    >>> from imaging import Image
    >>> clean = np.kron(np.indices((4, 4)).sum(axis=0) % 2, np.ones((12, 12))) * 200
    >>> noisy = clean + np.random.default_rng(0).normal(0, 20, clean.shape)
    >>> denoised = non_local_means(Image(noisy[np.newaxis])).image.pixels[0]

    A chequerboard repeats itself, so that most of its noise goes:

    >>> bool((denoised - clean).std() < 0.4 * (noisy - clean).std())
    True
    """
    check_grey(image, "non_local_means")
    compute = partial(_denoise, strength=strength, patch=patch // 2 * 2 + 1, search=search)
    values, missing = by_plane(image, compute, vcpu=RESOURCES.vcpu)
    return Result(image=image.with_values(values), missing=missing)


def _denoise(plane: "NDArray[Any]", strength: float, patch: int, search: int) -> "NDArray[Any]":
    import cv2
    import numpy as np

    values = as_float(plane)
    noise = noise_of(values)
    if not noise > 0:  # nothing to remove and to divide by, or too few pixels to tell
        return values
    values = squarable(values, noise)
    depth = cv2.CV_32F if values.dtype == np.float32 else cv2.CV_64F
    half, (rows, columns) = patch // 2, values.shape
    edge = half + search
    padded = np.pad(values, edge, mode="reflect")

    def part(row: int, column: int, height: int, width: int) -> "NDArray[Any]":
        """Return a part of the padded plane that begins at a pixel of the plane."""
        return padded[edge + row : edge + row + height, edge + column : edge + column + width]

    total, weights = values.copy(), np.ones_like(values)
    # two pixels weigh each other alike: half of the shifts give both weights
    shifts = product(range(search + 1), range(-search, search + 1))
    for down, right in ((down, right) for down, right in shifts if (down, right) > (0, 0)):
        # from the plane, and from where the shift leads to it
        left, height, width = max(right, 0), rows + down, columns + abs(right)
        corner, size = (-down - half, -left - half), (height + 2 * half, width + 2 * half)
        difference = part(*corner, *size) - part(corner[0] + down, corner[1] + right, *size)
        weight = cv2.sqrBoxFilter(difference, depth, (patch, patch))[half : half + height, half : half + width]
        weight -= 2 * noise**2
        np.maximum(weight, 0, out=weight)
        weight *= -1 / (strength * noise) ** 2
        weight = cv2.exp(weight).reshape(height, width)
        forward, back = weight[down:, left : left + columns], weight[:rows, left - right : left - right + columns]
        for one, there in ((forward, part(down, right, rows, columns)), (back, part(-down, -right, rows, columns))):
            weights += one
            cv2.accumulateProduct(one, there, total)
    return total / weights


@hookimpl
def register_algorithms() -> Algorithm:
    """Register `non_local_means`."""
    return Algorithm(
        name="non_local_means",
        summary="Removes noise within each plane by averaging pixels whose surroundings look alike.",
        run=non_local_means,
        scopes=("image", "series"),
        resources=RESOURCES,
        reference="Buades, Coll and Morel, CVPR 2:60-65 (2005), doi:10.1109/CVPR.2005.38",
        translations={"it": NON_LOCAL_MEANS},
    )
