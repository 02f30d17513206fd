"""The search for the transform that lays a moving image onto a fixed one, by SimpleITK."""
# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# (SimpleITK's types are incomplete)

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, Final, Literal

from imaging import Image, UnsupportedInput
from imaging_collection.inputs import as_float
from imaging_collection.planes import NO_MEMORY

Metric = Literal["mutual_information", "correlation", "mean_squares"]
FEWEST: Final = 4  # pixels along rows and columns, without which there is nothing to lay on each other
SAMPLES: Final = 50_000  # of an image, at which the metric looks
SEED: Final = 1  # of their places, so that the same images give the same transform
BINS: Final = {2: 20, 3: 50}  # of the joint histogram at most, along each axis, by dimensions: measured on MR
# What ITK says if a step led off the moving image, or to where all of it has one value.
APART: Final = re.compile(r"outside|overlap|sample|PDF|NaN|not finite|valid points", re.IGNORECASE)


def check_fit(image: Image, algorithm: str, name: str = "this image") -> None:
    """Raise UnsupportedInput if an image has too few pixels, or one value."""
    rows, columns = image.pixels.shape[1:]
    if min(rows, columns) < FEWEST:
        least = f"{FEWEST} x {FEWEST}"
        raise UnsupportedInput(f"{algorithm} takes planes of at least {least} pixels; {name} has {rows} x {columns}.")
    if image.pixels.min() == image.pixels.max():
        value = image.pixels.flat[0]
        raise UnsupportedInput(
            f"{algorithm} needs structures to lay on each other; all values of {name} are {value:g}."
        )


def volume(image: Image) -> Any:
    """Return SimpleITK's image of floating-point values, in patient coordinates."""
    return replace(image, pixels=as_float(image.pixels)).to_simpleitk()


def centre(image: Any) -> tuple[float, ...]:
    """Return the middle of an image of SimpleITK, in mm."""
    return image.TransformContinuousIndexToPhysicalPoint([(size - 1) / 2 for size in image.GetSize()])


def check_overlap(fixed: Any, moving: Any, transform: Any, algorithm: str, remedy: str) -> None:
    """Raise UnsupportedInput if the moving image has no pixel where a transform leads from the fixed one."""
    import SimpleITK as sitk

    inside: Any = sitk.Image(moving.GetSize(), sitk.sitkUInt8) + 1
    inside.CopyInformation(moving)
    covered: Any = sitk.Resample(inside, fixed, transform, sitk.sitkNearestNeighbor, 0)
    if not sitk.GetArrayViewFromImage(covered).any():
        raise UnsupportedInput(
            f"{algorithm} finds no place that both images show; {remedy} begins with their middles on each other."
        )


def method(metric: Metric, fixed: Any, samples: int = SAMPLES) -> Any:
    """Return a registration by this metric at about as many pixels; it gives the same for the same images."""
    import SimpleITK as sitk

    found: Any = sitk.ImageRegistrationMethod()
    found.SetNumberOfThreads(1)  # sums of several threads are rounded in an order that changes
    found.SetNumberOfWorkUnits(1)
    if metric == "mutual_information":
        # some five values in each bin of the joint histogram at least, without which noise leads the search
        looked_at = min(samples, fixed.GetNumberOfPixels())
        found.SetMetricAsMattesMutualInformation(max(8, min(BINS[fixed.GetDimension()], int(math.sqrt(looked_at / 5)))))
    elif metric == "correlation":
        found.SetMetricAsCorrelation()
    else:
        found.SetMetricAsMeanSquares()
    # the filters of ITK's own gradients take four planes at least
    found.MetricUseFixedImageGradientFilterOff()
    found.MetricUseMovingImageGradientFilterOff()
    found.SetInterpolator(sitk.sitkLinear)
    share = samples / fixed.GetNumberOfPixels()
    if share < 1:
        found.SetMetricSamplingStrategy(found.RANDOM)
        found.SetMetricSamplingPercentage(share, SEED)
    return found


def at_each_level(
    fixed: Any, moving: Any, levels: Sequence[int], run: Callable[[Any, Any], None], algorithm: str
) -> None:
    """Call `run` with both images at each resolution, the coarsest first.

    Pixels are averaged along those axes along which they are as near to each other. Raises UnsupportedInput if the
    images lose each other.
    """
    for level in levels:
        step = level * min(min(each.GetSpacing()[:2]) for each in (fixed, moving))
        try:
            run(_shrunk(fixed, step), _shrunk(moving, step))
        except RuntimeError as error:
            if NO_MEMORY.search(str(error)) or not APART.search(str(error)):
                raise
            raise UnsupportedInput(
                f"{algorithm} lost the overlap of the images; they may show different things, or begin too far apart."
            ) from error


def linear(fixed: Any, moving: Any, transform: Any, metric: Metric, iterations: int, algorithm: str) -> None:
    """Improve a linear transform in place, from a quarter of the resolution to the whole."""

    def run(small: Any, other: Any) -> None:
        search = method(metric, small)
        # steps in mm of the point that moves most: a pixel at first, a small part of one at last
        step = max(small.GetSpacing()[:2])
        search.SetOptimizerAsRegularStepGradientDescent(step, step / 200, iterations, 0.5, 1e-8)
        search.SetOptimizerScalesFromPhysicalShift()
        search.SetInitialTransform(transform, inPlace=True)
        search.Execute(small, other)

    at_each_level(fixed, moving, (4, 2, 1), run, algorithm)


def _shrunk(image: Any, step: float) -> Any:
    import SimpleITK as sitk

    sizes = zip(image.GetSpacing(), image.GetSize(), strict=True)
    factors = [max(1, min(int(step / distance + 0.5), size // (2 * FEWEST))) for distance, size in sizes]
    return sitk.BinShrink(image, factors)
