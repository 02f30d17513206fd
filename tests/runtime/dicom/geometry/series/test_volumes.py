"""Series of several volumes are split by what distinguishes them."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pydicom
import pytest

from runtime.dicom.geometry.planes.planes import describe
from runtime.dicom.geometry.series.volumes import volumes_of
from runtime.dicom.parse.load import load
from tests.runtime.dicom.files import Write
from tests.runtime.dicom.geometry.test_regularity import FLAT, PIXELS, item

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:pydicom")


def split(paths: list[Path]) -> list[tuple[dict[str, str], tuple[int, ...]]]:
    planes = [plane for path in paths for plane in describe(load(path))]
    return [(volume.distinction, volume.places) for volume in volumes_of(planes)]


def series(write: Write, places: Sequence[tuple[float, dict[str, Any]]]) -> list[Path]:
    same: dict[str, Any] = {"ImageOrientationPatient": FLAT, "PixelSpacing": [1, 1], "AcquisitionTime": "120000"}
    return [
        write(PIXELS, ImagePositionPatient=[0, 0, z], InstanceNumber=number, **{**same, **attributes})
        for number, (z, attributes) in enumerate(places)
    ]


@pytest.mark.parametrize(
    ("keyword", "values"),
    [
        ("TemporalPositionIdentifier", (1, 2)),
        ("EchoNumbers", (1, 2)),
        ("EchoTime", (4.5, 90)),
        ("DiffusionBValue", (0.0, 1000.0)),
        ("DiffusionGradientOrientation", ([1.0, 0.0, 0.0], [0.0, 1.0, 0.0])),
        ("ConvolutionKernel", ("B30f", "B60s")),
        ("TriggerTime", (0, 40)),
        ("AcquisitionNumber", (7, 8)),
        ("ImageType", (["ORIGINAL", "PRIMARY", "M"], ["ORIGINAL", "PRIMARY", "P"])),
    ],
)
def test_two_volumes_at_the_same_places(write: Write, keyword: str, values: tuple[Any, Any]) -> None:
    # each slice is also acquired at a time of its own, which splits the series into no volumes
    stated = [
        (z, {keyword: value, "AcquisitionTime": f"12000{int(z)}.{at}"})
        for at, value in enumerate(values)
        for z in (2.0, 1.0, 0.0)
    ]
    found = split(series(write, stated))
    assert [places for _, places in found] == [(2, 1, 0), (5, 4, 3)]
    assert [list(distinction) for distinction, _ in found] == [[keyword], [keyword]]


def test_places_that_were_imaged_in_turn_at_times_of_their_own(write: Write) -> None:
    stated = [(z, {"TriggerTime": 40 * turn + z / 2}) for z in (0.0, 1.0, 2.0) for turn in (2, 1)]
    assert split(series(write, stated)) == [
        ({"TriggerTimeIndex": "1"}, (1, 3, 5)),
        ({"TriggerTimeIndex": "2"}, (0, 2, 4)),
    ]
    assert split(series(write, stated[:-1])) == []  # a place lacks its second time


@pytest.mark.parametrize(
    ("creator", "group", "element", "stated", "b_values"),
    [
        ("SIEMENS MR HEADER", 0x0019, 0x0C, ("IS", 0, 1000), ("0", "1000")),
        ("GEMS_PARM_01", 0x0043, 0x39, ("IS", [50, 8, 0, 0], [1000000800, 8, 0, 0]), ("50", "800")),
        ("Philips Imaging DD 001", 0x2001, 0x03, ("FL", 0.0, 600.0), ("0", "600")),
    ],
)
def test_b_values_of_vendors(
    write: Write, creator: str, group: int, element: int, stated: Any, b_values: tuple[str, str]
) -> None:
    paths = series(write, [(0, {}), (1, {}), (0, {}), (1, {})])
    for index, path in enumerate(paths):
        dataset: Any = pydicom.dcmread(path)
        block = dataset.private_block(group, creator, create=True)
        block.add_new(element, stated[0], stated[1 + index // 2])
        dataset.save_as(path)
    low, high = b_values
    assert split(paths) == [({"DiffusionBValue": low}, (0, 1)), ({"DiffusionBValue": high}, (2, 3))]


def test_time_points_of_echoes_are_split_by_both(write: Write) -> None:
    stated = [
        (z, {"EchoNumbers": echo, "TemporalPositionIdentifier": time})
        for echo in (1, 2)
        for time in (1, 2)
        for z in (0, 1)
    ]
    found = split(series(write, stated))
    assert [places for _, places in found] == [(0, 1), (2, 3), (4, 5), (6, 7)]
    assert found[1][0] == {"TemporalPositionIdentifier": "2", "EchoNumbers": "1"}


def test_a_localizer_is_apart_from_the_volume(write: Write) -> None:
    other = {"ImageOrientationPatient": [0, 1, 0, 0, 0, -1]}
    found = split(series(write, [(0, {}), (1, {}), (2, {}), (0, other)]))
    assert [places for _, places in found] == [(0, 1, 2), (3,)]


def test_a_volume_is_one_and_what_nothing_splits_is_none(write: Write) -> None:
    assert split(series(write, [(1, {}), (0, {}), (2, {})])) == [({}, (1, 0, 2))]
    assert split(series(write, [(0, {}), (1, {}), (1, {}), (0, {})])) == []
    assert split(series(write, [(0, {}), (1, {}), (3, {}), (4, {})])) == []


def enhanced(write: Write, groups: Sequence[dict[str, Any]]) -> Path:
    """Write two planes, each with two frames."""
    places = [{"PlanePositionSequence": [item(ImagePositionPatient=[0, 0, z])]} for z in (0, 0, 1, 1)]
    shared = item(
        PlaneOrientationSequence=[item(ImageOrientationPatient=FLAT)],
        PixelMeasuresSequence=[item(PixelSpacing=[1, 1])],
    )
    return write(
        np.zeros((4, 4, 6), np.int16),
        NumberOfFrames=4,
        PerFrameFunctionalGroupsSequence=[item(**place, **group) for place, group in zip(places, groups, strict=True)],
        SharedFunctionalGroupsSequence=[shared],
    )


@pytest.mark.parametrize(
    ("group", "keyword", "values"),
    [
        ("MRDiffusionSequence", "DiffusionBValue", (0.0, 700.0)),
        ("MRModifierSequence", "InversionTimes", (100.0, 900.0)),
        ("RespiratorySynchronizationSequence", "NominalPercentageOfRespiratoryPhase", (0.0, 50.0)),
        ("FrameContentSequence", "FrameAcquisitionNumber", (1, 2)),
        ("FrameContentSequence", "FrameReferenceDateTime", ("20200101120000", "20200101120005")),
    ],
)
def test_frames_of_an_enhanced_file_are_split_by_their_groups(
    write: Write, group: str, keyword: str, values: tuple[Any, Any]
) -> None:
    path = enhanced(write, [{group: [item(**{keyword: value})]} for value in (*values, *values)])
    assert split([path]) == [({keyword: str(values[0])}, (0, 2)), ({keyword: str(values[1])}, (1, 3))]


def test_frames_at_times_of_their_own_are_split_by_their_turns(write: Write) -> None:
    times = [{"FrameContentSequence": [item(FrameAcquisitionDateTime=f"202001011200{at:02}.5")]} for at in range(4)]
    (first, second) = split([enhanced(write, times)])
    assert first == ({"FrameAcquisitionDateTimeIndex": "1"}, (0, 2))
    assert second == ({"FrameAcquisitionDateTimeIndex": "2"}, (1, 3))


def test_gated_nm_is_split_by_its_time_slots(write: Write) -> None:
    detector = item(ImagePositionPatient=[1, 2, 3], ImageOrientationPatient=FLAT)
    path = write(
        np.zeros((6, 4, 6), np.int16),
        ImageType=["ORIGINAL", "PRIMARY", "RECON GATED TOMO", "EMISSION"],
        DetectorInformationSequence=[detector],
        SpacingBetweenSlices=4,
        NumberOfFrames=6,
        SliceVector=[1, 2, 3, 1, 2, 3],
        TimeSlotVector=[1, 1, 1, 2, 2, 2],
    )
    assert split([path]) == [({"TimeSlotVector": "1"}, (0, 1, 2)), ({"TimeSlotVector": "2"}, (3, 4, 5))]
