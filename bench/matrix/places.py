"""The classes of geometry: where pixels lie by each attribute that says so, and frames that are no volume."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Final

from pydicom.dataset import Dataset

from bench.matrix.case import Build, Case, Place

AXIAL: Final = (1, 0, 0, 0, 1, 0)
CORONAL: Final = (1, 0, 0, 0, 0, -1)
OBLIQUE: Final = (0.6, 0.8, 0, 0, 0, -2)  # the second of length 2, which readers make 1
UNPLACED: Final = ((0.0, 0.0, 0.0), (1.0, 0.0, 0.0, 0.0, 1.0, 0.0))


def item(**attributes: Any) -> Dataset:
    """Return an item of a sequence."""
    found = Dataset()
    for keyword, value in attributes.items():
        setattr(found, keyword, value)
    return found


def placed(**attributes: Any) -> dict[str, Build]:
    """Return a header's attributes, each with a value of its own for each file."""
    return {keyword: (lambda value=value: value) for keyword, value in attributes.items()}


def geometry() -> Iterator[Case]:
    """Yield single frames by the source of their spacing, and frames by the source of their positions."""
    case = Case(group="geometry", name="")
    for name, header, spacing in SPACINGS:
        yield replace(case, name=name, header=placed(**header), place=Place((1.0, *spacing), *UNPLACED))
    for name, cosines, axes in (
        ("axial", AXIAL, AXIAL),
        ("coronal", CORONAL, CORONAL),
        ("oblique", OBLIQUE, (0.6, 0.8, 0, 0, 0, -1)),
    ):
        where = placed(ImagePositionPatient=[1.5, -2, 30], ImageOrientationPatient=list(cosines), SliceThickness=3)
        yield replace(
            case, name=f"one {name} plane", header=where, place=Place((3.0, 1.0, 1.0), (1.5, -2.0, 30.0), axes)
        )
    many = replace(case, frames=3)
    for name, header, place, order in VOLUMES:
        yield replace(many, name=name, header=placed(**header), place=place, order=order)
    for name, header in NO_VOLUMES:
        yield replace(many, name=name, header=placed(**header), refused=True)


SPACINGS: Final[tuple[tuple[str, dict[str, Any], tuple[float, float]], ...]] = (
    ("PixelSpacing", {"PixelSpacing": [0.5, 0.25], "ImagerPixelSpacing": [9, 9]}, (0.5, 0.25)),
    ("ImagerPixelSpacing", {"ImagerPixelSpacing": [0.5, 0.25]}, (0.5, 0.25)),
    ("NominalScannedPixelSpacing", {"NominalScannedPixelSpacing": [0.5, 0.25]}, (0.5, 0.25)),
    ("PixelAspectRatio 2 to 1", {"PixelAspectRatio": [2, 1]}, (2.0, 1.0)),
    ("PixelSpacing of zeros", {"PixelSpacing": [0, 0]}, (1.0, 1.0)),
    ("no spacing", {}, (1.0, 1.0)),
    (
        "PixelSpacing of the shared groups",
        {"SharedFunctionalGroupsSequence": [item(PixelMeasuresSequence=[item(PixelSpacing=[0.5, 0.25])])]},
        (0.5, 0.25),
    ),
    (
        "ImagerPixelSpacing of the shared groups",
        {
            "SharedFunctionalGroupsSequence": [
                item(FramePixelDataPropertiesSequence=[item(ImagerPixelSpacing=[0.5, 0.25])])
            ]
        },
        (0.5, 0.25),
    ),
)


def _groups(positions: list[Any], cosines: Any = AXIAL, kind: str = "Patient") -> dict[str, Any]:
    group = "" if kind == "Patient" else kind
    return {
        "PerFrameFunctionalGroupsSequence": [
            item(**{f"PlanePosition{group}Sequence": [item(**{f"ImagePosition{kind}": list(place)})]})
            for place in positions
        ],
        "SharedFunctionalGroupsSequence": [
            item(
                **{f"PlaneOrientation{group}Sequence": [item(**{f"ImageOrientation{kind}": list(cosines)})]},
                PixelMeasuresSequence=[item(PixelSpacing=[0.5, 0.25], SliceThickness=9)],
            )
        ],
    }


def _dose(offsets: list[float]) -> dict[str, Any]:
    return {
        "GridFrameOffsetVector": offsets,
        "ImagePositionPatient": [1, 2, 30],
        "ImageOrientationPatient": list(AXIAL),
        "PixelSpacing": [0.5, 0.25],
    }


def _nuclear(step: float) -> dict[str, Any]:
    detector = item(ImagePositionPatient=[1, 2, 30], ImageOrientationPatient=list(AXIAL))
    return {
        "ImageType": ["ORIGINAL", "PRIMARY", "RECON TOMO", "EMISSION"],
        "DetectorInformationSequence": [detector],
        "SpacingBetweenSlices": step,
        "SliceVector": [1, 2, 3],
        "PixelSpacing": [0.5, 0.25],
    }


def _lies(step: float, z: float = 30.0, axes: Any = AXIAL) -> Place:
    return Place((step, 0.5, 0.25), (1.0, 2.0, z), axes)


UP, DOWN = (0, 1, 2), (2, 1, 0)
VOLUMES: Final[tuple[tuple[str, dict[str, Any], Place, tuple[int, ...]], ...]] = (
    ("frames' positions, upwards", _groups([(1, 2, 30), (1, 2, 32), (1, 2, 34)]), _lies(2.0), UP),
    ("frames' positions, downwards", _groups([(1, 2, 34), (1, 2, 32), (1, 2, 30)]), _lies(2.0), DOWN),
    ("frames' positions, mixed", _groups([(1, 2, 32), (1, 2, 34), (1, 2, 30)]), _lies(2.0), (2, 0, 1)),
    (
        "frames' positions, coronal",
        _groups([(1, 2, 30), (1, 4, 30), (1, 6, 30)], CORONAL),
        _lies(2.0, axes=CORONAL),
        UP,
    ),
    (
        "positions in an ultrasound volume",
        _groups([(1, 2, 30), (1, 2, 32), (1, 2, 34)], kind="Volume"),
        _lies(2.0),
        UP,
    ),
    ("dose grid, offsets from its position", _dose([0, 2, 4]), _lies(2.0), UP),
    ("dose grid, offsets downwards", _dose([0, -2, -4]), _lies(2.0, 26.0), DOWN),
    ("dose grid, each plane's own place", _dose([30, 32, 34]), _lies(2.0), UP),
    ("nuclear medicine, spacing upwards", _nuclear(2), _lies(2.0), UP),
    ("nuclear medicine, spacing downwards", _nuclear(-2), _lies(2.0, 26.0), DOWN),
)
NO_VOLUMES: Final[tuple[tuple[str, dict[str, Any]], ...]] = (
    ("uneven spacing", _groups([(1, 2, 30), (1, 2, 31), (1, 2, 34)])),
    ("two frames at one place", _groups([(1, 2, 30), (1, 2, 30), (1, 2, 32)])),
    ("gantry tilt", _groups([(1, 2, 30), (1, 4, 32), (1, 6, 34)])),
    ("a frame without a position", _groups([(1, 2, 30), (1, 2, 32), (float("nan"), 2, 34)])),
    ("groups for two of three frames", _groups([(1, 2, 30), (1, 2, 32)])),
    ("frames beside one another", _groups([(1, 2, 30), (31, 2, 30), (61, 2, 30)])),
    ("dose grid of two offsets", _dose([0, 2])),
    ("dose grid that begins elsewhere", _dose([5, 7, 9])),
)
