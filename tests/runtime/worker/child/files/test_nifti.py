"""NIfTI files have the values and the places that SimpleITK, and so ITK, reads of them."""

from pathlib import Path

import numpy as np
import pytest
import SimpleITK as sitk

from imaging import Image
from runtime.worker.child.files import nifti
from runtime.worker.child.files.metaimage import decoded, encoded

OBLIQUE = (0.8, 0.0, -0.6, 0.36, 0.8, 0.48, 0.48, -0.6, 0.64)
LEFT_HANDED = (1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, -1.0)


@pytest.mark.parametrize("direction", [OBLIQUE, LEFT_HANDED, (0.0, 0.0, 1.0, 1.0, 0.0, 0.0, 0.0, -1.0, 0.0)])
@pytest.mark.parametrize("dtype", ["uint8", "int16", "uint16", "float32"])
def test_an_image_is_read_back_with_its_geometry(tmp_path: Path, dtype: str, direction: tuple[float, ...]) -> None:
    pixels = np.arange(2 * 3 * 4).reshape(2, 3, 4).astype(dtype)
    image = Image(pixels, spacing=(5.0, 0.5, 0.75), origin=(-10.0, 20.0, 30.5), direction=direction)
    path = tmp_path / "image.nii.gz"
    path.write_bytes(nifti.encoded(image))
    read = sitk.ReadImage(str(path))
    assert np.array_equal(sitk.GetArrayFromImage(read), pixels)
    assert np.allclose(read.GetSpacing(), (0.75, 0.5, 5.0)) and np.allclose(read.GetOrigin(), image.origin)
    assert np.allclose(read.GetDirection(), direction, atol=1e-5)


def test_colours_are_read_back(tmp_path: Path) -> None:
    for dtype in ("uint8", "uint16"):
        pixels = np.arange(2 * 3 * 4 * 3).reshape(2, 3, 4, 3).astype(dtype)
        path = tmp_path / "colour.nii.gz"
        path.write_bytes(nifti.encoded(Image(pixels)))
        assert np.array_equal(sitk.GetArrayFromImage(sitk.ReadImage(str(path))), pixels)


def test_a_plane_in_colours_that_would_lose_its_place_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"One plane in colours of type uint16 .* ask for .mha"):
        nifti.encoded(Image(np.zeros((1, 3, 4, 3), np.uint16)))
    pixels = np.arange(3 * 4 * 3, dtype=np.uint8).reshape(1, 3, 4, 3)
    (tmp_path / "colour.nii.gz").write_bytes(nifti.encoded(Image(pixels, origin=(1.0, 2.0, 3.0))))
    read = sitk.ReadImage(str(tmp_path / "colour.nii.gz"))
    assert np.array_equal(sitk.GetArrayFromImage(read), pixels) and read.GetOrigin() == (1.0, 2.0, 3.0)


def test_metaimage_is_read_back_by_the_worker_itself() -> None:
    image = Image(
        np.arange(24, dtype=np.int16).reshape(2, 3, 4), (5.0, 0.5, 0.75), origin=(1.0, 2.0, 3.0), direction=OBLIQUE
    )
    read, fields = decoded(encoded(image, {"Unit": "HU", "Scale": "own"}))
    assert np.array_equal(read.pixels, image.pixels) and read.direction == pytest.approx(OBLIQUE)
    assert (read.spacing, read.origin, read.unit, read.own_scale) == (image.spacing, image.origin, "HU", True)
    assert fields["NDims"] == "3"
    for broken in (b"", b"\xff\xfe", b"NDims = 3\n", encoded(image)[:-9]):
        with pytest.raises(ValueError, match="no MetaImage"):
            decoded(broken)


def test_a_side_that_nifti_cannot_count_is_refused_with_a_sentence() -> None:
    with pytest.raises(ValueError, match="at most 32767 pixels along a side, and 32768 are returned"):
        nifti.encoded(Image(np.zeros((1, 1, 32768), np.uint8)))
