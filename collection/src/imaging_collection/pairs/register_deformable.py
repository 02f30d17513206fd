"""A smooth deformation that lays one volume onto another."""
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# (SimpleITK's types are incomplete)

from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Any, Final

from imaging import (
    Algorithm,
    File,
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
from imaging_collection import bending, registration
from imaging_collection.italian.pairs import REGISTER_DEFORMABLE
from imaging_collection.overlap import check_pair, laid_on, moved_onto

RESOURCES: Final = Resources(vcpu=1, memory_mib=8192, timeout=3600, acceptable_latency=120, typical_seconds=20)
NAME: Final = "register_deformable"


@dataclass(frozen=True)
class Deformable:
    """What `register_deformable` returns."""

    moved: Annotated[Image, Output("the moving image at the pixels of the fixed one")]
    transform: Annotated[Transform, Output("the affine part: from points of the fixed image to the moving one")]
    deformation: Annotated[File, Output("the whole transform, affine and B-splines, as ITK reads it")]
    largest_displacement: Annotated[Quantity, Output("of a point, beyond the affine part", unit="mm")]
    smallest_jacobian: Annotated[Quantity, Output("least growth of a volume; below 0 the deformation folds")]
    overlap: Annotated[Quantity, Output("share of the fixed image that the moving one covers", unit="%")]


def register_deformable(
    image: Image,
    moving: Annotated[Image, Input("the volume that is laid onto this one, such as an earlier scan")],
    metric: Annotated[registration.Metric, Parameter("what makes two images alike")] = "mutual_information",
    distance: Annotated[float, Parameter("of control points: smaller follows finer", ge=5, le=500, unit="mm")] = 60.0,
    iterations: Annotated[int, Parameter("most steps at each resolution", ge=1, le=500)] = 30,
) -> Deformable:
    """Find the smooth deformation that lays a moving volume onto a fixed one.

    Parameters
    ----------
    image : Image
        The fixed volume: pixels of shape (P, M, N), axes plane, row, column; integer or floating point, one channel,
        at least two planes.
    moving : Image
        The volume that is moved, of any grid; it begins where the files say that it lies.
    metric : {'mutual_information', 'correlation', 'mean_squares'}
        What makes two images alike, as for `register_rigid`.
    distance : float
        Distance of the control points in mm. Smaller ones follow finer structures, take longer and may fold.
    iterations : int
        Most steps at each resolution.

    Returns
    -------
    Deformable
        `moved`, in the moving image's type and unit, with its lowest value where it shows nothing; `transform`, the
        affine part in mm (LPS), which is another algorithm's input; `deformation`, the whole as ITK's file (.tfm);
        `largest_displacement` in mm; `smallest_jacobian`, the least growth of a small volume; `overlap` in %.

    Raises
    ------
    UnsupportedInput
        If an image is in colour, if pixels are neither integer nor floating point, if a value is not finite, if all
        are equal, if there is one plane, if planes have less than 4 x 4 pixels, or if the images do not overlap.

    Notes
    -----
    An affine transform first, then displacements by cubic B-splines of control points on a grid [1]_, improved at a
    quarter of the resolution within planes and at half of it. Places at which the metric looks are drawn with a fixed
    seed, and one thread computes: the same images give the same deformation. A `smallest_jacobian` near 1 is a gentle
    deformation.

    References
    ----------
    .. [1] Rueckert D, Sonoda LI, Hayes C, Hill DLG, Leach MO, Hawkes DJ. Nonrigid registration using free-form
       deformations: application to breast MR images. IEEE Transactions on Medical Imaging 18(8):712-721 (1999).
       :DOI:`10.1109/42.796284`

    Examples
    --------
    >>> import numpy as np
    >>> from imaging import Image
    >>> plane, row, column = np.mgrid[:8, :24, :24]
    >>> ball = lambda width: 100 * np.exp(-((plane - 4) ** 2 + (row - 12) ** 2 + (column - 12) ** 2) / width)
    >>> found = register_deformable(Image(ball(30)), Image(ball(45)), metric="mean_squares", distance=10)
    >>> bool(np.abs(found.moved.pixels - ball(30)).mean() < 0.3 * np.abs(ball(45) - ball(30)).mean())
    True
    """
    check_pair(image, moving, NAME, "moving")
    for each, name in ((image, "this image"), (moving, "moving")):
        if len(each.pixels) == 1:
            raise UnsupportedInput(f"{NAME} takes volumes, and {name} has one plane; register_rigid takes planes.")
        registration.check_fit(each, NAME, name)
    affine, splines = bending.deformation(image, moving, metric, distance, iterations, NAME)
    report_progress(0.8)
    import SimpleITK as sitk

    whole: Any = sitk.CompositeTransform([affine, splines])
    values, covered = laid_on(image, moving, bending.Whole(whole), NAME, "moving")
    farthest, smallest = bending.extent_of(image, splines)
    return Deformable(
        moved=moved_onto(image, moving, values),
        transform=Transform.of_simpleitk(affine),
        deformation=_file(whole),
        largest_displacement=Quantity(farthest),
        smallest_jacobian=Quantity(smallest),
        overlap=Quantity(100 * float(covered.mean())),
    )


def _file(transform: Any) -> File:
    import SimpleITK as sitk

    with TemporaryDirectory() as folder:
        path = Path(folder, "deformation.tfm")
        sitk.WriteTransform(transform, str(path))
        return File(path.read_bytes(), ".tfm", "text/plain")


@hookimpl
def register_algorithms() -> Algorithm:
    """Register `register_deformable`."""
    return Algorithm(
        name=NAME,
        summary="Finds the smooth deformation that lays a moving volume onto a fixed one.",
        run=register_deformable,
        scopes=("series",),
        resources=RESOURCES,
        reference="Rueckert et al., IEEE Trans Med Imaging 18(8):712-721 (1999), doi:10.1109/42.796284",
        translations={"it": REGISTER_DEFORMABLE},
    )
