"""How much the surroundings of a pixel look like a vessel."""

from typing import TYPE_CHECKING, Annotated, Any, Final, Literal

from imaging import Algorithm, Image, Parameter, Resources, UnsupportedInput, hookimpl, report_progress
from imaging_collection.features.derivatives import second_derivatives
from imaging_collection.features.eigenvalues import of_three, of_two
from imaging_collection.inputs import as_float, check_finite, check_grey, value_range
from imaging_collection.italian.features import VESSELNESS

if TYPE_CHECKING:
    from numpy.typing import NDArray

RESOURCES: Final = Resources(vcpu=2, memory_mib=16384, timeout=1800, acceptable_latency=60, typical_seconds=15)
ALPHA, BETA = 0.5, 0.5  # of Frangi: how much a plate, and a blob, may be mistaken for a tube


def vesselness(
    image: Image,
    smallest: Annotated[float, Parameter("radius of the thinnest vessels", gt=0, le=20, unit="mm")] = 1.0,
    largest: Annotated[float, Parameter("radius of the thickest vessels", gt=0, le=20, unit="mm")] = 3.0,
    scales: Annotated[int, Parameter("number of radii that are tried", ge=1, le=10)] = 3,
    contrast: Annotated[
        float, Parameter("second derivative that counts as half of a vessel", gt=0, le=1, unit="fraction of range")
    ] = 0.1,
    vessels: Annotated[
        Literal["bright", "dark"], Parameter("whether vessels are brighter than what is around")
    ] = "bright",
    planes: Annotated[
        Literal["separately", "together"], Parameter("look for lines within planes, or for tubes across them as well")
    ] = "separately",
) -> Image:
    """Map from 0 to 1 how much the surroundings of each pixel look like a tube.

    Parameters
    ----------
    image : Image
        Pixels of shape (P, M, N), axes plane, row, column; integer or floating point, one channel.
    smallest, largest : float
        Radii of the thinnest and the thickest vessels, in mm: the standard deviations of the Gaussian derivatives.
    scales : int
        Number of radii that are tried, from `smallest` to `largest` in equal ratios. The time grows with it.
    contrast : float
        Length of the second derivatives, times the squared radius, at which a perfect tube has 0.39; as a fraction of
        range, which is the distance from the 1st to the 99th percentile. Lower values let fainter vessels through,
        and noise.
    vessels : {'bright', 'dark'}
        Whether vessels are brighter or darker than what is around them.
    planes : {'separately', 'together'}
        'separately' looks for lines within each plane, as thick planes need it; 'together' for tubes in the volume,
        whose planes must lie no further apart than `smallest` is wide (twice its value).

    Returns
    -------
    Image
        A map of type float32 from 0 (no vessel) to 1, without unit: at each pixel the largest of all radii.

    Raises
    ------
    UnsupportedInput
        If the image is in colour, if pixels are neither integer nor floating point, if a value is not finite, if
        `smallest` is above `largest`, or if planes that are taken together lie too far apart.

    Notes
    -----
    Frangi's measure [1]_ with alpha and beta 0.5 and c = `contrast`, from eigenvalues of the second derivatives in mm.
    A single plane is always one of lines. Beyond the border the outermost values repeat.

    References
    ----------
    .. [1] Frangi AF, Niessen WJ, Vincken KL, Viergever MA. Multiscale vessel enhancement filtering. MICCAI, LNCS
       1496:130-137 (1998). :DOI:`10.1007/BFb0056195`

    Examples
    --------
    >>> import numpy as np
    >>> from imaging import Image
    >>> row, column = np.mgrid[:32, :32]
    >>> line = 1000 * np.exp(-((column - 16) ** 2) / 8)[np.newaxis].astype(np.float32)
    >>> map = vesselness(Image(line), smallest=2, largest=2, scales=1).pixels[0]
    >>> bool(map[16, 16] > 0.9), bool(map[16, 28] < 0.1)
    (True, True)
    """
    import numpy as np

    check_grey(image, "vesselness")
    check_finite(image, "vesselness")
    if smallest > largest:
        raise UnsupportedInput(f"The thinnest vessels, {smallest:g} mm, are thicker than the thickest, {largest:g} mm.")
    flat = planes == "separately" or len(image.pixels) == 1
    if not flat and image.spacing[0] > 2 * smallest:
        raise UnsupportedInput(
            f"Planes {image.spacing[0]:g} mm apart do not show tubes of {smallest:g} mm radius; "
            "take larger radii, or planes separately."
        )
    volume = as_float(image.pixels) * (1 if vessels == "bright" else -1)
    scale = contrast * value_range(image.pixels)
    parts = list(volume[:, np.newaxis]) if flat else [volume]
    found = np.zeros(volume.shape, np.float32)
    radii = np.geomspace(smallest, largest, scales)
    for index, radius in enumerate(radii):
        sigmas = [float(radius) / each for each in image.spacing]
        if flat:
            sigmas[0] = 0.0
        for number, part in enumerate(parts):
            place = slice(number, number + 1) if flat else slice(None)
            np.maximum(found[place], _tube(part, sigmas, scale), out=found[place])
            report_progress((index + (number + 1) / len(parts)) / scales)
    return image.with_map(found)


def _tube(volume: "NDArray[Any]", sigmas: list[float], scale: float) -> "NDArray[Any]":
    """Return Frangi's measure at one radius; an axis with sigma 0 has no part in it."""
    import numpy as np

    second = second_derivatives(volume, sigmas)
    values = of_two(*second) if len(second) == 3 else of_three(second)
    strength = sum(each**2 for each in values)
    tiny = np.finfo(volume.dtype).tiny
    if len(values) == 2:
        shape = np.exp(-(values[0] ** 2) / np.maximum(2 * BETA**2 * values[1] ** 2, tiny))
        inside = values[1] < 0
    else:
        shape = 1 - np.exp(-(values[1] ** 2) / np.maximum(2 * ALPHA**2 * values[2] ** 2, tiny))
        shape *= np.exp(-(values[0] ** 2) / np.maximum(2 * BETA**2 * np.abs(values[1] * values[2]), tiny))
        inside = (values[1] < 0) & (values[2] < 0)
    return np.where(inside, shape * -np.expm1(-strength / (2 * scale**2)), 0)


@hookimpl
def register_algorithms() -> Algorithm:
    """Register `vesselness`."""
    return Algorithm(
        name="vesselness",
        summary="Maps from 0 to 1 how much the surroundings of each pixel look like a vessel.",
        run=vesselness,
        scopes=("image", "series"),
        resources=RESOURCES,
        reference="Frangi et al., MICCAI, LNCS 1496:130-137 (1998), doi:10.1007/BFb0056195",
        translations={"it": VESSELNESS},
    )
