"""What writers leave out or add: refused with its own reason instead of shown wrong, or read as it is meant."""

from pathlib import Path
from typing import Any

import numpy as np
import pydicom
import pytest

from runtime.dicom import read_image
from runtime.errors import PermanentError
from tests.runtime.dicom.files import FILES, Write

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:pydicom")
PIXELS = np.arange(24, dtype=np.int16).reshape(4, 6)
FLAT = [1, 0, 0, 0, 1, 0]


def without_planar(path: Path) -> Path:
    dataset: Any = pydicom.dcmread(path)
    dataset.SamplesPerPixel, dataset.PhotometricInterpretation, dataset.PixelRepresentation = 3, "RGB", 0
    dataset.BitsAllocated = dataset.BitsStored = 8
    dataset.HighBit, dataset.PixelData = 7, bytes(72)
    dataset.save_as(path)
    return path


@pytest.mark.parametrize(
    ("attributes", "reason"),
    [
        ({"NumberOfFrames": -1}, "holds -1 frames"),
        ({"RescaleSlope": "1e300", "RescaleIntercept": 0}, "values that are too large for float32"),
        ({"ImageType": ["ORIGINAL", "PRIMARY", "M", "ND", "MOSAIC"]}, "a mosaic of several slices"),
        ({"RescaleSlope": [1, 1], "RescaleIntercept": [0, 0]}, "slope is not a number"),
    ],
)
def test_what_would_be_shown_wrong_is_refused(write: Write, attributes: dict[str, Any], reason: str) -> None:
    placed = {"ImagePositionPatient": [0, 0, 0], "ImageOrientationPatient": FLAT}
    with pytest.raises(PermanentError, match=reason):
        read_image([write(PIXELS, **placed, **attributes)])


def test_colours_that_may_lie_either_way_are_refused(write: Write) -> None:
    with pytest.raises(PermanentError, match="PlanarConfiguration"):
        read_image([without_planar(write(PIXELS))])


def test_pixels_that_do_not_end_are_cut_short(tmp_path: Path) -> None:
    path = tmp_path / "cut.dcm"
    path.write_bytes((FILES / "MR_small_RLE.dcm").read_bytes()[:-200])
    with pytest.raises(PermanentError, match="cut short: its pixels do not end"):
        read_image([path])


def test_planes_that_face_opposite_ways_are_no_volume(write: Write) -> None:
    paths = [
        write(PIXELS, ImagePositionPatient=[0, 0, z], ImageOrientationPatient=FLAT if z else [1, 0, 0, 0, -1, 0])
        for z in range(3)
    ]
    with pytest.raises(PermanentError, match="differ in orientation"):
        read_image(paths)
