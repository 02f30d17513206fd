"""How much stronger the signal is than the noise."""

import math
from typing import Final

from imaging import Algorithm, Image, Resources, Result, UnsupportedInput, hookimpl
from imaging_collection.inputs import as_float
from imaging_collection.italian.measurement import SNR
from imaging_collection.noise import noise_of
from imaging_collection.segmentation.body_mask import body_of

RESOURCES: Final = Resources(vcpu=1, memory_mib=8192, timeout=300, acceptable_latency=10, typical_seconds=0.5)
AIR: Final = -1000.0  # HU: no attenuation, so no signal


def snr(image: Image) -> Result:
    """Measure signal and noise within the body.

    Parameters
    ----------
    image : Image
        Pixels of shape (P, M, N), axes plane, row, column; integer or floating point, one channel.

    Returns
    -------
    Result
        No image. Measurements: `signal` and `noise` in the image's unit (`signal_hu` and `noise_hu` if that is HU),
        their ratio `snr`, and `snr_db`, the same in decibels. Without noise the latter two are left out, and
        `missing` says so.

    Raises
    ------
    UnsupportedInput
        If the image is in colour, if pixels are neither integer nor floating point, if a value is not finite, if
        nothing is brighter than the rest, or if the body is nowhere 3 x 3 pixels wide.

    Notes
    -----
    The body is what `body_mask` finds. The signal is its mean, on CT counted from -1000 HU, where nothing attenuates.
    The noise is Immerkær's estimate [1]_ within the body, each plane weighing by the body's pixels in it. It takes
    neighbouring pixels for independent: smoothing and interpolation lower it more than they lower the noise one sees,
    and fine texture raises it.

    References
    ----------
    .. [1] Immerkær J. Fast noise variance estimation. Computer Vision and Image Understanding 64(2):300-302 (1996).
       :DOI:`10.1006/cviu.1996.0060`

    Examples
    --------
    >>> import numpy as np
    >>> from imaging import Image
    >>> row, column = np.mgrid[:128, :128]
    >>> disc = 1000.0 * ((row - 64) ** 2 + (column - 64) ** 2 < 2500)
    >>> noisy = disc + np.random.default_rng(0).normal(0, 20, disc.shape)
    >>> round(snr(Image(noisy[np.newaxis])).measurements["snr"])
    50
    """
    import numpy as np

    body = body_of(image, "snr")
    noises = np.array([noise_of(*each) for each in zip(image.pixels, body, strict=True)])
    known = np.isfinite(noises)  # in the planes whose body is wide enough
    if not known.any():
        raise UnsupportedInput("snr finds no 3 x 3 pixels of body side by side, from which noise could be told.")
    noise = float(np.average(noises[known], weights=body[known].sum(axis=(1, 2))))
    signal = float(as_float(image.pixels)[body].mean(dtype=np.float64)) - (AIR if image.unit == "HU" else 0.0)
    unit = "_hu" if image.unit == "HU" else ""
    measured = {f"signal{unit}": signal, f"noise{unit}": noise}
    if noise == 0 or signal <= 0:
        return Result(measurements=measured, missing=("The ratio has no value: there is no noise, or no signal.",))
    ratio = signal / noise
    return Result(measurements={**measured, "snr": ratio, "snr_db": 20 * math.log10(ratio)})


@hookimpl
def register_algorithms() -> Algorithm:
    """Register `snr`."""
    return Algorithm(
        name="snr",
        summary="Measures signal, noise and their ratio within the body.",
        run=snr,
        scopes=("image", "series"),
        resources=RESOURCES,
        reference="Immerkær, CVIU 64(2):300-302 (1996), doi:10.1006/cviu.1996.0060",
        translations={"it": SNR},
    )
