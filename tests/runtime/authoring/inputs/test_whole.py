"""Files that are cut off are refused, also those that ITK would fill up."""

import struct
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import SimpleITK as sitk

from runtime.authoring.inputs.source import locate, read
from runtime.authoring.inputs.whole import lack_of
from runtime.errors import PermanentError

kit: Any = sitk
NAMES = ["volume.nii", "volume.nii.gz", "picture.jpg", "picture.bmp"]


def written(folder: Path, name: str) -> Path:
    """Return a file of random values."""
    values = np.random.default_rng(0).integers(0, 255, (40, 50) if "picture" in name else (6, 40, 50)).astype(np.uint8)
    kit.WriteImage(kit.GetImageFromArray(values), str(folder / name))
    return folder / name


@pytest.mark.parametrize("name", NAMES)
def test_a_whole_file_lacks_nothing(name: str, tmp_path: Path) -> None:
    assert lack_of(written(tmp_path, name)) == ""


@pytest.mark.parametrize("share", [0.1, 0.5, 0.99])
@pytest.mark.parametrize("name", NAMES)
def test_a_file_that_is_cut_off_is_refused(name: str, share: float, tmp_path: Path) -> None:
    file = written(tmp_path, name)
    content = file.read_bytes()
    file.write_bytes(content[: int(len(content) * share)])
    with pytest.raises(PermanentError, match="cut off") as raised:
        read(locate(file), "regular")
    assert raised.value.code == "input_unreadable"


@pytest.mark.parametrize(
    ("size", "fields"),
    [
        (348, [(">i", 0, 348), (">4h", 40, 3, 4, 5, 6), (">2h", 70, 512, 16), (">f", 108, 352)]),
        (540, [("<i", 0, 540), ("<4q", 16, 3, 4, 5, 6), ("<2h", 12, 512, 16), ("<q", 168, 544)]),
    ],
)
def test_both_versions_of_nifti_and_both_byte_orders_are_measured(
    size: int, fields: list[tuple[Any, ...]], tmp_path: Path
) -> None:
    content = bytearray(size + 4 + 4 * 5 * 6 * 2)
    for form, offset, *values in fields:
        struct.pack_into(form, content, offset, *values)
    file = tmp_path / "volume.nii"
    file.write_bytes(content)
    assert lack_of(file) == ""
    file.write_bytes(content[:-1])
    assert lack_of(file) == f"it has {len(content) - 1} of {len(content)} bytes"


def test_a_folder_names_the_file_that_is_no_dicom(tmp_path: Path) -> None:
    (tmp_path / "notes.dcm").write_text("none")
    with pytest.raises(PermanentError, match=r"notes\.dcm: The input is not a DICOM file"):
        locate(tmp_path)
