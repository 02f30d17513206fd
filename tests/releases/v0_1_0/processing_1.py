"""Unsharp masking: a complete imaging plugin in one file."""

from typing import Annotated, Any

from imaging import Algorithm, Image, Parameter, Resources, UnsupportedInput, hookimpl, report_progress


def processing_1(
    image: Image,
    radius: Annotated[float, Parameter("standard deviation of the blur", gt=0, le=50, unit="mm")] = 2.0,
    amount: Annotated[float, Parameter("how much of the difference is added", ge=0, le=10)] = 1.0,
) -> Image:
    """Sharpen each plane by adding what a Gaussian blur takes away.

    Parameters
    ----------
    image : Image
        Pixels of shape (P, M, N) or (P, M, N, 3), axes plane, row, column; integer or floating point.
    radius : float
        Standard deviation of the blur, in mm; structures of about this size are enhanced.
    amount : float
        How much of the difference between image and blur is added; 0 leaves the image as it is.

    Returns
    -------
    Image
        The sharpened image: same shape and type, in the input's unit. At edges values overshoot the input's range; in
        an integer type they stop at the ends of that type.

    Raises
    ------
    UnsupportedInput
        If pixels are neither integer nor floating point.

    Notes
    -----
    The result is ``image + amount * (image - blurred)`` [1]_, by `skimage.filters.unsharp_mask`.

    References
    ----------
    .. [1] Polesel A, Ramponi G, Mathews VJ. Image enhancement via adaptive unsharp masking. IEEE Transactions on Image
       Processing 9(3):505-510 (2000). :DOI:`10.1109/83.826787`

    Examples
    --------
    >>> import numpy as np
    >>> from imaging import Image
    >>> step = np.repeat(np.array([[[100, 200]]], dtype=np.int16), 3, axis=2)
    >>> processing_1(Image(step), radius=1.0, amount=1.0).pixels
    array([[[100,  94,  70, 230, 206, 200]]], dtype=int16)
    """
    import numpy as np
    from skimage.filters import unsharp_mask

    if image.pixels.dtype.kind not in "iuf":
        raise UnsupportedInput(f"processing_1 takes integer or floating-point pixels, not {image.pixels.dtype}.")
    # scikit-image annotates the radius as one number, and takes one for each axis
    sharpen: Any = unsharp_mask
    radii = [radius / distance for distance in image.spacing[1:]]
    # not -1: unsharp_mask fills the wrong axis when counted from the end (scikit-image issue 7264)
    channel_axis = 2 if image.is_colour else None
    values = np.empty(image.pixels.shape)
    for index, plane in enumerate(image.pixels):
        values[index] = sharpen(plane, radii, amount, preserve_range=True, channel_axis=channel_axis)
        report_progress((index + 1) / len(values))
    return image.with_values(values)


@hookimpl
def register_algorithms() -> Algorithm:
    return Algorithm(
        name="processing_1",
        summary="Sharpens each plane by unsharp masking.",
        run=processing_1,
        scopes=("image", "series"),
        resources=Resources(vcpu=1, memory_mib=4096, timeout=300, acceptable_latency=10, typical_seconds=0.2),
        reference="Polesel, Ramponi and Mathews, IEEE TIP 9(3):505-510 (2000), doi:10.1109/83.826787",
    )
