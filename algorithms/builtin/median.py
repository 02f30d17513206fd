"""Median filter within each plane."""

from typing import Annotated, Final

from imaging import Algorithm, Image, Parameter, Resources, Translation, UnsupportedInput, hookimpl, report_progress

# Pixels from the centre to the edge of the largest window; the time grows with the window's area.
LARGEST: Final = 50


def median(
    image: Image,
    radius: Annotated[float, Parameter("from the window's centre to its edge", gt=0, le=20, unit="mm")] = 1.0,
) -> Image:
    """Replace each value by the median of a window around it, plane by plane.

    Parameters
    ----------
    image : Image
        Pixels of shape (P, M, N) or (P, M, N, 3), axes plane, row, column; integer or floating point. The channels of
        a colour image are filtered one by one.
    radius : float
        Distance from the window's centre to its edge, in mm. On each axis it becomes the nearest whole number r of
        pixels by the spacing on that axis, and the window holds 2 r + 1 pixels; on the finer axis r is at least 1.

    Returns
    -------
    Image
        The filtered image: same shape and type; each value is one of the input's, in the input's unit.

    Raises
    ------
    UnsupportedInput
        If pixels are neither integer nor floating point, or if the window would reach further than 50 pixels.

    Notes
    -----
    The result is, bit for bit, that of `scipy.ndimage.median_filter` with `mode='nearest'`: beyond the border the
    outermost values repeat. OpenCV computes it if it gives the same bits: square windows on 8-bit pixels, and of
    3 x 3 or 5 x 5 pixels on 16-bit and single precision pixels, some hundred times faster than SciPy; other square
    windows on planes of at most some thousand different values, whose ranks it filters as a sum of 8-bit images, 2 to
    a hundred times faster. SciPy computes the others, and floating-point planes with NaN or negative zero, which the
    two order differently. Unlike SciPy's, whole numbers beyond 2**53 stay as they are.

    The median removes isolated outliers and keeps edges [1]_.

    References
    ----------
    .. [1] Huang T, Yang G, Tang G. A fast two-dimensional median filtering algorithm. IEEE Transactions on Acoustics,
       Speech, and Signal Processing 27(1):13-18 (1979). :DOI:`10.1109/TASSP.1979.1163188`

    Examples
    --------
    >>> import numpy as np
    >>> from imaging import Image
    >>> pixels = np.full((1, 3, 5), 7, dtype=np.uint16)
    >>> pixels[0, 1, 2] = 4000
    >>> median(Image(pixels), radius=1.0).pixels[0]
    array([[7, 7, 7, 7, 7],
           [7, 7, 7, 7, 7],
           [7, 7, 7, 7, 7]], dtype=uint16)
    """
    import numpy as np

    from algorithms.builtin.plane_median import filtered

    if image.pixels.dtype.kind not in "iuf":
        raise UnsupportedInput(f"median takes integer or floating-point pixels, not {image.pixels.dtype}.")
    reach = _reach(radius, image.spacing[1:])
    native = np.ascontiguousarray(image.pixels, dtype=image.pixels.dtype.newbyteorder("="))
    values = np.empty_like(native)
    for index, plane in enumerate(native):
        values[index] = filtered(plane, reach)
        report_progress((index + 1) / len(native))
    return image.with_values(values)


def _reach(radius: float, spacing: tuple[float, ...]) -> tuple[int, int]:
    """Return how many pixels the window reaches from its centre, in rows and in columns."""
    row, column = (int(radius / distance + 0.5) for distance in spacing)
    if row == column == 0:  # a window of one pixel would filter nothing, and not say so
        finest = min(spacing)
        row, column = (int(distance == finest) for distance in spacing)
    if max(row, column) > LARGEST:
        raise UnsupportedInput(
            f"A radius of {radius:g} mm is {max(row, column)} pixels of this image; median takes at most {LARGEST}."
        )
    return row, column


ITALIAN: Final = Translation(
    summary="Sostituisce ogni valore con la mediana intorno: toglie i valori anomali isolati e conserva i bordi.",
    names={"radius": "Raggio"},
    descriptions={"radius": "dal centro della finestra al suo bordo"},
)


@hookimpl
def register_algorithms() -> Algorithm:
    """Register `median`."""
    return Algorithm(
        name="median",
        summary="Replaces each value by the median around it, which removes isolated outliers and keeps edges.",
        run=median,
        scopes=("image", "series"),
        resources=Resources(vcpu=1, memory_mib=4096, timeout=600, acceptable_latency=10, typical_seconds=0.2),
        reference="Huang, Yang and Tang, IEEE TASSP 27(1):13-18 (1979), doi:10.1109/TASSP.1979.1163188",
        translations={"it": ITALIAN},
    )
