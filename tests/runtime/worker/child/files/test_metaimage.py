"""SimpleITK reads what is written without it."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
import SimpleITK as sitk

from algorithms.image import Image
from runtime.worker.child.files.metaimage import ELEMENTS, encoded

OBLIQUE = (0.0, 0.6, 0.8, 1.0, 0.0, 0.0, 0.0, 0.8, -0.6)


def read(image: Image, folder: Path) -> Any:
    path = folder / "values.mha"
    path.write_bytes(encoded(image))
    return sitk.ReadImage(str(path))


@pytest.mark.parametrize("dtype", ELEMENTS)
def test_every_type_is_read_as_it_was(tmp_path: Path, dtype: str) -> None:
    pixels = np.arange(24).reshape(2, 3, 4).astype(dtype)
    kept = sitk.GetArrayFromImage(read(Image(pixels), tmp_path))
    assert kept.dtype == pixels.dtype and np.array_equal(kept, pixels)


def test_it_lies_where_simpleitk_itself_would_put_it(tmp_path: Path) -> None:
    image = Image(np.zeros((2, 3, 4), np.int16), (1 / 3, 0.5, 0.7), origin=(-1.5, 2.0, 1e-9), direction=OBLIQUE)
    found, own = read(image, tmp_path), image.to_simpleitk()
    assert found.GetDirection() == pytest.approx(own.GetDirection())
    assert (found.GetOrigin(), found.GetSpacing(), found.GetSize()) == (
        own.GetOrigin(),
        own.GetSpacing(),
        own.GetSize(),
    )


def test_colour_is_a_vector(tmp_path: Path) -> None:
    pixels = np.arange(36).reshape(1, 3, 4, 3).astype(np.uint8)
    assert np.array_equal(sitk.GetArrayFromImage(read(Image(pixels), tmp_path)), pixels)


def test_half_precision_and_foreign_byte_order_are_written_as_what_holds_them(tmp_path: Path) -> None:
    half = np.array([[[0.5, 1.25]]], np.float16)
    assert np.array_equal(sitk.GetArrayFromImage(read(Image(half), tmp_path)), half)
    foreign = np.array([[[1, 258]]], np.dtype(np.int16).newbyteorder())
    assert np.array_equal(sitk.GetArrayFromImage(read(Image(foreign), tmp_path)), foreign)


def test_what_metaimage_does_not_have() -> None:
    with pytest.raises(TypeError, match="complex"):
        encoded(Image(np.zeros((1, 1, 1), complex)))
