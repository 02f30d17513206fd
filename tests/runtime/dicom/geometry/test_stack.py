"""What planes do not say is not guessed: their order, their distance, their scale."""

from typing import Any

import numpy as np
import pytest

from runtime.dicom import read_image
from runtime.errors import PermanentError
from tests.runtime.dicom.files import Write

CT_IMAGE = "1.2.840.10008.5.1.4.1.1.2"
PIXELS = np.arange(24, dtype=np.int16).reshape(4, 6)
UNPLACED = dict.fromkeys(
    ("ImagePositionPatient", "ImageOrientationPatient", "SpacingBetweenSlices", "SliceLocation"), None
)


@pytest.mark.parametrize(
    ("series", "reason"),
    [
        # InstanceNumber orders planes without positions: not if it is absent (type 2, PS3.3 C.7.6.1) or repeated
        ([{"InstanceNumber": None}] * 3, "do not say in which order"),
        ([{"InstanceNumber": 1}, {"InstanceNumber": 2}, {"InstanceNumber": None}], "do not say in which order"),
        ([{"InstanceNumber": 1}, {"InstanceNumber": 1}, {"InstanceNumber": 2}], "do not say in which order"),
        ([{"InstanceNumber": n, "SliceThickness": n} for n in (1, 2, 2)], "different distances"),
        (
            [{"InstanceNumber": n, "SliceLocation": at} for n, at in ((1, 0), (2, 5), (3, 1))],
            "SliceLocations .0, 5, 1 mm",
        ),
        ([{"InstanceNumber": n, "SliceLocation": 7} for n in (1, 2)], "SliceLocations .7, 7 mm"),
        ([{"InstanceNumber": n, "SeriesInstanceUID": f"1.{n}"} for n in (1, 2)], "which are of 2 series"),
        ([{"InstanceNumber": n} for n in (1, 4, 2)], "an image may be missing between 2 and 4"),
        ([{"InstanceNumber": n, "EchoNumbers": 1 + n % 2} for n in (1, 2, 3, 4)], "2 values of EchoNumbers"),
        ([{"InstanceNumber": n, "TemporalPositionIdentifier": n} for n in (1, 2)], "2 values of TemporalPosition"),
    ],
)
def test_planes_without_positions_are_no_volume_by_guess(write: Write, series: list[Any], reason: str) -> None:
    paths = [write(PIXELS, **{**UNPLACED, "SliceThickness": 3, **attributes}) for attributes in series]
    with pytest.raises(PermanentError, match=reason) as caught:
        read_image(paths)
    assert caught.value.code == "input_unsupported"
    assert read_image(paths, "any").source["PlaneSpacingMeaning"] == "stated"


@pytest.mark.parametrize("place", [["0", "0", "3", "1"], ["0", "0"], ["0", "0", "1e9"]])
def test_a_position_that_cannot_be_read_is_not_taken_for_none(write: Write, place: Any) -> None:
    stated = {**UNPLACED, "SliceThickness": 3, "ImagePositionPatient": place}
    paths = [write(PIXELS, InstanceNumber=number, **stated) for number in (1, 2)]
    with pytest.raises(PermanentError, match="2 of the 2 planes state a position that cannot be read"):
        read_image(paths)
    assert read_image(paths[:1]).pixels.shape[0] == 1


def test_images_without_positions_are_as_far_apart_as_their_slice_locations(write: Write) -> None:
    # SliceThickness is how thick they are, SliceLocation where they lie (PS3.3 C.7.6.2)
    at = [{"InstanceNumber": number, "SliceLocation": -6 * number} for number in (1, 2, 3)]
    image = read_image([write(PIXELS, **{**UNPLACED, "SliceThickness": 5, **each}) for each in at])
    assert (image.spacing[0], image.source["PlaneSpacingMeaning"]) == (6, "measured")


LOCATIONS = 0x00182005  # SliceLocationVector (PS3.3 C.8.6.3)


def film(write: Write, places: Any, pointer: int = LOCATIONS) -> Any:
    frames = np.zeros((3, 4, 4), np.uint16)
    more = {"NumberOfFrames": 3, "FrameIncrementPointer": pointer, "SliceLocationVector": places}
    return write(frames, **UNPLACED, **more)


