"""What becomes of irregular planes, by what an algorithm needs."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from runtime.dicom import read_image
from runtime.dicom.geometry.planes.planes import describe
from runtime.dicom.geometry.stack import good_for, measured_spacing
from runtime.dicom.parse.load import load
from runtime.errors import PermanentError
from tests.runtime.dicom.files import Write

sitk: Any = pytest.importorskip("SimpleITK")
pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:pydicom")
AXIAL, CORONAL = [1, 0, 0, 0, 1, 0], [1, 0, 0, 0, 0, -1]
ROWS, COLUMNS = 5, 8


def ramp(position: Any, dtype: Any = np.int16) -> Any:
    """Return values that are linear in space: 100 z + 10 x + y, in mm."""
    x = position[0] + np.arange(COLUMNS)
    y = position[1] + np.arange(ROWS)[:, np.newaxis]
    return (100 * position[2] + 10 * x + y).astype(dtype)


def planes(write: Write, places: list[Any], orientations: Any = AXIAL, **more: Any) -> list[Path]:
    paths: list[Path] = []
    for number, place in enumerate(places):
        position = place if isinstance(place, list) else [0, 0, place]
        orientation = orientations[number] if isinstance(orientations[0], list) else orientations
        attributes = {"ImageOrientationPatient": orientation, "PixelSpacing": [1, 1], **more}
        paths.append(write(ramp(position), ImagePositionPatient=position, InstanceNumber=number + 1, **attributes))
    return paths


CLASSES = {
    "regular": ([0, 1, 2, 3], AXIAL, ("regular", "resampled", "any")),
    "a missing slice": ([0, 1, 2, 4, 5], AXIAL, ("resampled", "any")),
    "uneven": ([0, 1, 2.5, 3], AXIAL, ("resampled", "any")),
    "a gantry tilt": ([[0, 0, 0], [0, 1, 5], [0, 2, 10]], AXIAL, ("resampled", "any")),
    "copies": ([0, 1, 1, 2], AXIAL, ("any",)),
    "time points": ([0, 0, 1, 1, 2, 2], AXIAL, ("any",)),
    "mixed orientation": ([0, 1, 2], [AXIAL, AXIAL, CORONAL], ("any",)),
    "far apart": ([0, 1, 2, 100], AXIAL, ("any",)),
}


@pytest.mark.parametrize("name", CLASSES)
def test_a_stack_is_good_for_what_takes_it(write: Write, name: str) -> None:
    places, orientations, expected = CLASSES[name]
    paths = planes(write, places, orientations)
    assert good_for([plane for path in paths for plane in describe(load(path))]) == expected
    for needs in ("regular", "resampled", "any"):
        if needs in expected:
            image = read_image(paths, needs)
            assert ("Irregularity" in image.source) == ("regular" not in expected and needs != "regular")
        else:
            with pytest.raises(PermanentError, match="send images one by one"):
                read_image(paths, needs)


def test_any_takes_the_planes_as_they_come_and_says_where_they_lie(write: Write) -> None:
    image = read_image(planes(write, [0, 1, 2, 4, 5]), "any")
    assert image.pixels.shape[0] == 5
    assert [place[2] for place in image.source["Positions"]] == [0, 1, 2, 4, 5]
    assert image.source["Orientations"][0] == tuple(AXIAL)
    assert "A slice seems to be missing: there are 2 mm" in image.source["Irregularity"]


@pytest.mark.parametrize(
    ("places", "mean", "measured"),
    [
        ([0, 0, 3, 3], 1.0, None),  # time points: no plane is 1 mm from its neighbour
        ([0, 1, 2, 4], 4 / 3, None),
        ([[0, 0, 0], [0, 1, 5], [0, 2, 10]], 5.0, 5.0),  # shifted sideways, and evenly spaced
    ],
)
def test_a_mean_is_not_told_as_a_measured_distance(
    write: Write, places: list[Any], mean: float, measured: float | None
) -> None:
    paths = planes(write, places)
    image = read_image(paths, "any")
    assert image.spacing[0] == pytest.approx(mean)
    assert image.source["PlaneSpacingMeaning"] == ("mean" if measured is None else "measured")
    assert measured_spacing([plane for path in paths for plane in describe(load(path))]) == measured


def test_a_missing_slice_is_interpolated_from_its_neighbours(write: Write) -> None:
    image = read_image(planes(write, [0, 1, 2, 4, 5]), "resampled")
    assert image.spacing[0] == pytest.approx(1.0) and image.pixels.dtype == np.int16
    assert image.source["PlaneSpacingMeaning"] == "measured"
    assert np.array_equal(image.pixels, [ramp([0, 0, z]) for z in range(6)])
    assert "6 planes, 1 mm apart, were interpolated of 5" in image.source["Irregularity"]


def test_unevenly_spaced_planes_are_interpolated_where_the_regular_ones_lie(write: Write) -> None:
    image = read_image(planes(write, [0, 1, 2.5, 3, 4]), "resampled")
    assert image.spacing[0] == pytest.approx(1.0)
    assert np.array_equal(image.pixels, [ramp([0, 0, z]) for z in range(5)])


def test_a_gantry_tilt_is_straightened(write: Write) -> None:
    image = read_image(planes(write, [[0, 0, 0], [0.5, 1, 5], [1, 2, 10]]), "resampled")
    assert image.origin == (0, 0, 0) and image.spacing[0] == pytest.approx(5.0)
    inside = np.array([ramp([0, 0, z]) for z in (0, 5, 10)])[:, 2:, 1:]
    assert np.array_equal(image.pixels[:, 2:, 1:], inside)


def test_the_grid_is_the_one_that_simpleitk_would_have_sampled(write: Write) -> None:
    image = read_image(planes(write, [0, 1, 2, 4, 5]), "resampled")
    point = image.to_simpleitk().TransformIndexToPhysicalPoint((3, 2, 3))
    assert point == pytest.approx((3.0, 2.0, 3.0))
    assert sitk.GetArrayFromImage(image.to_simpleitk())[3, 2, 3] == 300 + 30 + 2


def test_padding_is_not_mixed_into_what_is_interpolated(write: Write) -> None:
    paths = [
        write(
            np.full((ROWS, COLUMNS), -2000 if z == 2 else 100, np.int16),
            ImagePositionPatient=[0, 0, z],
            ImageOrientationPatient=AXIAL,
            PixelSpacing=[1, 1],
            InstanceNumber=z,
            PixelPaddingValue=-2000,
        )
        for z in (0, 1, 2, 4, 5)
    ]
    assert set(np.unique(read_image(paths, "resampled").pixels)) == {-2000, 100}


def test_padding_is_not_mixed_into_what_a_gantry_tilt_moves(write: Write) -> None:
    disc = np.full((ROWS, COLUMNS), -2000, np.int16)
    disc[1:4, 2:6] = 100
    places = [[0, 0, 0], [0, 0.25, 1], [0, 0.5, 2], [0, 0.75, 3]]
    shared = {"ImageOrientationPatient": AXIAL, "PixelSpacing": [1, 1], "PixelPaddingValue": -2000}
    paths = [write(disc, ImagePositionPatient=place, InstanceNumber=place[2], **shared) for place in places]
    assert set(np.unique(read_image(paths, "resampled").pixels)) == {-2000, 100}
