"""What the values of an image are, in numbers."""

from typing import Annotated, Final

from imaging import Algorithm, Image, Parameter, Resources, Result, UnsupportedInput, hookimpl
from imaging_collection.inputs import check_grey
from imaging_collection.italian.measurement import HISTOGRAM_STATISTICS

RESOURCES: Final = Resources(vcpu=1, memory_mib=8192, timeout=300, acceptable_latency=10, typical_seconds=0.3)
PERCENTILES: Final = (1, 5, 25, 50, 75, 95, 99)


def histogram_statistics(
    image: Image,
    lower: Annotated[float | None, Parameter("smallest value that counts", unit="image's unit")] = None,
    upper: Annotated[float | None, Parameter("largest value that counts", unit="image's unit")] = None,
    bins: Annotated[int, Parameter("number of bins for the entropy", ge=2, le=65536)] = 256,
) -> Result:
    """Measure the distribution of the values.

    Parameters
    ----------
    image : Image
        Pixels of shape (P, M, N), axes plane, row, column; integer or floating point, one channel.
    lower : float or None
        Smallest value that counts, in the image's unit (HU for CT): leaves air or padding out. None sets no limit.
    upper : float or None
        Largest value that counts, in the image's unit (HU for CT). None sets no limit.
    bins : int
        Number of bins, of equal width from the smallest value to the largest, from which the entropy is computed.

    Returns
    -------
    Result
        No image. Measurements in the image's unit, with `_hu` at the end of the name if that is HU: `smallest`,
        `largest`, `mean`, `standard_deviation`, and the percentiles `p1`, `p5`, `p25`, `p50` (the median), `p75`,
        `p95`, `p99`. Without unit: `voxels`, the number of values that count, `skewness` and `excess_kurtosis` (both
        0 for a normal distribution, and left out if all values are equal), `entropy_bits`.

    Raises
    ------
    UnsupportedInput
        If the image is in colour, if pixels are neither integer nor floating point, or if no value counts.

    Notes
    -----
    Values that are infinite or not numbers do not count. The standard deviation is that of the values themselves
    (divided by their number), skewness and kurtosis are moments of the same kind [1]_. Percentiles between two values
    are interpolated.

    References
    ----------
    .. [1] Joanes DN, Gill CA. Comparing measures of sample skewness and kurtosis. The Statistician 47(1):183-189
       (1998). :DOI:`10.1111/1467-9884.00122`

    Examples
    --------
    >>> import numpy as np
    >>> from imaging import Image
    >>> pixels = np.array([[[-1000, 10, 20, 30, 40]]], dtype=np.int16)
    >>> measured = histogram_statistics(Image(pixels, unit="HU"), lower=-900).measurements
    >>> measured["voxels"], measured["mean_hu"], measured["p50_hu"], measured["entropy_bits"]
    (4, 25.0, 25.0, 2.0)
    """
    import numpy as np

    check_grey(image, "histogram_statistics")
    values = image.pixels[np.isfinite(image.pixels)] if image.pixels.dtype.kind == "f" else image.pixels.ravel()
    if lower is not None:
        values = values[values >= lower]
    if upper is not None:
        values = values[values <= upper]
    if values.size == 0:
        raise UnsupportedInput("histogram_statistics has nothing to measure: no value is finite and within the limits.")
    exact = values.astype(np.float64)
    mean, deviation = float(exact.mean()), float(exact.std())
    unit = "_hu" if image.unit == "HU" else ""
    measured: dict[str, float | int] = {
        "voxels": int(exact.size),
        f"smallest{unit}": float(exact.min()),
        f"largest{unit}": float(exact.max()),
        f"mean{unit}": mean,
        f"standard_deviation{unit}": deviation,
    }
    found = np.percentile(exact, PERCENTILES)
    measured |= {f"p{percent}{unit}": float(value) for percent, value in zip(PERCENTILES, found, strict=True)}
    counts = np.histogram(exact, bins)[0]
    shares = counts[counts > 0] / exact.size
    measured["entropy_bits"] = float(-(shares * np.log2(shares)).sum()) + 0.0  # never minus zero
    if deviation > 0:
        exact -= mean
        exact /= deviation
        squares = exact * exact
        measured["skewness"] = float((squares * exact).mean())
        measured["excess_kurtosis"] = float((squares * squares).mean()) - 3
    return Result(measurements=measured)


@hookimpl
def register_algorithms() -> Algorithm:
    """Register `histogram_statistics`."""
    return Algorithm(
        name="histogram_statistics",
        summary="Measures the distribution of the values: mean, deviation, percentiles, entropy.",
        run=histogram_statistics,
        scopes=("image", "series"),
        resources=RESOURCES,
        reference="Joanes and Gill, The Statistician 47(1):183-189 (1998), doi:10.1111/1467-9884.00122",
        translations={"it": HISTOGRAM_STATISTICS},
    )
