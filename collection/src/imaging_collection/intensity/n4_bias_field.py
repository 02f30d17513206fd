"""Correction of uneven brightness of MR images by N4."""
# pyright: reportUnknownMemberType=false, reportUnknownArgumentType=false, reportUnknownVariableType=false
# (SimpleITK has no types)

from typing import Annotated, Any, Final

from imaging import Algorithm, Image, Parameter, Resources, Result, UnsupportedInput, hookimpl, report_progress
from imaging_collection.inputs import as_float, check_finite, check_grey
from imaging_collection.italian.intensity import N4_BIAS_FIELD

RESOURCES: Final = Resources(vcpu=2, memory_mib=8192, timeout=1800, acceptable_latency=60, typical_seconds=15)
LEVELS: Final = 4  # each doubles the control points of the field's spline
LEAST: Final = 4  # pixels along an axis below which the field has nothing to follow


def n4_bias_field(
    image: Image,
    iterations: Annotated[int, Parameter("iterations at each of four levels, at most", ge=1, le=200)] = 30,
    spacing: Annotated[float, Parameter("pixel spacing at which the field is estimated", gt=0, le=20, unit="mm")] = 4.0,
) -> Result:
    """Remove the slow change of brightness across an MR image that the coils leave.

    Parameters
    ----------
    image : Image
        Pixels of shape (P, M, N), axes plane, row, column; integer or floating point, one channel, without unit.
        Fewer than four planes are corrected one by one, in two dimensions.
    iterations : int
        Iterations at each of four levels, at most; a level ends sooner if the field changes by less than 0.1 %.
    spacing : float
        Pixel spacing at which the field is estimated, in mm: finer than the image's it takes the image's. The field
        is smooth, so that a coarse estimate is as good and many times faster.

    Returns
    -------
    Result
        The corrected image: same shape and type. Measurements: `bias_smallest` and `bias_largest`, by what the
        brightness of the object was multiplied at least and at most, 1 being its mean.

    Raises
    ------
    UnsupportedInput
        If the image is in colour or in HU, if pixels are neither integer nor floating point, if a value is not
        finite, if rows or columns are fewer than 4, or if fewer than a hundred pixels are positive.

    Notes
    -----
    This is ITK's N4 [1]_, on the object that Otsu's threshold separates from the background and that is positive. The
    field has a mean logarithm of 0 over the object, so that brightness as a whole stays. CT has no such field.

    References
    ----------
    .. [1] Tustison NJ, Avants BB, Cook PA, et al. N4ITK: improved N3 bias correction. IEEE Transactions on Medical
       Imaging 29(6):1310-1320 (2010). :DOI:`10.1109/TMI.2010.2046908`

    Examples
    --------
    >>> import numpy as np
    >>> from imaging import Image
    >>> row, column = np.mgrid[-1:1:32j, -1:1:32j]
    >>> disc = 1000.0 * (row**2 + column**2 < 0.8)
    >>> corrected = n4_bias_field(Image((disc * np.exp(0.4 * row))[np.newaxis]), spacing=1.0).image.pixels[0]

    Brightness that fell to less than a half from one side to the other is even again:

    >>> inside = corrected[disc > 0]
    >>> bool(inside.std() / inside.mean() < 0.05)
    True
    """
    import numpy as np
    import SimpleITK as sitk

    check_grey(image, "n4_bias_field")
    check_finite(image, "n4_bias_field")
    if image.unit == "HU":
        raise UnsupportedInput("n4_bias_field corrects MR images; values in HU have no such field.")
    if min(image.pixels.shape[1:]) < LEAST or np.count_nonzero(image.pixels > 0) < 100:
        raise UnsupportedInput("n4_bias_field takes 4 rows and columns at least, with a hundred positive pixels.")
    whole: Any = sitk.Cast(image.to_simpleitk(), sitk.sitkFloat32)
    flat = len(image.pixels) < LEAST
    grids = [whole[:, :, plane] for plane in range(len(image.pixels))] if flat else [whole]
    fields = [_field(grid, iterations, spacing, each, len(grids)) for each, grid in enumerate(grids)]
    field = np.stack(fields) if flat else fields[0]
    inside = image.pixels > 0
    field -= field[inside].mean()
    factors = np.exp(field)
    values = as_float(image.pixels) / factors
    measured = {"bias_smallest": float(factors[inside].min()), "bias_largest": float(factors[inside].max())}
    rounded = np.rint(values) if image.pixels.dtype.kind in "iu" else values
    return Result(image=image.with_values(rounded), measurements=measured)


def _field(grid: Any, iterations: int, spacing: float, done: int, of: int) -> Any:
    """Return the logarithm of the field at each pixel of a plane or a volume."""
    import numpy as np
    import SimpleITK as sitk

    mask = sitk.And(sitk.OtsuThreshold(grid, 0, 1), sitk.Cast(grid > 0, sitk.sitkUInt8))
    if not sitk.GetArrayViewFromImage(mask).any():
        return np.zeros(grid.GetSize()[::-1], np.float32)
    factors = [
        max(1, min(int(spacing / own + 0.5), size // LEAST))
        for own, size in zip(grid.GetSpacing(), grid.GetSize(), strict=True)
    ]
    correct: Any = sitk.N4BiasFieldCorrectionImageFilter()
    correct.SetMaximumNumberOfIterations([iterations] * LEVELS)
    correct.AddCommand(sitk.sitkIterationEvent, lambda: report_progress(_progress(correct, iterations, done, of)))
    correct.Execute(sitk.Shrink(grid, factors), sitk.Shrink(mask, factors))
    return sitk.GetArrayFromImage(correct.GetLogBiasFieldAsImage(grid))


def _progress(correct: Any, iterations: int, done: int, of: int) -> float:
    level = correct.GetCurrentLevel() + correct.GetElapsedIterations() / iterations
    return (done + min(level / LEVELS, 1)) / of


@hookimpl
def register_algorithms() -> Algorithm:
    """Register `n4_bias_field`."""
    return Algorithm(
        name="n4_bias_field",
        summary="Removes the slow change of brightness across an MR image.",
        run=n4_bias_field,
        scopes=("image", "series"),
        resources=RESOURCES,
        reference="Tustison et al., IEEE TMI 29(6):1310-1320 (2010), doi:10.1109/TMI.2010.2046908",
        translations={"it": N4_BIAS_FIELD},
    )
