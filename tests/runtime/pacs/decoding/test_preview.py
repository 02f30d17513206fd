"""Files to a preview, where the pictures over HTTP do not reach."""

from typing import Any

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray
from pydicom import Dataset

from runtime.dicom import render
from runtime.errors import PermanentError
from runtime.pacs.decoding import preview, values
from tests.runtime.dicom.files import FILES, Write

RAMP = np.arange(1000, dtype=np.int16).reshape(25, 40)


def shown(data: bytes) -> NDArray[Any]:
    picture = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_UNCHANGED)
    assert picture is not None
    return np.asarray(picture)


def test_monochrome1_is_inverted(write: Write) -> None:
    plain = preview.image(write(RAMP), None, (500, 1000), None)
    inverted = preview.image(write(RAMP, PhotometricInterpretation="MONOCHROME1"), None, (500, 1000), None)
    assert np.array_equal(shown(inverted), 255 - shown(plain))


def test_the_files_function_is_used(write: Write) -> None:
    window = {"WindowCenter": 500, "WindowWidth": 300}
    path = write(RAMP, VOILUTFunction="SIGMOID", **window)
    assert np.array_equal(shown(preview.image(path, None, None, None)), render(RAMP, (500, 300), function="SIGMOID"))


def test_windows_of_a_function_that_is_not_known_are_left_out_and_told_of(write: Write) -> None:
    path = write(RAMP, VOILUTFunction="LOG", WindowCenter=500, WindowWidth=300)
    assert np.array_equal(shown(preview.image(path, None, None, None)), render(RAMP, None))
    plane = values.summary(path)["planes"][0]
    assert (plane["windows"], plane["function"], plane["unknown_function"]) == ([], "LINEAR", "LOG")


def test_a_lookup_table_comes_before_a_window_but_not_before_the_callers(write: Write) -> None:
    table = Dataset()
    table.LUTDescriptor = [1000, 0, 16]
    table["LUTDescriptor"].VR = "US"
    table.LUTData = np.linspace(65535, 0, 1000).astype("<u2").tobytes()
    table["LUTData"].VR = "OW"
    path = write(RAMP, VOILUTSequence=[table], WindowCenter=500, WindowWidth=1000)
    falling = shown(preview.image(path, None, None, None))
    assert falling[0, 0] == 255 and falling[-1, -1] == 0
    assert np.array_equal(shown(preview.image(path, None, (500, 1000), None)), render(RAMP, (500, 1000)))


def test_the_rescale_is_applied_before_the_window(write: Write) -> None:
    path = write(RAMP, RescaleSlope=2, RescaleIntercept=-1000)
    expected = render(RAMP * 2.0 - 1000, (0, 2000))
    assert np.array_equal(shown(preview.image(path, None, (0, 2000), None)), expected)


def test_padding_does_not_darken_the_picture(write: Write) -> None:
    padded = RAMP.copy()
    padded[:20] = -30000
    path = write(padded, PixelPaddingValue=-30000, WindowCenter=None, WindowWidth=None)
    picture = shown(preview.image(path, None, None, None))
    assert picture[:20].max() == 0 and np.ptp(picture[20:].astype(int)) == 255


def test_a_narrow_linear_window_in_a_file_is_shown_not_refused(write: Write) -> None:
    path = write(np.float32(RAMP).astype(np.int16), RescaleSlope=0.001, WindowCenter=0.5, WindowWidth=0.5)
    picture = shown(preview.image(path, None, None, None))
    assert picture.min() == 0 and picture.max() == 255


def test_a_series_of_mixed_sizes_is_shown_too(write: Write) -> None:
    paths = [write(RAMP), write(RAMP[:10, :10]), FILES / "test-SR.dcm"]
    assert shown(preview.series(paths, None, None)).shape == (25, 80)


def test_slices_without_a_window_share_one(write: Write) -> None:
    silent = {"WindowCenter": None, "WindowWidth": None}
    dark = write(RAMP // 10, ImagePositionPatient=[0, 0, 0], **silent)
    bright = write(RAMP, ImagePositionPatient=[0, 0, 1], **silent)
    picture = shown(preview.series([bright, dark], None, None))
    assert picture[:, :40].max() < 40 and picture[:, 40:].max() == 255


def test_a_long_multi_frame_series_is_thinned(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(preview, "PLANES_MOST", 4)
    frames = np.stack([np.full((8, 8), value, np.int16) for value in range(10)])
    picture = shown(preview.series([write(frames, NumberOfFrames=10)], (5, 10), None))
    assert picture.shape == (16, 16)
    assert picture[::8, ::8].tolist() == [[0, 85], [170, 255]]


def test_nothing_to_show() -> None:
    for show in (preview.series, preview.study):
        with pytest.raises(PermanentError, match="without pixels"):
            show([FILES / "test-SR.dcm"], None, None)


def test_evenly() -> None:
    assert preview.evenly(range(10), 4) == [0, 3, 6, 9]
    assert preview.evenly(range(3), 4) == [0, 1, 2]
    assert preview.evenly(range(10), 1) == [0]