def test_frames_are_as_far_apart_as_their_slice_location_vector_says(write: Write) -> None:
    image = read_image([film(write, [7, 4, 1])])
    assert (image.spacing[0], image.source["PlaneSpacingMeaning"]) == (3, "measured")
    # of frames that differ by another attribute it says nothing
    assert read_image([film(write, [0, 5, 20], 0x00181063)]).source["PlaneSpacingMeaning"] == "unknown"


@pytest.mark.parametrize(
    ("places", "reason"),
    [([0, 5, 20], "SliceLocations .0, 5, 20 mm. are not evenly"), ([1, 2], "not have an entry for each of the 3")],
)
def test_frames_of_uneven_slice_locations_are_no_volume(write: Write, places: Any, reason: str) -> None:
    with pytest.raises(PermanentError, match=reason):
        read_image([film(write, places)])


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


@pytest.mark.parametrize(
    ("vectors", "reason"),
    [
        ({"SliceVector": [1, 3, 2, 4]}, "by their slice vector they do not follow"),
        ({"SliceVector": [1, 2, 1, 2], "EnergyWindowVector": [1, 1, 2, 2]}, "by their slice vector they do not follow"),
        ({"SliceVector": [1, 2, 3, 4], "EnergyWindowVector": [1, 1, 2, 2]}, "2 values of EnergyWindowVector"),
        ({"SliceVector": [4, 3, 2, 1]}, None),
    ],
)
def test_slices_of_nuclear_medicine_without_positions_follow_one_another_by_their_vectors(
    write: Write, vectors: Any, reason: str | None
) -> None:
    kind = {"Modality": "NM", "ImageType": ["ORIGINAL", "PRIMARY", "RECON TOMO", "EMISSION"]}
    frames = {"NumberOfFrames": 4, "FrameIncrementPointer": 0x00540080, "SliceThickness": 4}
    path = write(np.stack([PIXELS] * 4), **UNPLACED, **kind, **frames, **vectors)
    if reason is None:
        assert read_image([path]).spacing[0] == 4
        return
    with pytest.raises(PermanentError, match=reason):
        read_image([path])


@pytest.mark.parametrize(
    ("attributes", "silent"),
    [
        ({}, "HU"),
        ({"MultienergyCTAcquisition": "YES"}, ""),
        ({"ImageType": ["ORIGINAL", "PRIMARY", "LOCALIZER"]}, ""),
        ({"SOPClassUID": "1.2.840.10008.5.1.4.1.1.7"}, ""),  # a secondary capture
        ({"SOPClassUID": None}, ""),
    ],
)
def test_only_a_ct_image_of_one_energy_is_in_hu_without_saying_so(
    write: Write, attributes: dict[str, Any], silent: str
) -> None:
    # PS3.3 C.8.2.1: RescaleType may be left out for HU there, not of localizers; C.11.1 requires it of all others
    scaled = {"SOPClassUID": CT_IMAGE, "Modality": "CT", "RescaleSlope": 1, "RescaleIntercept": -1024, **attributes}
    assert read_image([write(PIXELS, **scaled)]).unit == silent
    assert read_image([write(PIXELS, **scaled, RescaleType="HU")]).unit == "HU"
    assert read_image([write(PIXELS, **scaled, RescaleType="US")]).unit == ""


def test_an_intercept_that_one_plane_has_alone_is_a_scale(write: Write) -> None:
    paths = [
        write(PIXELS, ImagePositionPatient=[0, 0, z], RescaleSlope=None, RescaleIntercept=None if z else -1000)
        for z in range(3)
    ]
    with pytest.raises(PermanentError, match=r"different scales \(2 with neither, 1 with RescaleIntercept alone\)"):
        read_image(paths)


@pytest.mark.parametrize("length", ["1e307", "-3e6"])
def test_what_can_be_no_length_is_absent(write: Write, length: str) -> None:
    # sums of such positions would be infinite, and no order could be made of them
    paths = [write(PIXELS, ImagePositionPatient=[0, length if z else 0, z], PixelSpacing=[length, 1]) for z in range(3)]
    with pytest.raises(PermanentError, match="2 of the 3 planes do not say where they lie"):
        read_image(paths)
    assert read_image(paths[1:2]).source["PixelSpacingMeaning"] == "unknown"
