"""Gaussian smoothing, plane by plane or in three dimensions."""
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# (scikit-image has no types)

from functools import partial
from typing import Annotated, Any, Final, Literal

from imaging import Algorithm, Image, Parameter, Resources, Translation, UnsupportedInput, hookimpl, report_progress


def gaussian(
    image: Image,
    sigma: Annotated[float, Parameter("standard deviation of the kernel", gt=0, le=50, unit="mm")] = 1.0,
    planes: Annotated[
        Literal["separately", "together"],
        Parameter("smooth each plane by itself, or across planes as well"),
    ] = "separately",
    mode: Annotated[
        Literal["nearest", "reflect", "mirror", "wrap"],
        Parameter("how values continue beyond the border"),
    ] = "nearest",
    truncate: Annotated[
        float, Parameter("radius at which the kernel is cut off", ge=1, le=10, unit="standard deviations")
    ] = 4.0,
) -> Image:
    """Smooth with a Gaussian kernel whose width is given in mm.

    Parameters
    ----------
    image : Image
        Pixels of shape (P, M, N) or (P, M, N, 3), axes plane, row, column; integer or floating point. The channels of
        a colour image are smoothed one by one.
    sigma : float
        Standard deviation of the kernel, in mm. On each axis it is divided by the pixels' spacing on that axis, so
        that the kernel is round in the patient even if pixels are not square.
    planes : {'separately', 'together'}
        'separately' smooths within each plane; 'together' smooths across planes too, by the distance between planes.
    mode : {'nearest', 'reflect', 'mirror', 'wrap'}
        How values continue beyond the border; the words mean what they mean in scikit-image.
    truncate : float
        Radius at which the kernel is cut off, in standard deviations.

    Returns
    -------
    Image
        The smoothed image: same shape and type, in the input's unit and within the input's range of values.

    Raises
    ------
    UnsupportedInput
        If pixels are neither integer nor floating point (a mask of truth values, for example).

    Notes
    -----
    This is `skimage.filters.gaussian` with `preserve_range=True` [1]_. Integer pixels are smoothed in double
    precision and rounded to the nearest integer; single precision stays single precision. A sigma far below the
    spacing of an axis leaves that axis as it is. A value that is not a number (NaN) spreads over the kernel.

    References
    ----------
    .. [1] van der Walt S, Schoenberger JL, Nunez-Iglesias J, et al. scikit-image: image processing in Python.
       PeerJ 2:e453 (2014). :DOI:`10.7717/peerj.453`

    Examples
    --------
    >>> import numpy as np
    >>> from imaging import Image
    >>> pixels = np.zeros((1, 5, 5), dtype=np.int16)
    >>> pixels[0, 2, 2] = 100

    Columns are twice as far apart as rows, so in pixels the kernel is half as wide along a row:

    >>> smoothed = gaussian(Image(pixels, spacing=(1.0, 1.0, 2.0)), sigma=1.0)
    >>> smoothed.pixels[0]
    array([[ 0,  1,  4,  1,  0],
           [ 0,  3, 19,  3,  0],
           [ 0,  4, 31,  4,  0],
           [ 0,  3, 19,  3,  0],
           [ 0,  1,  4,  1,  0]], dtype=int16)
    """
    import numpy as np
    from skimage import filters

    if image.pixels.dtype.kind not in "iuf":
        raise UnsupportedInput(f"gaussian takes integer or floating-point pixels, not {image.pixels.dtype}.")
    native = image.pixels.astype(image.pixels.dtype.newbyteorder("="), copy=False)
    # scikit-image annotates sigma as one number, and takes one for each axis
    smooth: Any = partial(
        filters.gaussian,
        mode=mode,
        truncate=truncate,
        preserve_range=True,
        channel_axis=-1 if image.is_colour else None,
    )
    sigmas = [sigma / distance for distance in image.spacing]
    if planes == "separately":
        # plane by plane also keeps the double precision copy to one plane
        values = np.empty(native.shape, native.dtype)
        for index, plane in enumerate(native):
            smoothed = smooth(plane, sigmas[1:])
            values[index] = np.rint(smoothed) if native.dtype.kind in "iu" else smoothed
            report_progress((index + 1) / len(native))
        return image.with_values(values)
    values = smooth(native, sigmas)
    # rounded here: what is smooth may be left with two integers, and is on the image's scale still
    return image.with_values(np.rint(values) if native.dtype.kind in "iu" else values)


ITALIAN: Final = Translation(
    summary="Leviga con un nucleo gaussiano la cui larghezza è data in mm.",
    names={"planes": "Piani", "mode": "Oltre il bordo", "truncate": "Troncamento"},
    descriptions={
        "sigma": "deviazione standard del nucleo",
        "planes": "leviga ogni piano per sé, o anche da un piano all'altro",
        "mode": "come continuano i valori oltre il bordo",
        "truncate": "raggio a cui il nucleo è troncato",
    },
    choices={
        "planes": {"separately": "uno per uno", "together": "insieme"},
        "mode": {"nearest": "valore del bordo", "reflect": "riflessi", "mirror": "a specchio", "wrap": "da capo"},
    },
    units={"truncate": "deviazioni standard"},
)


@hookimpl
def register_algorithms() -> Algorithm:
    """Register `gaussian`."""
    return Algorithm(
        name="gaussian",
        summary="Smooths with a Gaussian kernel whose width is given in mm.",
        run=gaussian,
        scopes=("image", "series"),
        resources=Resources(vcpu=1, memory_mib=4096, timeout=300, acceptable_latency=10, typical_seconds=0.2),
        reference="van der Walt et al., scikit-image, PeerJ 2:e453 (2014), doi:10.7717/peerj.453",
        translations={"it": ITALIAN},
    )
