"""`register_deformable` finds a smooth deformation that was put in."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import SimpleITK as sitk
from imaging_collection.bending import Whole, extent_of
from imaging_collection.pairs.register_deformable import Deformable, register_deformable

from imaging import Image, UnsupportedInput


@pytest.fixture(scope="module")
def moving(small_brain: Image) -> Image:
    """The whole head in 32 x 32 pixels of each plane."""
    spacing = (small_brain.spacing[0], 4 * small_brain.spacing[1], 4 * small_brain.spacing[2])
    blocks = small_brain.pixels.reshape(5, 32, 4, 32, 4).mean(axis=(2, 4))
    return replace(small_brain, pixels=blocks.astype(np.int16), spacing=spacing)


@pytest.fixture(scope="module")
def put_in(moving: Image) -> sitk.BSplineTransform:
    splines = sitk.BSplineTransformInitializer(moving.to_simpleitk(), [2, 2, 1], 3)
    splines.SetParameters(np.random.default_rng(1).normal(0, 6, len(splines.GetParameters())).tolist())
    return splines


@pytest.fixture(scope="module")
def fixed(moving: Image, put_in: sitk.BSplineTransform) -> Image:
    return replace(moving, pixels=moving.on_grid_of(moving, through=Whole(put_in)).pixels)


@pytest.fixture(scope="module")
def found(fixed: Image, moving: Image) -> Deformable:
    return register_deformable(fixed, moving, "mean_squares", distance=100, iterations=20)


def test_the_moving_image_becomes_alike_the_fixed_one(found: Deformable, fixed: Image, moving: Image) -> None:
    before, after = (np.abs(each.pixels.astype(float) - fixed.pixels).mean() for each in (moving, found.moved))
    assert after < 0.4 * before
    assert found.moved.pixels.dtype == moving.pixels.dtype


def test_its_file_is_read_by_itk_and_leads_where_it_should(
    found: Deformable, fixed: Image, put_in: sitk.BSplineTransform, tmp_path: Path
) -> None:
    path = tmp_path / f"deformation{found.deformation.suffix}"
    path.write_bytes(found.deformation.content)
    read = sitk.ReadTransform(str(path))
    there = fixed.to_simpleitk()
    body = np.argwhere(fixed.pixels > np.percentile(fixed.pixels, 70))[::25]
    points = [there.TransformIndexToPhysicalPoint([int(each) for each in place[::-1]]) for place in body]
    truth = np.array([put_in.TransformPoint(each) for each in points])
    away = np.linalg.norm(np.array([read.TransformPoint(each) for each in points]) - truth, axis=1)
    assert away.mean() < 0.5 * np.linalg.norm(points - truth, axis=1).mean()


def test_it_says_how_far_it_bends(found: Deformable) -> None:
    assert 0 < found.largest_displacement.value < 30
    assert 0 < found.smallest_jacobian.value < 1.2
    assert found.overlap.value > 70


def test_the_same_images_give_the_same_deformation(fixed: Image, moving: Image) -> None:
    one, two = (register_deformable(fixed, moving, distance=200, iterations=2) for _ in range(2))
    assert one.deformation == two.deformation
    assert np.array_equal(one.moved.pixels, two.moved.pixels)


def test_the_bending_of_a_known_transform_is_that() -> None:
    image = Image(np.zeros((3, 20, 30)), spacing=(2.0, 1.0, 1.0))
    growing = sitk.AffineTransform((1.1, 0, 0, 0, 0.5, 0, 0, 0, 1.0), (0.0, 0.0, 0.0))
    away, growth = extent_of(image, growing)
    assert away == pytest.approx(np.hypot(0.1 * 29, 0.5 * 19))
    assert growth == pytest.approx(1.1 * 0.5)


@pytest.mark.parametrize(
    ("pixels", "sentence"),
    [
        (np.arange(900).reshape(1, 30, 30), "takes volumes, and moving has one plane"),
        (np.full((5, 30, 30), 7), "all values of moving are 7"),
        (np.arange(15).reshape(5, 1, 3), "at least 4 x 4 pixels; moving has 1 x 3"),
        (np.full((5, 9, 9), np.nan), "some of moving are infinite or not a number"),
    ],
)
def test_what_cannot_be_registered_is_said(pixels: np.ndarray, sentence: str, fixed: Image) -> None:
    with pytest.raises(UnsupportedInput, match=sentence):
        register_deformable(fixed, Image(pixels))
