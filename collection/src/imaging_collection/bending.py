"""The search for a smooth deformation, by SimpleITK, and how far it bends."""
# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# (SimpleITK's types are incomplete)

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from imaging import Image
from imaging_collection import registration

if TYPE_CHECKING:
    from numpy.typing import NDArray

SAMPLES: Final = 5_000  # at which the metric looks: each costs as much as there are control points
LOOKS: Final = 64  # along each axis, at which the bending is measured; displacements are smooth


@dataclass(frozen=True)
class Whole:
    """A transform of SimpleITK that is not linear, as resampling takes it."""

    composed: Any

    def to_simpleitk(self) -> Any:
        """Return SimpleITK's transform."""
        return self.composed


def deformation(
    image: Image, moving: Image, metric: registration.Metric, distance: float, iterations: int, algorithm: str
) -> tuple[Any, Any]:
    """Return an affine transform of SimpleITK, and the B-splines that come before it, from `image` to `moving`.

    `distance` is that of the control points in mm. Raises UnsupportedInput if the images lose each other.
    """
    import SimpleITK as sitk

    fixed, other = registration.volume(image), registration.volume(moving)
    affine: Any = sitk.AffineTransform(3)
    affine.SetCenter(registration.centre(fixed))
    registration.check_overlap(fixed, other, affine, algorithm, "register_rigid with start=centres")
    registration.linear(fixed, other, affine, metric, 4 * iterations, algorithm)
    # moved here once: ITK multiplies every derivative by an affine part that is kept apart
    lowest = float(moving.pixels.min())
    other = sitk.Resample(other, fixed, affine, sitk.sitkLinear, lowest, other.GetPixelID())
    extent = [size * step for size, step in zip(fixed.GetSize(), fixed.GetSpacing(), strict=True)]
    splines: Any = sitk.BSplineTransformInitializer(fixed, [max(1, int(each / distance + 0.5)) for each in extent], 3)

    def run(small: Any, there: Any) -> None:
        search = registration.method(metric, small, SAMPLES)
        search.SetOptimizerAsLBFGSB(
            gradientConvergenceTolerance=1e-6,
            numberOfIterations=iterations,
            maximumNumberOfCorrections=5,
            maximumNumberOfFunctionEvaluations=2 * iterations,
            costFunctionConvergenceFactor=1e7,
        )
        search.SetInitialTransform(splines, inPlace=True)
        search.Execute(small, there)

    registration.at_each_level(fixed, other, (4, 2), run, algorithm)
    return affine, splines


def extent_of(image: Image, splines: Any) -> tuple[float, float]:
    """Return the largest displacement of a point in mm, and the least growth of a small volume.

    They are measured at up to 64 places along each axis of a volume of two planes at least.
    """
    import numpy as np
    import SimpleITK as sitk

    sizes = [min(length, LOOKS) for length in image.pixels.shape[2::-1]]
    whole = zip(image.pixels.shape[2::-1], image.spacing[::-1], sizes, strict=True)
    steps = [(length - 1) * step / max(1, size - 1) for length, step, size in whole]
    field: Any = sitk.TransformToDisplacementField(
        splines, sitk.sitkVectorFloat64, sizes, image.origin, steps, image.direction
    )
    away: NDArray[Any] = sitk.GetArrayViewFromImage(field)
    # how displacements change along columns, rows and planes, beside how places do
    changes = np.stack([np.gradient(away, steps[axis], axis=2 - axis) for axis in range(3)], axis=-1)
    axes = np.asarray(image.direction, float).reshape(3, 3)
    growth = np.linalg.det(changes + axes) / np.linalg.det(axes)
    return float(np.linalg.norm(away, axis=-1).max()), float(growth.min())
