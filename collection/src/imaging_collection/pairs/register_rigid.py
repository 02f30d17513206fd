"""A rotation and a shift that lay one image onto another."""
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# (SimpleITK's types are incomplete)

import math
from dataclasses import dataclass
from typing import Annotated, Any, Final, Literal

from imaging import (
    Algorithm,
    Image,
    Input,
    Output,
    Parameter,
    Quantity,
    Resources,
    Transform,
    UnsupportedInput,
    hookimpl,
    report_progress,
)
from imaging_collection import flat, registration
from imaging_collection.italian.pairs import REGISTER_RIGID
from imaging_collection.overlap import check_pair, laid_on, moved_onto

RESOURCES: Final = Resources(vcpu=1, memory_mib=8192, timeout=1800, acceptable_latency=60, typical_seconds=5)
NAME: Final = "register_rigid"


@dataclass(frozen=True)
class Rigid:
    """What `register_rigid` returns."""

    moved: Annotated[Image, Output("the moving image at the pixels of the fixed one")]
    transform: Annotated[Transform, Output("from points of the fixed image to the same points of the moving one")]
    rotation: Annotated[Quantity, Output("angle by which directions turn", unit="degree")]
    shift: Annotated[Quantity, Output("way of the fixed image's middle", unit="mm")]
    overlap: Annotated[Quantity, Output("share of the fixed image that the moving one covers", unit="%")]


def register_rigid(
    image: Image,
    moving: Annotated[Image, Input("the image that is laid onto this one, such as an earlier scan")],
    metric: Annotated[registration.Metric, Parameter("what makes two images alike")] = "mutual_information",
    start: Annotated[Literal["positions", "centres"], Parameter("where the search begins")] = "positions",
    iterations: Annotated[int, Parameter("most steps at each of three resolutions", ge=1, le=1000)] = 200,
) -> Rigid:
    """Find the rotation and the shift that lay a moving image onto a fixed one.

    Parameters
    ----------
    image : Image
        The fixed image: pixels of shape (P, M, N), axes plane, row, column; integer or floating point, one channel.
    moving : Image
        The image that is moved, of any grid. Both are single planes, or both have several.
    metric : {'mutual_information', 'correlation', 'mean_squares'}
        What makes two images alike: mutual information [1]_ also across modalities, correlation if values differ by
        a factor, mean squares if the same tissue has the same value.
    start : {'positions', 'centres'}
        'positions' begins where the files say that images lie, 'centres' with their middles on each other.
    iterations : int
        Most steps at each resolution: a quarter of the pixels along rows and columns, a half and all.

    Returns
    -------
    Rigid
        `moved`, in the moving image's type and unit; `transform`, in mm (LPS); `rotation` in degrees; `shift` in mm;
        `overlap` in %. Where the moving image shows nothing, `moved` has its lowest value.

    Raises
    ------
    UnsupportedInput
        If an image is in colour, if pixels are neither integer nor floating point, if a value is not finite, if all
        are equal, if planes have less than 4 x 4 pixels, if one image is a plane and the other a volume, or if there
        is no place that both show, at first or in the end.

    Notes
    -----
    Gradient descent with steps in mm [1]_, at up to 50,000 pixels of places drawn with a fixed seed, by one thread: the
    same images give the same transform. It finds the next optimum: rotations beyond 30 degrees may be missed.

    References
    ----------
    .. [1] Mattes D, Haynor DR, Vesselle H, Lewellen TK, Eubank W. PET-CT image registration in the chest using
       free-form deformations. IEEE Transactions on Medical Imaging 22(1):120-128 (2003).
       :DOI:`10.1109/TMI.2003.809072`

    Examples
    --------
    >>> import numpy as np
    >>> from imaging import Image
    >>> row, column = np.mgrid[:48, :48]
    >>> blob = lambda down, right: np.exp(-((row - down) ** 2 / 90 + (column - right) ** 2 / 40))[np.newaxis]
    >>> found = register_rigid(Image(blob(24, 24)), Image(blob(27, 22)), metric="mean_squares")
    >>> bool(np.allclose(found.transform.translation, (-2, 3, 0), atol=0.1)), found.moved.pixels.dtype.name
    (True, 'float64')
    """
    import numpy as np

    check_pair(image, moving, NAME, "moving")
    registration.check_fit(image, NAME)
    registration.check_fit(moving, NAME, "moving")
    if (len(image.pixels) == 1) != (len(moving.pixels) == 1):
        one, two = len(image.pixels), len(moving.pixels)
        raise UnsupportedInput(f"{NAME} takes two planes or two volumes; this image has {one} plane(s), moving {two}.")
    through = _found(image, moving, metric, start, iterations)
    report_progress(0.8)
    values, covered = laid_on(image, moving, through, NAME, "moving")
    matrix = np.reshape(through.matrix, (3, 3))
    middle = registration.centre(registration.volume(image))
    way = math.dist(middle, through.to_simpleitk().TransformPoint(middle))
    angle = math.degrees(math.acos(max(-1.0, min(1.0, (float(np.trace(matrix)) - 1) / 2))))
    share = 100 * float(covered.mean())
    return Rigid(moved_onto(image, moving, values), through, Quantity(angle), Quantity(way), Quantity(share))


def _found(image: Image, moving: Image, metric: registration.Metric, start: str, iterations: int) -> Transform:
    import SimpleITK as sitk

    is_flat = len(image.pixels) == 1
    fixed, other = (flat.plane(each) if is_flat else registration.volume(each) for each in (image, moving))
    transform: Any = sitk.Euler2DTransform() if is_flat else sitk.Euler3DTransform()
    transform.SetCenter(registration.centre(fixed))
    if start == "centres":
        both = zip(registration.centre(fixed), registration.centre(other), strict=True)
        transform.SetTranslation([there - here for here, there in both])
    registration.check_overlap(fixed, other, transform, NAME, "start=centres")
    registration.linear(fixed, other, transform, metric, iterations, NAME)
    return flat.lifted(transform, image, moving) if is_flat else Transform.of_simpleitk(transform)


@hookimpl
def register_algorithms() -> Algorithm:
    """Register `register_rigid`."""
    return Algorithm(
        name=NAME,
        summary="Finds the rotation and the shift that lay a moving image onto a fixed one.",
        run=register_rigid,
        scopes=("image", "series"),
        resources=RESOURCES,
        reference="Mattes et al., IEEE Trans Med Imaging 22(1):120-128 (2003), doi:10.1109/TMI.2003.809072",
        translations={"it": REGISTER_RIGID},
    )
