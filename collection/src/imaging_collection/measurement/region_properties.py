"""Size, place, shape and values of each region of labels."""
# pyright: reportMissingTypeStubs=false, reportUnknownVariableType=false, reportUnknownMemberType=false
# pyright: reportUnknownArgumentType=false
# (SciPy has no types)

from dataclasses import dataclass
from math import cbrt, pi, prod
from typing import TYPE_CHECKING, Annotated, Any, Final

from imaging import Algorithm, Image, Input, Labels, Output, Points, Quantity, Resources, Table, hookimpl
from imaging_collection.inputs import check_finite, check_grey
from imaging_collection.italian.measurement import REGION_PROPERTIES
from imaging_collection.overlap import laid_on

if TYPE_CHECKING:
    from numpy.typing import NDArray

RESOURCES: Final = Resources(vcpu=1, memory_mib=8192, timeout=600, acceptable_latency=10, typical_seconds=0.5)


@dataclass(frozen=True)
class Regions:
    """What `region_properties` returns."""

    regions: Annotated[Table, Output("a row for each label")]
    number: Annotated[Quantity, Output("labels beside the background")]
    volume: Annotated[Quantity, Output("of all of them", unit="ml")]


def region_properties(
    image: Image,
    labels: Annotated[Labels, Input("the regions, such as the labels of an earlier job")],
) -> Regions:
    """Measure size, place, shape and values of each region of labels.

    Parameters
    ----------
    image : Image
        Pixels of shape (P, M, N), axes plane, row, column; integer or floating point, one channel. Its values are
        measured within the regions.
    labels : Labels
        The regions, of any grid: sizes and shapes are those on it, 0 is the background.

    Returns
    -------
    Regions
        `number`, and `volume` in ml, of all regions. The table `regions`, a row for each label, has the columns
        `label`; `name`; `voxels`; `volume` (mm3); `equivalent_diameter` (mm), of the ball of that volume; `x`, `y`
        and `z` (mm, LPS) of its centroid; `height`, `length` and `width` (mm), from its first plane, row and column to
        the end of its last; `major_axis`, `middle_axis` and `minor_axis` (mm) of the ellipsoid of the same second
        moments; `mean`, `standard_deviation`, `minimum` and `maximum`, in the image's unit, of the values within it;
        empty if the image shows none of it.

    Raises
    ------
    UnsupportedInput
        If the image is in colour, if pixels are neither integer nor floating point, if a value is not finite, or if
        image and labels have no place in common.

    Notes
    -----
    A label is one region even if it has several parts. An axis is 2 * sqrt(5 * v), with v a principal variance of the
    places of the voxels' middles [1]_; of a single voxel all are 0. If the labels have another grid, values are
    interpolated linearly at their voxels.

    References
    ----------
    .. [1] Hu MK. Visual pattern recognition by moment invariants. IRE Transactions on Information Theory 8(2):179-187
       (1962). :DOI:`10.1109/TIT.1962.1057692`

    Examples
    --------
    >>> import numpy as np
    >>> from imaging import Image, Labels
    >>> image = Image(np.array([[[10, 20, 30, 40]]], dtype=np.int16), spacing=(2.0, 1.0, 0.5))
    >>> found = region_properties(image, Labels.of(image, [[[1, 1, 0, 7]]], {1: "left", 7: "right"}))
    >>> columns = found.regions.columns
    >>> columns["name"], columns["volume"], columns["x"], columns["mean"]
    (['left', 'right'], [2.0, 1.0], [0.25, 1.5], [15.0, 40.0])
    """
    import numpy as np
    from scipy import ndimage

    check_grey(image, "region_properties")
    check_finite(image, "region_properties")
    values, covered = laid_on(labels, image, None, "region_properties", "labels")
    numbers = [int(each) for each in np.unique(labels.pixels) if each]
    # renumbered without gaps: a box is looked for up to the highest
    boxes: Any = ndimage.find_objects(np.searchsorted([0, *numbers], labels.pixels))
    rows = [_row(labels, number, box, values, covered) for number, box in zip(numbers, boxes, strict=True)]
    empty = _row(labels, 0, (slice(0, 0),) * 3, values, covered) if not rows else rows[0]
    millimetres = ("equivalent_diameter", "x", "y", "z", "height", "length", "width")
    units = {"volume": "mm3", **dict.fromkeys((*millimetres, "major_axis", "middle_axis", "minor_axis"), "mm")}
    if image.unit:
        units |= dict.fromkeys(("mean", "standard_deviation", "minimum", "maximum"), image.unit)
    volume = sum(row["volume"] for row in rows) / 1000
    table = Table({name: [row[name] for row in rows] for name in empty}, units)
    return Regions(table, Quantity(len(rows)), Quantity(volume))


def _row(labels: Labels, number: int, box: Any, values: "NDArray[Any]", covered: "NDArray[Any]") -> dict[str, Any]:
    import numpy as np

    inside = labels.pixels[box] == number
    within = values[box][inside & covered[box]].astype(np.float64)
    places = np.argwhere(inside) + [each.start for each in box]
    volume = len(places) * prod(labels.spacing)
    variances = np.cov((places * labels.spacing).T, bias=True) if len(places) else np.zeros((3, 3))
    minor, between, major = (2 * np.sqrt(5 * np.clip(np.linalg.eigvalsh(variances), 0, None))).tolist()
    middles: Any = Points.of_indices(labels, places.mean(0) if len(places) else (0, 0, 0)).positions
    x, y, z = middles[0].tolist()
    height, length, width = ((each.stop - each.start) * step for each, step in zip(box, labels.spacing, strict=True))
    row: dict[str, Any] = {"label": number, "name": labels.names.get(number, ""), "voxels": len(places)}
    row |= {"volume": volume, "equivalent_diameter": cbrt(6 * volume / pi)}
    row |= {"x": x, "y": y, "z": z, "height": height, "length": length, "width": width}
    row |= {"major_axis": major, "middle_axis": between, "minor_axis": minor}
    measures = (np.mean, np.std, np.min, np.max)
    named = zip(("mean", "standard_deviation", "minimum", "maximum"), measures, strict=True)
    return row | {name: float(measure(within)) if within.size else None for name, measure in named}


@hookimpl
def register_algorithms() -> Algorithm:
    """Register `region_properties`."""
    return Algorithm(
        name="region_properties",
        summary="Measures size, place, shape and values of each region of labels.",
        run=region_properties,
        scopes=("image", "series"),
        resources=RESOURCES,
        reference="Hu, IRE Trans Inf Theory 8(2):179-187 (1962), doi:10.1109/TIT.1962.1057692",
        translations={"it": REGION_PROPERTIES},
    )
