"""A registration of two series: a further input, its transform, and what is left of the difference."""

from dataclasses import dataclass
from typing import Annotated, Any

from imaging import Algorithm, Image, Input, Output, Parameter, Resources, Transform, UnsupportedInput, hookimpl


@dataclass(frozen=True)
class Registered:
    transform: Annotated[Transform, Output("leads from a point of the fixed image to the same point of the moving one")]
    difference: Annotated[Image, Output("the moving image, moved, less the fixed one")]


def registration(
    image: Image,
    moving: Annotated[Image, Input("what is moved onto the image", scopes=("series",))],
    samples: Annotated[float, Parameter("part of the pixels that are compared", gt=0, le=1)] = 0.1,
    iterations: Annotated[int, Parameter("steps at each of three resolutions at most", ge=1, le=500)] = 60,
) -> Registered:
    """Find the rotation and translation of `moving` that fit `image` best, by mutual information.

    Raises UnsupportedInput for colour, and for volumes of which a side has fewer than four pixels.
    """
    import numpy as np
    import SimpleITK as sitk

    if image.is_colour or moving.is_colour or min(*image.pixels.shape, *moving.pixels.shape) < 4:
        raise UnsupportedInput("registration takes volumes of one channel, of at least four pixels a side.")
    if not all(np.isfinite(each.pixels).all() and np.ptp(each.pixels) > 0 for each in (image, moving)):
        raise UnsupportedInput("registration takes values that are finite and differ.")
    fixed, other = (sitk.Cast(each.to_simpleitk(), sitk.sitkFloat32) for each in (image, moving))
    method: Any = sitk.ImageRegistrationMethod()
    method.SetMetricAsMattesMutualInformation(32)
    method.SetMetricSamplingStrategy(method.REGULAR)
    method.SetMetricSamplingPercentage(samples, 1)  # 1 is the seed
    method.SetInitialTransform(sitk.CenteredTransformInitializer(fixed, other, sitk.Euler3DTransform()))
    method.SetOptimizerAsRegularStepGradientDescent(1.0, 1e-4, iterations)
    method.SetOptimizerScalesFromPhysicalShift()
    method.SetShrinkFactorsPerLevel([4, 2, 1] if min(image.pixels.shape[1:]) >= 64 else [1, 1, 1])
    method.SetSmoothingSigmasPerLevel([2, 1, 0])
    method.SetNumberOfThreads(1)  # sums of several threads are rounded in an order that changes
    method.SetNumberOfWorkUnits(1)
    found = Transform.of_simpleitk(method.Execute(fixed, other))
    moved = moving.on_grid_of(image, through=found).pixels.astype(np.float32)
    return Registered(transform=found, difference=image.with_map(moved - image.pixels, unit=image.unit))


@hookimpl
def register_algorithms() -> Algorithm:
    resources = Resources(vcpu=2, memory_mib=8192, timeout=900, typical_seconds=10)
    summary = "Moves a series onto another by rotation and translation."
    return Algorithm("registration", summary, registration, scopes=("series",), resources=resources)
