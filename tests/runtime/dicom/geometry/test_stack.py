"""What planes do not say is not guessed: their order, their distance, their scale."""

from typing import Any

import numpy as np
import pytest

from runtime.dicom import read_image
from runtime.errors import PermanentError
from tests.runtime.dicom.files import Write

PIXELS = np.arange(24, dtype=np.int16).reshape(4, 6)
UNPLACED = {"ImagePositionPatient": None, "ImageOrientationPatient": None, "SpacingBetweenSlices": None}


@pytest.mark.parametrize(
    ("series", "reason"),
    [
        # InstanceNumber orders planes without positions: not if it is absent (type 2, PS3.3 C.7.6.1) or repeated
        ([{"InstanceNumber": None}] * 3, "do not say in which order"),
        ([{"InstanceNumber": 1}, {"InstanceNumber": 2}, {"InstanceNumber": None}], "do not say in which order"),
        ([{"InstanceNumber": 1}, {"InstanceNumber": 1}, {"InstanceNumber": 2}], "do not say in which order"),
        ([{"InstanceNumber": n, "SliceThickness": n} for n in (1, 2, 2)], "different distances"),
    ],
)
def test_planes_without_positions_are_no_volume_by_guess(write: Write, series: list[Any], reason: str) -> None:
    paths = [write(PIXELS, **{**UNPLACED, "SliceThickness": 3, **attributes}) for attributes in series]
    with pytest.raises(PermanentError, match=reason) as caught:
        read_image(paths)
    assert caught.value.code == "input_unsupported"
    assert read_image(paths, "any").source["PlaneSpacingMeaning"] == "stated"


@pytest.mark.parametrize("needs", ["regular", "any"])
def test_a_slope_that_one_plane_lacks_is_not_one(write: Write, needs: Any) -> None:
    # PS3.3 C.8.9.4 (PET): each image has a slope of its own
    slopes = (2, None, 4)
    paths = [
        write(PIXELS, Modality="PT", ImagePositionPatient=[0, 0, z], RescaleSlope=slope, RescaleIntercept=0)
        for z, slope in enumerate(slopes)
    ]
    with pytest.raises(PermanentError, match=r"different scales \(2 with RescaleSlope, 1 with neither\)"):
        read_image(paths, needs)


def test_a_slope_of_one_may_be_left_out(write: Write) -> None:
    paths = [
        write(PIXELS, ImagePositionPatient=[0, 0, z], RescaleSlope=slope, RescaleIntercept=slope and 0)
        for z, slope in enumerate((1, None))
    ]
    assert (read_image(paths).pixels == PIXELS).all()


@pytest.mark.parametrize(
    ("attributes", "meaning", "step"),
    [
        # projections, static and dynamic frames are no slices (PS3.3 C.8.4.9.1), nor are frames over time
        ({"Modality": "NM", "ImageType": ["ORIGINAL", "PRIMARY", "TOMO", "EMISSION"]}, "unknown", 1.0),
        ({"Modality": "NM", "ImageType": ["ORIGINAL", "PRIMARY", "RECON TOMO", "EMISSION"]}, "stated", 4.0),
        ({"FrameIncrementPointer": 0x00181063, "FrameTime": 40}, "unknown", 1.0),
    ],
)
def test_a_thickness_is_no_distance_between_frames_over_time(
    write: Write, attributes: dict[str, Any], meaning: str, step: float
) -> None:
    frames = np.stack([PIXELS, PIXELS + 1])
    image = read_image([write(frames, NumberOfFrames=2, **UNPLACED, SliceThickness=4, **attributes)])
    assert (image.source["PlaneSpacingMeaning"], image.spacing[0]) == (meaning, step)


def test_one_of_several_energies_is_in_hu_only_if_it_says_so(write: Write) -> None:
    # PS3.3 C.8.2.1.1.2: RescaleType may be left out for HU, but not in images of several energies
    scaled = {"Modality": "CT", "RescaleSlope": 1, "RescaleIntercept": -1024, "MultienergyCTAcquisition": "YES"}
    assert read_image([write(PIXELS, **scaled)]).unit == ""
    assert read_image([write(PIXELS, **scaled, RescaleType="HU")]).unit == "HU"
