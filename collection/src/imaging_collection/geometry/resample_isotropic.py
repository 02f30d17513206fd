"""A volume with the same spacing along every axis."""
# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# (SimpleITK has no types)

from dataclasses import replace
from math import prod
from typing import Annotated, Any, Final, Literal

from imaging import Algorithm, Image, Parameter, Resources, UnsupportedInput, hookimpl, report_progress
from imaging_collection.inputs import check_finite, check_grey, float_type
from imaging_collection.italian.geometry import RESAMPLE_ISOTROPIC

RESOURCES: Final = Resources(vcpu=2, memory_mib=16384, timeout=900, acceptable_latency=30, typical_seconds=2)
# Pixels of the largest result: with the copy that is rounded they fit into the memory of the task.
MOST: Final = 600_000_000
FINEST: Final = (
    100  # pixels of the result for one of the image along an axis at most; beyond, a slip of the unit is likely
)


def resample_isotropic(
    image: Image,
    spacing: Annotated[
        float | None, Parameter("spacing of the result; without it the image's finest", gt=0, le=50, unit="mm")
    ] = None,
    interpolation: Annotated[
        Literal["linear", "cubic", "nearest"], Parameter("how values between pixels are found")
    ] = "linear",
) -> Image:
    """Interpolate a volume to one spacing along every axis.

    Parameters
    ----------
    image : Image
        Pixels of shape (P, M, N), axes plane, row, column; integer or floating point, one channel.
    spacing : float or None
        Distance of neighbouring pixels of the result along every axis, in mm. None takes the finest of the image.
    interpolation : {'linear', 'cubic', 'nearest'}
        How values between pixels are found: 'linear' stays within the range of its neighbours, 'cubic' (a B-spline)
        is sharper and may overshoot, 'nearest' makes no new values, as labels need it.

    Returns
    -------
    Image
        The volume on the new grid: same type, in the input's unit. Its first pixel is where the image's is, its last
        ones are at most where the image's are.

    Raises
    ------
    UnsupportedInput
        If the image is in colour, if pixels are neither integer nor floating point, if a value is not finite, if
        the spacing is finer than a hundredth of the image's finest, or if the result would have more than 600 million
        pixels.

    Notes
    -----
    SimpleITK interpolates [1]_. A single plane stays a single plane, and its `spacing` between planes as it is. If
    the new spacing is much coarser than the image's, smooth first (`gaussian`): nothing is averaged here.

    References
    ----------
    .. [1] Lowekamp BC, Chen DT, Ibáñez L, Blezek D. The design of SimpleITK. Frontiers in Neuroinformatics 7:45
       (2013). :DOI:`10.3389/fninf.2013.00045`

    Examples
    --------
    >>> import numpy as np
    >>> from imaging import Image
    >>> ramp = np.arange(3, dtype=np.int16)[:, None, None] * np.full((1, 4, 4), 10, dtype=np.int16)
    >>> resampled = resample_isotropic(Image(ramp, spacing=(2.0, 1.0, 1.0)))
    >>> resampled.spacing, resampled.pixels[:, 0, 0]
    ((1.0, 1.0, 1.0), array([ 0,  5, 10, 15, 20], dtype=int16))
    """
    import numpy as np
    import SimpleITK as sitk

    check_grey(image, "resample_isotropic")
    check_finite(image, "resample_isotropic")
    single = len(image.pixels) == 1
    finest = min(image.spacing[1:] if single else image.spacing)
    step = spacing or finest
    if step * FINEST < finest:
        raise UnsupportedInput(
            f"A spacing of {step:g} mm is finer than a {FINEST}th of this image's finest, {finest:g} mm; "
            f"resample_isotropic takes {finest / FINEST:g} mm or more."
        )
    steps = (image.spacing[0] if single else step, step, step)
    shape = [
        # a hair more, so that a length which is a whole number of steps keeps its last pixel
        int((count - 1) * own / new + 1e-6) + 1
        for count, own, new in zip(image.pixels.shape, image.spacing, steps, strict=True)
    ]
    if prod(shape) > MOST:
        raise UnsupportedInput(
            f"With a spacing of {step:g} mm the volume has {prod(shape) / 1e6:.0f} million pixels; "
            f"resample_isotropic makes at most {MOST / 1e6:.0f} million."
        )
    exact = sitk.sitkFloat32 if float_type(image.pixels.dtype) == np.float32 else sitk.sitkFloat64
    resample: Any = sitk.ResampleImageFilter()
    source: Any = image.to_simpleitk()
    resample.SetInterpolator(
        {"linear": sitk.sitkLinear, "cubic": sitk.sitkBSpline, "nearest": sitk.sitkNearestNeighbor}[interpolation]
    )
    resample.SetSize(shape[::-1])
    resample.SetOutputSpacing(steps[::-1])
    resample.SetOutputOrigin(source.GetOrigin())
    resample.SetOutputDirection(source.GetDirection())
    # interpolated values are rounded below, where SimpleITK would cut their fraction off
    resample.SetOutputPixelType(source.GetPixelID() if interpolation == "nearest" else exact)
    resample.AddCommand(sitk.sitkProgressEvent, lambda: report_progress(resample.GetProgress()))
    values = sitk.GetArrayFromImage(resample.Execute(source))
    grid = replace(image, pixels=np.empty(shape, image.pixels.dtype), spacing=steps)
    integer = image.pixels.dtype.kind in "iu" and values.dtype.kind == "f"
    return grid.with_values(np.rint(values, out=values) if integer else values)


@hookimpl
def register_algorithms() -> Algorithm:
    """Register `resample_isotropic`."""
    return Algorithm(
        name="resample_isotropic",
        summary="Interpolates a volume to one spacing along every axis.",
        run=resample_isotropic,
        scopes=("image", "series"),
        resources=RESOURCES,
        reference="Lowekamp et al., Front Neuroinform 7:45 (2013), doi:10.3389/fninf.2013.00045",
        translations={"it": RESAMPLE_ISOTROPIC},
    )
