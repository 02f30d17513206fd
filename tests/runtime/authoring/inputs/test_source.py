"""An author gives DICOM files, volumes and pictures."""

import shutil
from pathlib import Path

import numpy as np
import pytest
import SimpleITK as sitk

from runtime.authoring.inputs.source import locate, read
from runtime.errors import PermanentError
from runtime.local.samples import FOLDER, mr_brain

PIXELS = np.arange(60, dtype=np.int16).reshape(3, 4, 5)


def test_a_file_is_an_image_and_a_folder_a_series() -> None:
    assert locate(mr_brain()[0].path).scope == "image"
    source = locate(FOLDER)
    assert (source.scope, len(source.paths), source.left_out) == ("series", 20, 2)
    assert read(source, "regular").pixels.shape == (20, 256, 256)


def test_one_series_of_a_folder_is_chosen(tmp_path: Path) -> None:
    from pydicom import dcmread

    first, second = (shutil.copy(each.path, tmp_path) for each in mr_brain()[:2])
    other = dcmread(second)
    other.SeriesInstanceUID = "2.25.7"
    other.save_as(second)
    with pytest.raises(PermanentError, match=r"2\.25\.7: 1 files"):
        locate(tmp_path)
    assert locate(tmp_path, series="2.25.7").paths == (Path(second),)
    assert locate(tmp_path, scope="study").paths == (Path(first), Path(second))


@pytest.mark.parametrize("suffix", [".nii.gz", ".mha"])
def test_a_volume_keeps_its_place(suffix: str, tmp_path: Path) -> None:
    volume = sitk.GetImageFromArray(PIXELS)
    volume.SetSpacing((0.5, 0.75, 3.0))
    volume.SetOrigin((1.0, -2.0, 3.0))
    sitk.WriteImage(volume, str(tmp_path / f"volume{suffix}"))
    image = read(locate(tmp_path / f"volume{suffix}"), "regular")
    assert np.array_equal(image.pixels, PIXELS)
    assert (image.spacing, image.origin) == ((3.0, 0.75, 0.5), (1.0, -2.0, 3.0))


@pytest.mark.parametrize(("channels", "shape"), [(1, (1, 4, 5)), (3, (1, 4, 5, 3)), (4, (1, 4, 5, 3))])
def test_a_picture_has_no_transparency(channels: int, shape: tuple[int, ...], tmp_path: Path) -> None:
    values = np.zeros((4, 5, channels) if channels > 1 else (4, 5), np.uint8)
    sitk.WriteImage(sitk.GetImageFromArray(values, isVector=channels > 1), str(tmp_path / "picture.png"))
    assert read(locate(tmp_path / "picture.png"), "regular").pixels.shape == shape


def test_time_points_are_refused(tmp_path: Path) -> None:
    sitk.WriteImage(sitk.GetImageFromArray(np.zeros((2, 3, 4, 5), np.int16), False), str(tmp_path / "4d.nii"))
    with pytest.raises(PermanentError, match="has 4 dimensions"):
        read(locate(tmp_path / "4d.nii"), "regular")


def test_what_is_not_there_and_what_cannot_be_read_is_said(tmp_path: Path) -> None:
    (tmp_path / "broken.png").write_bytes(b"no picture")
    with pytest.raises(PermanentError, match=r"broken\.png cannot be read"):
        read(locate(tmp_path / "broken.png"), "regular")
    with pytest.raises(PermanentError, match=r"holds no DICOM file\. Give a file of another kind .*/broken\.png\."):
        locate(tmp_path)
    (tmp_path / "notes.txt").write_text("no image either")
    with pytest.raises(PermanentError, match=r"notes\.txt is no DICOM file; by their names others are read: \.nii"):
        read(locate(tmp_path / "notes.txt"), "regular")
    with pytest.raises(PermanentError, match="There is no"):
        locate(tmp_path / "nothing")


@pytest.mark.parametrize("name", ["empty.dcm", "empty.nii.gz", "empty.png", "empty"])
def test_an_empty_file_is_said_to_be_one(name: str, tmp_path: Path) -> None:
    (tmp_path / name).touch()
    with pytest.raises(PermanentError, match=f"{name} is empty"):
        locate(tmp_path / name)
