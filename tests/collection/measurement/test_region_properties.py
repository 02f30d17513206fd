"""`region_properties` gives what scikit-image's `regionprops` gives, in mm and at places in the patient."""

from dataclasses import replace
from math import cbrt, pi
from typing import Any

import numpy as np
import pytest
from imaging_collection.measurement.region_properties import region_properties
from scipy import ndimage
from skimage.measure import regionprops

from imaging import Image, Labels, UnsupportedInput


@pytest.fixture(scope="module")
def labels(small_brain: Image) -> Labels:
    """The connected regions of bright pixels, those of at least 200."""
    labelled: Any = ndimage.label(small_brain.pixels > 500)
    numbers, count = labelled
    sizes = np.bincount(numbers.ravel())
    kept = [each for each in range(1, count + 1) if sizes[each] >= 200]
    return Labels.of(small_brain, np.where(np.isin(numbers, kept), numbers, 0))


def test_regions_of_a_real_image_are_those_of_scikit_image(small_brain: Image, labels: Labels) -> None:
    found = region_properties(small_brain, labels)
    theirs: Any = regionprops(labels.pixels, small_brain.pixels, spacing=small_brain.spacing)
    columns: Any = found.regions.columns
    assert len(theirs) > 1
    assert columns["label"] == [each.label for each in theirs]
    assert columns["voxels"] == [each.num_pixels for each in theirs]
    assert columns["volume"] == pytest.approx([each.area for each in theirs])
    assert columns["equivalent_diameter"] == pytest.approx([each.equivalent_diameter_area for each in theirs])
    assert columns["mean"] == pytest.approx([each.intensity_mean for each in theirs])
    assert columns["minimum"] == [each.intensity_min for each in theirs]
    assert columns["maximum"] == [each.intensity_max for each in theirs]
    assert columns["major_axis"] == pytest.approx([each.axis_major_length for each in theirs], rel=1e-6)
    assert columns["minor_axis"] == pytest.approx([each.axis_minor_length for each in theirs], rel=1e-4)
    boxes = np.array([each.bbox for each in theirs])
    lengths = (boxes[:, 3:] - boxes[:, :3]) * small_brain.spacing
    assert np.allclose(np.transpose([columns[each] for each in ("height", "length", "width")]), lengths)
    assert found.number.value == len(theirs)
    assert found.volume.value == pytest.approx(sum(each.area for each in theirs) / 1000)


def test_centroids_are_places_in_the_patient(small_brain: Image, labels: Labels) -> None:
    columns: Any = region_properties(small_brain, labels).regions.columns
    there = small_brain.to_simpleitk()
    for label, *place in zip(*(columns[each] for each in ("label", "x", "y", "z")), strict=True):
        index = np.argwhere(labels.pixels == label).mean(0)[::-1]
        assert place == pytest.approx(there.TransformContinuousIndexToPhysicalPoint(index.tolist()))


def test_a_ball_has_its_volume_and_three_equal_axes() -> None:
    plane, row, column = np.mgrid[:31, :61, :61]
    ball = ((plane - 15) * 2.0) ** 2 + (row - 30.0) ** 2 + (column - 30.0) ** 2 <= 25**2
    image = Image(np.zeros(ball.shape, np.int16), spacing=(2.0, 1.0, 1.0))
    columns: Any = region_properties(image, Labels.of(image, ball)).regions.columns
    assert columns["volume"][0] == pytest.approx(4 / 3 * pi * 25**3, rel=0.01)
    assert columns["equivalent_diameter"][0] == pytest.approx(50, rel=0.01)
    for axis in ("major_axis", "middle_axis", "minor_axis"):
        assert columns[axis][0] == pytest.approx(50, rel=0.02)


def test_units_are_said_and_those_of_values_are_the_images() -> None:
    image = Image(np.zeros((1, 1, 2), np.int16), modality="CT", unit="HU")
    units = region_properties(image, Labels.of(image, [[[1, 0]]])).regions.units
    assert (units["volume"], units["x"], units["major_axis"], units["mean"]) == ("mm3", "mm", "mm", "HU")
    assert "label" not in units and "voxels" not in units


def test_one_voxel_has_no_axes_and_the_highest_label_is_no_burden() -> None:
    image = Image(np.array([[[5]]], np.int16), spacing=(3.0, 2.0, 1.0))
    columns = region_properties(image, Labels.of(image, [[[60000]]], {60000: "dot"})).regions.columns
    assert {name: column[0] for name, column in columns.items()} == {
        "label": 60000, "name": "dot", "voxels": 1, "volume": 6.0, "equivalent_diameter": cbrt(36 / pi),
        "x": 0.0, "y": 0.0, "z": 0.0, "height": 3.0, "length": 2.0, "width": 1.0,
        "major_axis": 0.0, "middle_axis": 0.0, "minor_axis": 0.0,
        "mean": 5.0, "standard_deviation": 0.0, "minimum": 5.0, "maximum": 5.0,
    }  # fmt: skip


def test_labels_of_another_grid_are_measured_on_theirs(small_brain: Image) -> None:
    image = Image(np.tile(np.arange(8, dtype=np.int16), (1, 2, 1)))
    fine = Image(np.zeros((1, 2, 8)), spacing=(1.0, 1.0, 0.5), origin=(6.0, 0.0, 0.0))
    columns: Any = region_properties(image, Labels.of(fine, [[[1, 1, 1, 2, 2, 3, 3, 3]] * 2])).regions.columns
    assert columns["volume"] == [3.0, 2.0, 3.0]
    assert columns["mean"][0] == pytest.approx(6.5)
    assert columns["mean"][2] is None  # the image ends before it


def test_without_labels_the_table_has_no_rows(small_brain: Image) -> None:
    found = region_properties(small_brain, Labels.of(small_brain, np.zeros(small_brain.pixels.shape, np.uint8)))
    assert {len(column) for column in found.regions.columns.values()} == {0}
    assert "volume" in found.regions.columns
    assert (found.number.value, found.volume.value) == (0, 0)


def test_labels_elsewhere_in_the_patient_are_refused(small_brain: Image, labels: Labels) -> None:
    with pytest.raises(UnsupportedInput, match="no place that this image and labels both show"):
        region_properties(small_brain, replace(labels, origin=(9999.0, 0.0, 0.0)))
