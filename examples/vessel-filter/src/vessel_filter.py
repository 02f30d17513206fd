"""A vessel filter: a map from 0 to 1 with a window of its own, in one file."""

from typing import Annotated, Literal

from imaging import Algorithm, Image, Output, Parameter, Resources, UnsupportedInput, hookimpl, report_progress

# Scalp and skull are the strongest lines: a map that ends at white at 0.3 shows the thin ones within, too.
WINDOW = (0.15, 0.3)


def vessel_filter(
    image: Image,
    radius: Annotated[float, Parameter("radius of the thinnest vessels", gt=0, le=20, unit="mm")] = 1.0,
    widest: Annotated[float, Parameter("radius of the widest, as a multiple of it", ge=1, le=8)] = 3.0,
    vessels: Annotated[Literal["bright", "dark"], Parameter("how they look on their ground")] = "bright",
) -> Annotated[Image, Output("how much the surroundings of each pixel look like a vessel", window=WINDOW)]:
    """Find lines in each plane by the second derivatives of the image, at four radii.

    Raises UnsupportedInput for colour, for values that are not finite, and for a single row or column.
    """
    import numpy as np
    from skimage.feature import hessian_matrix, hessian_matrix_eigvals

    if image.is_colour or not np.isfinite(image.pixels).all():
        raise UnsupportedInput("vessel_filter takes images of one channel whose values are all finite.")
    if min(image.pixels.shape[1:]) < 2:
        raise UnsupportedInput("vessel_filter takes planes of at least two rows and two columns.")
    found = np.zeros(image.pixels.shape, np.float32)
    pixel = (image.spacing[1] * image.spacing[2]) ** 0.5
    for index, plane in enumerate(image.pixels.astype(np.float32)):
        ground = -plane if vessels == "dark" else plane
        for sigma in np.geomspace(radius, radius * widest, 4) / pixel:
            second = hessian_matrix(ground, sigma, mode="nearest", use_gaussian_derivatives=False)
            _, across = hessian_matrix_eigvals(second)  # the lower one: below 0 on a bright line
            np.maximum(found[index], -across * sigma**2, out=found[index])
        report_progress((index + 1) / len(found))
    strongest = float(np.percentile(found, 99.5))
    return image.with_map(np.clip(found / strongest, 0, 1) if strongest > 0 else found)


@hookimpl
def register_algorithms() -> Algorithm:
    return Algorithm(
        name="vessel_filter",
        summary="Maps from 0 to 1 how much each place looks like a vessel.",
        run=vessel_filter,
        scopes=("image", "series"),
        resources=Resources(vcpu=1, memory_mib=4096, timeout=300, typical_seconds=2),
        reference="Sato et al., Medical Image Analysis 2(2):143-168 (1998), doi:10.1016/S1361-8415(98)80009-1",
    )
