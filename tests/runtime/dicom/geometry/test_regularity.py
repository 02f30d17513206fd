"""Which planes make a volume, and what is said of those that do not."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from pydicom.dataset import Dataset

from runtime.dicom import read_image
from runtime.dicom.geometry.planes.planes import describe
from runtime.dicom.parse.load import load
from runtime.errors import PermanentError
from tests.runtime.dicom.files import FILES, Write

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:pydicom")
FLAT = [1, 0, 0, 0, 1, 0]
PIXELS = np.zeros((4, 6), np.int16)


def item(**attributes: Any) -> Dataset:
    found = Dataset()
    for keyword, value in attributes.items():
        setattr(found, keyword, value)
    return found


# PS3.3 C.8.19.6.4: an enhanced projection has the spacing at its detector in a functional group.
PROJECTION = [item(FramePixelDataPropertiesSequence=[item(ImagerPixelSpacing=[0.5, 0.25])])]


def at(write: Write, places: list[Any], **attributes: Any) -> list[Path]:
    attributes = {"ImageOrientationPatient": FLAT, "PixelSpacing": [1, 1], **attributes}
    positions = [place if isinstance(place, list) else [0, 0, place] for place in places]
    return [
        write(PIXELS, ImagePositionPatient=position, InstanceNumber=10 + number, **attributes)
        for number, position in enumerate(positions)
    ]


def refused(paths: list[Path]) -> str:
    with pytest.raises(PermanentError) as caught:
        read_image(paths)
    assert caught.value.code == "input_unsupported"
    return caught.value.message


def test_the_spacing_is_that_from_the_first_to_the_last(write: Write) -> None:
    assert read_image(at(write, [0, 3.01, 5.99, 9])).spacing[0] == pytest.approx(3.0)


@pytest.mark.parametrize(
    ("places", "said"),
    [
        ([0, 1, 2, 4, 5, 6], "A slice seems to be missing: there are 2 mm between image 12 and image 13"),
        ([0, 2, 4, 12, 14, 16], "3 slices seem to be missing"),
        ([0, 1, 2.5, 3], "not evenly spaced"),
        ([0, 1, 2, 2, 3], "5 planes at 4 positions"),
        ([[0, 0, 0], [0, 1, 5], [0, 2, 10]], "gantry tilt of 11.3 degrees"),
    ],
)
def test_planes_off_the_grid_are_named(write: Write, places: list[Any], said: str) -> None:
    assert said in refused(at(write, places))


def test_the_same_instance_twice_is_said_to_be(write: Write) -> None:
    paths = at(write, [0, 1, 2])
    assert "The same image occurs twice" in refused([*paths, paths[1]])


def test_positions_in_two_frames_of_reference_are_not_compared(write: Write) -> None:
    paths = at(write, [0], FrameOfReferenceUID="2.25.1") + at(write, [1], FrameOfReferenceUID="2.25.2")
    assert "different frames of reference" in refused(paths)


def test_planes_of_which_some_have_no_position_are_refused(write: Write) -> None:
    assert "1 of the 3 planes do not say" in refused(
        [
            *at(write, [0, 1]),
            write(PIXELS, ImagePositionPatient=None, ImageOrientationPatient=FLAT, PixelSpacing=[1, 1]),
        ]
    )


def test_cosines_are_of_length_one(write: Write) -> None:
    rounded = [0.7, 0.7, 0, 0, 0, -1]
    step = 5 / np.sqrt(2)
    paths = at(write, [[0, 0, 0], [-step, step, 0], [-2 * step, 2 * step, 0]], ImageOrientationPatient=rounded)
    image = read_image(paths)
    assert image.spacing[0] == pytest.approx(5)
    assert np.linalg.norm(np.array(image.direction).reshape(3, 3), axis=0) == pytest.approx([1, 1, 1])


def test_cosines_of_which_no_direction_can_be_made_are_absent(write: Write) -> None:
    for wrong in (["1e200", 0, 0, 0, "1e200", 0], ["1e-9", 0, 0, 0, 1, 0]):
        (path,) = at(write, [0], ImageOrientationPatient=wrong)
        assert read_image([path]).direction == (1, 0, 0, 0, 1, 0, 0, 0, 1)


def test_planes_that_are_turned_within_themselves_are_named(write: Write) -> None:
    turned = [np.cos(0.01), np.sin(0.01), 0, -np.sin(0.01), np.cos(0.01), 0]
    paths = at(write, [0, 1]) + at(write, [2], ImageOrientationPatient=turned)
    assert "differ in orientation (turned by up to 0.57 degrees)" in refused(paths)


@pytest.mark.parametrize(
    ("attributes", "spacing", "meaning"),
    [
        ({"PixelSpacing": [0.5, 0.25]}, (0.5, 0.25), "patient"),
        ({"PixelSpacing": [0.5, 0.25], "ImagerPixelSpacing": [0.5, 0.25]}, (0.5, 0.25), "detector"),
        ({"PixelSpacing": None, "ImagePlanePixelSpacing": [0.5, 0.25]}, (0.5, 0.25), "detector"),
        ({"PixelSpacing": [0, 0], "ImagerPixelSpacing": [0.5, 0.25]}, (0.5, 0.25), "detector"),
        ({"PixelSpacing": None, "NominalScannedPixelSpacing": [0.5, 0.25]}, (0.5, 0.25), "film"),
        ({"PixelSpacing": None, "SharedFunctionalGroupsSequence": PROJECTION}, (0.5, 0.25), "detector"),
        ({"PixelSpacing": None, "PixelAspectRatio": [2, 1]}, (2.0, 1.0), "ratio"),
        ({"PixelSpacing": None, "PixelAspectRatio": [1, 1]}, (1.0, 1.0), "unknown"),
        ({"PixelSpacing": None}, (1.0, 1.0), "unknown"),
    ],
)
def test_every_source_of_spacing_says_what_it_means(
    write: Write, attributes: dict[str, Any], spacing: tuple[float, float], meaning: str
) -> None:
    image = read_image([write(PIXELS, **attributes)])
    assert image.spacing[1:] == spacing and image.source["PixelSpacingMeaning"] == meaning


def test_a_dose_grid_may_state_each_planes_own_place(write: Write) -> None:
    grid = {
        "ImagePositionPatient": [5, 6, 7],
        "ImageOrientationPatient": FLAT,
        "NumberOfFrames": 3,
        "PixelSpacing": [1, 1],
    }
    stacked = np.zeros((3, 4, 6), np.int16)
    for offsets in ([0, 2, 4], [7, 9, 11]):
        image = read_image([write(stacked, GridFrameOffsetVector=offsets, **grid)])
        assert image.origin == (5, 6, 7) and image.spacing[0] == 2
    with pytest.raises(PermanentError, match="begin neither"):
        read_image([write(stacked, GridFrameOffsetVector=[1, 2, 3], **grid)])
    with pytest.raises(PermanentError, match="places along z, but its planes are not axial"):
        coronal = {**grid, "ImageOrientationPatient": [1, 0, 0, 0, 0, -1]}
        read_image([write(stacked, GridFrameOffsetVector=[7, 9, 11], **coronal)])


def test_a_reconstructed_nm_volume_lies_where_its_detector_says(write: Write) -> None:
    detector = Dataset()
    detector.ImagePositionPatient, detector.ImageOrientationPatient = [1, 2, 3], FLAT
    path = write(
        np.arange(3, dtype=np.int16)[:, None, None] + np.zeros((3, 4, 6), np.int16),
        ImageType=["ORIGINAL", "PRIMARY", "RECON TOMO", "EMISSION"],
        ImagePositionPatient=None,
        ImageOrientationPatient=None,
        DetectorInformationSequence=[detector],
        SpacingBetweenSlices=-4,
        NumberOfFrames=3,
    )
    image = read_image([path])
    assert image.origin == (1, 2, -5) and image.spacing[0] == 4
    assert image.pixels[:, 0, 0].tolist() == [2, 1, 0]


def test_a_real_dose_keeps_its_place() -> None:
    assert read_image([FILES / "rtdose.dcm"]).spacing[0] == 5.0


def test_functional_groups_describe_each_frame_or_none(write: Write) -> None:
    # PS3.3 C.7.6.16: a frame without its group would be read without its slope and position
    slope = item(PixelValueTransformationSequence=[item(RescaleSlope=2, RescaleIntercept=0)])
    path = write(np.ones((3, 4, 6), np.int16), NumberOfFrames=3, PerFrameFunctionalGroupsSequence=[slope, slope])
    with pytest.raises(PermanentError, match="describe 2 frames, but the header says 3"):
        read_image([path])


SLIDE: dict[str, Any] = {
    "NumberOfFrames": 4,
    "DimensionOrganizationType": "TILED_FULL",
    "TotalPixelMatrixColumns": 12,
    "TotalPixelMatrixRows": 8,
    "TotalPixelMatrixOriginSequence": [item(XOffsetInSlideCoordinateSystem=20, YOffsetInSlideCoordinateSystem=40)],
    "ImageOrientationSlide": [0, -1, 0, -1, 0, 0],
    "PixelSpacing": [0.5, 0.25],
    "ImagePositionPatient": None,
    "ImageOrientationPatient": None,
}


def test_tiles_lie_where_their_order_says_and_are_no_volume(write: Write) -> None:
    path = write(np.zeros((4, 4, 6), np.uint8), **SLIDE)
    # PS3.3 C.7.6.17.3: row by row, from the origin of the total pixel matrix
    places = [plane.position for plane in describe(load(path))]
    assert places == [(20, 40, 0), (20, 38.5, 0), (18, 40, 0), (18, 38.5, 0)]
    assert "beside one another" in refused([path])
    for left_out in ("TotalPixelMatrixOriginSequence", "TotalPixelMatrixRows"):
        with pytest.raises(PermanentError, match="TILED_FULL, but not"):
            read_image([write(np.zeros((4, 4, 6), np.uint8), **{**SLIDE, left_out: None})])


def test_tiles_of_a_part_of_a_slide_lie_after_those_before_it(write: Write) -> None:
    part = {**SLIDE, "NumberOfFrames": 1, "ConcatenationFrameOffsetNumber": 3}
    assert describe(load(write(np.zeros((4, 6), np.uint8), **part)))[0].position == (18, 38.5, 0)


@pytest.mark.parametrize(
    ("numbers", "order"), [((2, 1, 3), [1, 0, 2]), ((1, 1, 1), [0, 1, 2]), ((2, None, 2), [1, 0, 2])]
)
def test_images_that_state_no_place_follow_one_another_at_an_unknown_distance(
    write: Write, numbers: tuple[int | None, ...], order: list[int]
) -> None:
    unplaced = {"ImagePositionPatient": None, "ImageOrientationPatient": None, "SpacingBetweenSlices": None}
    unplaced["SliceLocation"] = None
    unplaced["SliceThickness"] = None
    paths = [write(PIXELS + at, InstanceNumber=number, **unplaced) for at, number in enumerate(numbers)]
    for needs in ("regular", "resampled", "any"):
        image = read_image(paths, needs)
        assert (image.pixels[:, 0, 0] - PIXELS[0, 0]).tolist() == order
        assert (image.spacing[0], image.source["PlaneSpacingMeaning"]) == (1.0, "unknown")
    other = write(PIXELS, InstanceNumber=4, SeriesInstanceUID="1.2.3", **unplaced)
    with pytest.raises(PermanentError, match="which are of 2 series"):
        read_image([*paths, other])


def test_images_that_state_a_distance_lie_that_far_apart(write: Write) -> None:
    unplaced = {"ImagePositionPatient": None, "ImageOrientationPatient": None, "SpacingBetweenSlices": None}
    unplaced["SliceLocation"] = None
    stated = [write(PIXELS, InstanceNumber=number, SliceThickness=3, **unplaced) for number in (1, 2)]
    image = read_image(stated)
    assert (image.spacing[0], image.source["PlaneSpacingMeaning"]) == (3.0, "stated")
