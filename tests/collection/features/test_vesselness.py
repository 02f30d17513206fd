"""`vesselness` against tubes whose derivatives are known, and against scikit-image."""

from typing import Any

import numpy as np
import pytest
from imaging_collection.features.vesselness import vesselness
from imaging_collection.inputs import value_range
from skimage.feature import hessian_matrix, hessian_matrix_eigvals

from imaging import Image, UnsupportedInput

WIDTH = 2.0  # mm


def tube(spacing: tuple[float, float, float], planes: int, dtype: str = "float64") -> Any:
    """Return a line (one plane) or a tube along the rows, with a Gaussian profile, 1000 high."""
    rows, columns = int(40 / spacing[1]), int(40 / spacing[2])
    plane, _, column = np.mgrid[:planes, :rows, :columns]
    squared = ((column - columns // 2) * spacing[2]) ** 2 + ((plane - planes // 2) * spacing[0]) ** 2
    return (1000 * np.exp(-squared / (2 * WIDTH**2))).astype(dtype)


@pytest.mark.parametrize("spacing", [(3.0, 0.5, 0.5), (3.0, 1.0, 0.4)])
@pytest.mark.parametrize("radius", [1.0, 2.0])
def test_a_line_has_the_value_that_its_profile_gives(spacing: tuple[float, float, float], radius: float) -> None:
    image = Image(tube(spacing, 1), spacing)
    found = vesselness(image, smallest=radius, largest=radius, scales=1).pixels[0]
    # blurred, the profile is a Gaussian again, whose second derivative at its top is known
    wide = WIDTH**2 + radius**2
    second = radius**2 * 1000 * WIDTH / wide**1.5
    expected = 1 - np.exp(-(second**2) / (2 * (0.1 * value_range(image.pixels)) ** 2))
    middle = found.shape[0] // 2, found.shape[1] // 2
    assert found[middle] == pytest.approx(expected, rel=0.02)
    assert found.argmax() % found.shape[1] == middle[1]


def test_a_tube_across_planes_has_the_value_that_its_profile_gives() -> None:
    spacing = (1.0, 1.0, 1.0)
    image = Image(tube(spacing, 31), spacing)
    found = vesselness(image, smallest=2.0, largest=2.0, scales=1, contrast=0.3, planes="together").pixels
    second = 4 * 1000 * WIDTH**2 / (WIDTH**2 + 4) ** 2  # the same along both axes across the tube
    scale = 0.3 * value_range(image.pixels)
    expected = (1 - np.exp(-2)) * (1 - np.exp(-(second**2) / scale**2))
    assert found[15, 20, 20] == pytest.approx(expected, rel=0.03)
    assert found[2, 20, 3] < 0.01


def test_a_ball_and_a_plate_are_no_vessels() -> None:
    plane, row, column = np.mgrid[-10:11, -10:11, -10:11]
    ball = 1000 * np.exp(-(plane**2 + row**2 + column**2) / 8)
    plate = 1000 * np.exp(-(column**2) / 8.0)
    for shape, most in ((ball, 0.2), (plate, 0.01)):
        found = vesselness(Image(shape), smallest=2.0, largest=2.0, scales=1, contrast=0.2, planes="together").pixels
        assert found[10, 10, 10] < most


def test_a_real_image_is_what_scikit_images_derivatives_give(brain: Image) -> None:
    plane = brain.pixels[2].astype(np.float64)
    ours = vesselness(Image(plane[np.newaxis]), smallest=2.0, largest=2.0, scales=1).pixels[0]
    hessian = hessian_matrix(plane, 2, mode="nearest", use_gaussian_derivatives=True)
    values: Any = hessian_matrix_eigvals(hessian)
    values = np.take_along_axis(values, np.abs(values).argsort(axis=0), axis=0) * 4
    strength, scale = (values**2).sum(axis=0), 0.1 * value_range(plane)
    expected = np.exp(-2 * (values[0] / np.where(values[1], values[1], 1)) ** 2) * (
        1 - np.exp(-strength / 2 / scale**2)
    )
    # its derivatives are blurred twice, by the root of half the variance, instead of once
    assert np.abs(ours - np.where(values[1] < 0, expected, 0)).mean() < 0.02


def test_it_is_a_map_from_0_to_1_that_is_nowhere_black_as_a_whole(brain: Image) -> None:
    found = vesselness(brain)
    assert (found.pixels.dtype, found.own_scale, found.unit) == (np.float32, True, "")
    assert found.pixels.min() >= 0
    assert 0.5 < found.pixels.max() <= 1
    assert all(plane.max() > 0.3 for plane in found.pixels)


def test_dark_vessels_are_bright_ones_of_the_negative() -> None:
    pixels = tube((1.0, 1.0, 1.0), 1)
    dark = vesselness(Image(1000 - pixels), vessels="dark").pixels
    assert np.allclose(dark, vesselness(Image(pixels)).pixels, atol=1e-6)
    assert vesselness(Image(1000 - pixels)).pixels[0, 20, 20] == 0


def test_an_offset_changes_nothing() -> None:
    pixels = tube((1.0, 1.0, 1.0), 1)
    plain, shifted = (vesselness(Image(each), smallest=0.4).pixels for each in (pixels, pixels - 5000))
    assert np.allclose(plain, shifted, atol=1e-5)


def test_planes_too_far_apart_to_show_tubes_are_not_taken_together() -> None:
    image = Image(np.zeros((3, 4, 4)), (7.0, 1.0, 1.0))
    with pytest.raises(UnsupportedInput, match="Planes 7 mm apart do not show tubes of 1 mm radius"):
        vesselness(image, planes="together")


def test_radii_in_the_wrong_order_are_refused() -> None:
    with pytest.raises(UnsupportedInput, match="The thinnest vessels, 5 mm, are thicker than the thickest, 3 mm"):
        vesselness(Image(np.zeros((1, 4, 4))), smallest=5.0)
