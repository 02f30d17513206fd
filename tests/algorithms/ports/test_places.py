"""Points, labels and transforms keep their places between pixels, millimetres and SimpleITK."""

import math

import numpy as np
import pytest
import SimpleITK as sitk

from imaging import Image, Labels, Points, Transform

TURNED = (0.0, -1.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 1.0)
IMAGE = Image(
    np.arange(2 * 3 * 4, dtype=np.int16).reshape(2, 3, 4),
    spacing=(5.0, 0.5, 0.7),
    origin=(10.0, -20.0, 30.0),
    direction=TURNED,
)


def test_points_lie_where_simpleitk_says() -> None:
    points = Points.of_indices(IMAGE, [(1, 2, 3), (0.5, 0, 0)])
    reference = IMAGE.to_simpleitk()
    expected = [reference.TransformContinuousIndexToPhysicalPoint(each) for each in [(3.0, 2.0, 1.0), (0.0, 0.0, 0.5)]]
    assert np.allclose(np.asarray(points.positions), expected)
    assert np.allclose(points.indices_in(IMAGE), [(1, 2, 3), (0.5, 0, 0)])


def test_labels_are_of_the_smallest_type() -> None:
    labels = Labels.of(IMAGE, np.full((2, 3, 4), 300.0), {300: "liver"})
    assert labels.pixels.dtype == np.uint16 and labels.own_scale and labels.names == {300: "liver"}
    assert Labels.of(IMAGE, np.zeros((2, 3, 4), bool)).pixels.dtype == np.uint8


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        (np.zeros((2, 3, 5)), "do not fit"),
        (np.full((2, 3, 4), 0.5), "are whole numbers"),
        (np.full((2, 3, 4), -1), "at least 0"),
    ],
)
def test_what_is_no_label_is_refused(values: "np.ndarray[tuple[int, ...], np.dtype[np.float64]]", reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        Labels.of(IMAGE, values)


def test_an_image_is_resampled_to_the_grid_of_another() -> None:
    pixels = np.zeros((3, 8, 8), np.float32)
    pixels[:] = np.arange(8)
    fixed = Image(np.zeros((3, 4, 4), np.int16), spacing=(1.0, 2.0, 2.0), origin=(0.5, 0.0, 0.0))
    moved = Image(pixels).on_grid_of(fixed)
    assert moved.pixels.dtype == np.float32 and (moved.spacing, moved.origin) == (fixed.spacing, fixed.origin)
    assert np.allclose(moved.pixels[0], [0.5, 2.5, 4.5, 6.5])


def test_labels_are_resampled_to_the_nearest_and_nothing_outside() -> None:
    labels = Labels.of(Image(np.zeros((1, 2, 2))), [[[1, 2], [3, 4]]])
    fixed = Image(np.zeros((1, 2, 3)), origin=(0.2, 0.0, 0.0))
    assert labels.on_grid_of(fixed).pixels.tolist() == [[[1, 2, 0], [3, 4, 0]]]


def test_a_transform_leads_through() -> None:
    pixels = np.zeros((1, 1, 6), np.int16)
    pixels[0, 0] = range(6)
    moved = Image(pixels).on_grid_of(Image(pixels), through=Transform(translation=(2.0, 0.0, 0.0)), fill=-1)
    assert moved.pixels[0, 0].tolist() == [2, 3, 4, 5, -1, -1]


def test_a_transform_goes_to_simpleitk_and_back() -> None:
    euler = sitk.Euler3DTransform((1.0, 2.0, 3.0), 0.1, 0.2, math.pi / 3, (4.0, 5.0, 6.0))
    point = (7.0, -8.0, 9.0)
    ours = Transform.of_simpleitk(sitk.CompositeTransform([euler]))
    assert np.allclose(ours.to_simpleitk().TransformPoint(point), euler.TransformPoint(point))
    with pytest.raises(ValueError, match="no linear transform"):
        Transform.of_simpleitk(sitk.BSplineTransform(3, 3))
