"""`n4_bias_field` against fields that are known, because they were put in."""

from typing import Any

import numpy as np
import pytest
from imaging_collection.intensity.n4_bias_field import n4_bias_field

from imaging import Image, UnsupportedInput
from tests.collection.declarations import image_of


def phantom(shape: tuple[int, int, int]) -> tuple[Any, Any]:
    """Return two tissues in a ball, and a smooth field with a mean logarithm of 0 over it."""
    plane, row, column = np.mgrid[-1 : 1 : shape[0] * 1j, -1 : 1 : shape[1] * 1j, -1 : 1 : shape[2] * 1j]
    radius = plane**2 + row**2 + column**2
    tissue = np.where(radius < 0.9, np.where(radius < 0.3, 600.0, 1000.0), 0.0)
    field = 0.4 * row + 0.3 * column**2
    return tissue, np.exp(field - field[tissue > 0].mean())


def variation(pixels: Any, tissue: Any) -> float:
    parts = [pixels[tissue == value] for value in (600, 1000)]
    return max(float(part.std() / part.mean()) for part in parts)


@pytest.mark.parametrize("dtype", ["int16", "float32"])
def test_a_known_field_is_removed_and_measured(dtype: str) -> None:
    tissue, field = phantom((12, 24, 24))
    uneven = (tissue * field).astype(dtype)
    result = n4_bias_field(Image(uneven), iterations=8, spacing=1.0)
    corrected = image_of(result).pixels
    assert corrected.dtype == uneven.dtype
    assert variation(corrected, tissue) < variation(uneven, tissue) / 3
    assert result.measurements["bias_largest"] == pytest.approx(field[tissue > 0].max(), rel=0.15)
    assert result.measurements["bias_smallest"] == pytest.approx(field[tissue > 0].min(), rel=0.15)
    assert corrected[tissue == 1000].mean() == pytest.approx(1000, rel=0.05)


def test_planes_too_few_for_a_volume_are_corrected_one_by_one() -> None:
    tissue, field = phantom((9, 32, 32))
    uneven = (tissue * field)[3:5]
    corrected = image_of(n4_bias_field(Image(uneven), iterations=15, spacing=1.0)).pixels
    assert variation(corrected, tissue[3:5]) < 0.7 * variation(uneven, tissue[3:5])


def test_a_field_put_on_a_real_image_is_found(small_brain: Image) -> None:
    rows = np.linspace(-1, 1, small_brain.pixels.shape[1])[:, np.newaxis]
    uneven = Image((small_brain.pixels * np.exp(0.5 * rows)).astype(np.int16), small_brain.spacing)
    plain = Image(small_brain.pixels, small_brain.spacing)
    inside = small_brain.pixels > 200
    one, other = (image_of(n4_bias_field(each, iterations=5, spacing=8.0)).pixels for each in (uneven, plain))
    before = (uneven.pixels[inside] / plain.pixels[inside]).std()
    assert (one[inside] / np.maximum(other[inside], 1)).std() < 0.5 * before


@pytest.mark.parametrize(
    ("image", "reason"),
    [
        (Image(np.ones((1, 40, 40), np.int16), unit="HU"), "values in HU have no such field"),
        (Image(np.ones((1, 2, 90), np.int16)), "4 rows and columns"),
        (Image(np.zeros((1, 40, 40), np.int16)), "a hundred positive pixels"),
    ],
)
def test_what_it_cannot_correct_is_refused(image: Image, reason: str) -> None:
    with pytest.raises(UnsupportedInput, match=reason):
        n4_bias_field(image)
