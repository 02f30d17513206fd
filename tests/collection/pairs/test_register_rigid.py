"""`register_rigid` finds the rotation and the shift that were put in."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import SimpleITK as sitk
from imaging_collection.pairs.register_rigid import register_rigid

from imaging import Image, Transform, UnsupportedInput

SHIFT = (4.0, -3.0, 2.5)  # mm
ANGLE = 0.08  # radians


@pytest.fixture(scope="module")
def fixed(small_brain: Image) -> Image:
    spacing = (small_brain.spacing[0], 2 * small_brain.spacing[1], 2 * small_brain.spacing[2])
    return replace(small_brain, pixels=small_brain.pixels[:, ::2, ::2].copy(), spacing=spacing)


def middle(image: Image) -> Any:
    there = image.to_simpleitk()
    return there.TransformContinuousIndexToPhysicalPoint([(size - 1) / 2 for size in there.GetSize()])


def moved(image: Image, along: tuple[float, float, float], angle: float) -> tuple[Image, Any]:
    """Return the image, moved, and the transform that leads from the one to the other."""
    put_in = sitk.Euler3DTransform()
    put_in.SetCenter(middle(image))
    # the rotation is within the planes of this series
    normal = np.asarray(image.direction, float)[2::3]
    turn = sitk.VersorRigid3DTransform()
    turn.SetRotation(normal.tolist(), angle)
    put_in.SetMatrix(turn.GetMatrix())
    put_in.SetTranslation(along)
    back = Transform.of_simpleitk(put_in.GetInverse())
    return replace(image, pixels=image.on_grid_of(image, through=back).pixels), put_in


def error(found: Transform, put_in: Any, image: Image) -> float:
    """Return the largest distance in mm between where both lead, at points through the image."""
    there = image.to_simpleitk()
    corners = [
        there.TransformIndexToPhysicalPoint([int(size * part) for size in there.GetSize()]) for part in (0.2, 0.5, 0.8)
    ]
    return max(
        float(np.linalg.norm(np.subtract(found.to_simpleitk().TransformPoint(each), put_in.TransformPoint(each))))
        for each in corners
    )


@pytest.mark.parametrize("metric", ["mutual_information", "correlation", "mean_squares"])
def test_in_a_volume_they_are_found_to_a_fraction_of_a_pixel(metric: Any, fixed: Image) -> None:
    moving, put_in = moved(fixed, SHIFT, ANGLE)
    found = register_rigid(fixed, moving, metric)
    assert error(found.transform, put_in, fixed) < 0.5 * fixed.spacing[1]
    assert found.rotation.value == pytest.approx(np.degrees(ANGLE), abs=1)
    assert found.shift.value == pytest.approx(np.linalg.norm(SHIFT), abs=1.5)
    assert 60 < found.overlap.value < 100
    inner = (slice(1, -1), slice(12, -12), slice(12, -12))
    away = [np.abs(each.pixels[inner].astype(float) - fixed.pixels[inner]).mean() for each in (found.moved, moving)]
    assert away[0] < 0.6 * away[1]  # interpolated twice


def test_in_a_plane_they_are_found_to_about_a_pixel(brain: Image) -> None:
    plane = replace(brain, pixels=brain.pixels[2:3])
    right, down = np.asarray(brain.direction, float)[0::3], np.asarray(brain.direction, float)[1::3]
    along = 5 * right - 3 * down
    moving, put_in = moved(plane, (float(along[0]), float(along[1]), float(along[2])), ANGLE)
    found = register_rigid(plane, moving)
    assert error(found.transform, put_in, plane) < 1.5 * plane.spacing[1]
    assert found.moved.pixels.shape == plane.pixels.shape


def test_planes_of_other_directions_lie_on_each_other_in_the_end(brain: Image) -> None:
    """One plane is lifted out of the patient and turned around: the transform leads there."""
    plane = replace(brain, pixels=brain.pixels[2:3])
    turned = replace(plane, direction=(0.0, 0.0, 1.0, 1.0, 0.0, 0.0, 0.0, 1.0, 0.0), origin=(10.0, 20.0, 30.0))
    found = register_rigid(plane, turned, start="centres")
    assert np.abs(found.moved.pixels.astype(float) - plane.pixels).mean() < 0.2 * plane.pixels.std()
    assert found.overlap.value > 95


def test_the_same_images_give_the_same_transform(fixed: Image) -> None:
    moving, _ = moved(fixed, SHIFT, ANGLE)
    assert register_rigid(fixed, moving).transform == register_rigid(fixed, moving).transform


def test_what_is_moved_keeps_its_type_and_unit(fixed: Image) -> None:
    other = replace(fixed, pixels=(fixed.pixels / 4).astype(np.uint8), modality="PT", unit="SUV")
    found = register_rigid(fixed, other, iterations=1).moved
    assert (found.pixels.dtype, found.unit, found.modality, found.own_scale) == (np.uint8, "SUV", "PT", True)
    assert found.origin == fixed.origin and found.spacing == fixed.spacing


def test_images_far_apart_are_laid_on_each_other_by_their_centres(fixed: Image) -> None:
    far = replace(fixed, origin=(900.0, 0.0, 0.0))
    with pytest.raises(UnsupportedInput, match=r"start=centres"):
        register_rigid(fixed, far)
    found = register_rigid(fixed, far, start="centres")
    assert np.abs(found.moved.pixels.astype(float) - fixed.pixels).mean() < 0.1 * fixed.pixels.std()


@pytest.mark.parametrize(
    ("moving", "sentence"),
    [
        (Image(np.arange(900).reshape(1, 30, 30)), "two planes or two volumes; this image has 5 plane"),
        (Image(np.full((5, 30, 30), 7)), "all values of moving are 7"),
        (Image(np.arange(15).reshape(5, 1, 3)), "at least 4 x 4 pixels; moving has 1 x 3"),
        (Image(np.full((5, 9, 9), np.nan)), "some of moving are infinite or not a number"),
        (Image(np.zeros((5, 9, 9, 3), np.uint8)), "moving is in colour"),
        (Image(np.zeros((5, 9, 9), bool)), "not bool as moving has"),
    ],
)
def test_what_cannot_be_registered_is_said(moving: Image, sentence: str, fixed: Image) -> None:
    with pytest.raises(UnsupportedInput, match=sentence):
        register_rigid(fixed, moving)
