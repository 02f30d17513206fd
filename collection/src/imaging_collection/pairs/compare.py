"""How alike two images are, in the usual measures."""

import math
from dataclasses import dataclass
from typing import Annotated, Final

from imaging import (
    Algorithm,
    Image,
    Input,
    Labels,
    Output,
    Quantity,
    Resources,
    Table,
    Transform,
    UnsupportedInput,
    hookimpl,
    report_progress,
)
from imaging_collection import similarity
from imaging_collection.agreement import agreement
from imaging_collection.inputs import as_float
from imaging_collection.italian.pairs import COMPARE
from imaging_collection.overlap import check_pair, laid_on

RESOURCES: Final = Resources(vcpu=1, memory_mib=8192, timeout=600, acceptable_latency=10, typical_seconds=1)


@dataclass(frozen=True)
class Comparison:
    """What `compare` returns."""

    mse: Annotated[Quantity, Output("mean squared difference, in the square of the values' unit")]
    rmse: Annotated[Quantity, Output("its square root, in the values' unit")]
    mae: Annotated[Quantity, Output("mean absolute difference, in the values' unit")]
    ncc: Annotated[Quantity | None, Output("normalized cross-correlation, -1 to 1; none for one value alone")]
    ssim: Annotated[Quantity | None, Output("structural similarity, -1 to 1; none below 7 x 7 pixels")]
    mutual_information: Annotated[Quantity, Output("what one image tells about the other", unit="bit")]
    overlap: Annotated[Quantity, Output("share of this image that the other covers", unit="%")]
    agreement: Annotated[Table | None, Output("Dice and Jaccard of each label, if there are labels of both")]


def compare(
    image: Image,
    other: Annotated[Image, Input("the image that it is compared with")],
    labels: Annotated[Labels | None, Input("structures of this image")] = None,
    other_labels: Annotated[Labels | None, Input("the same structures of the other image")] = None,
    transform: Annotated[
        Transform | None, Input("leads from this image to the other, as a registration gives it")
    ] = None,
) -> Comparison:
    """Measure how alike two images are where both show something, and how well their labels agree.

    Parameters
    ----------
    image : Image
        Pixels of shape (P, M, N), axes plane, row, column; integer or floating point, one channel.
    other : Image
        The image that it is compared with, of any grid and unit.
    labels, other_labels : Labels, optional
        Structures of either image, by the same numbers; both or none.
    transform : Transform, optional
        Leads from points of this image to those of the other, in mm.

    Returns
    -------
    Comparison
        `mse` in the square of the values' unit; `rmse` and `mae` in it; `ncc` and `ssim`, from -1 to 1;
        `mutual_information` in bits, of 64 ranges of values; `overlap` in %; and the table `agreement` with the columns
        `label`, `name`, `volume` and `other_volume` (mm3), `dice` and `jaccard` (0 to 1).

    Raises
    ------
    UnsupportedInput
        If an image is in colour, if pixels are neither integer nor floating point, if a value is not finite, if there
        is no place that both images show, or if labels of one image alone are given.

    Notes
    -----
    Pixels of the other image are interpolated linearly, labels to the nearest, unless grids are the same. Structural
    similarity is that of each plane in windows of 7 x 7 pixels [1]_, with the range of both images' values. Measures of
    differences mean little if the images are of different modalities; mutual information still does.

    References
    ----------
    .. [1] Wang Z, Bovik AC, Sheikh HR, Simoncelli EP. Image quality assessment: from error visibility to structural
       similarity. IEEE Transactions on Image Processing 13(4):600-612 (2004). :DOI:`10.1109/TIP.2003.819861`

    Examples
    --------
    >>> import numpy as np
    >>> from imaging import Image
    >>> ramp = np.arange(64, dtype=np.int16).reshape(1, 8, 8)
    >>> found = compare(Image(ramp), Image(ramp + 3))
    >>> found.rmse.value, round(found.ncc.value, 6), found.mutual_information.value
    (3.0, 1.0, 6.0)
    """
    import numpy as np

    check_pair(image, other, "compare", "other")
    if (labels is None) != (other_labels is None):
        one = "labels" if other_labels is None else "other_labels"
        raise UnsupportedInput(f"compare takes labels of both images or of none; {one} alone is given.")
    values, covered = laid_on(image, other, transform, "compare", "other")
    report_progress(0.3)
    here, there = (each[covered].astype(np.float64) for each in (as_float(image.pixels), values))
    away = here - there
    squared = float(away @ away) / away.size
    report_progress(0.5)
    alike = similarity.structural_similarity(as_float(image.pixels), values, covered)
    ncc = similarity.correlation(here, there)
    report_progress(0.9)
    agreed = agreement(labels, other_labels, transform) if labels is not None and other_labels is not None else None
    return Comparison(
        mse=Quantity(squared),
        rmse=Quantity(math.sqrt(squared)),
        mae=Quantity(float(np.abs(away).mean())),
        ncc=None if math.isnan(ncc) else Quantity(ncc),
        ssim=None if math.isnan(alike) else Quantity(alike),
        mutual_information=Quantity(similarity.mutual_information(here, there)),
        overlap=Quantity(100 * float(covered.mean())),
        agreement=agreed,
    )


@hookimpl
def register_algorithms() -> Algorithm:
    """Register `compare`."""
    return Algorithm(
        name="compare",
        summary="Measures how alike two images are, and how well labels agree.",
        run=compare,
        scopes=("image", "series"),
        resources=RESOURCES,
        reference="Wang et al., IEEE Trans Image Process 13(4):600-612 (2004), doi:10.1109/TIP.2003.819861",
        translations={"it": COMPARE},
    )
