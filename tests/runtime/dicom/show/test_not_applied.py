"""Shutters and masks: a file that asks for them is shown without, and says so."""

import numpy as np
from pydicom.dataset import Dataset

from runtime.pacs.decoding.values import summary
from tests.runtime.dicom.files import Write

PIXELS = np.zeros((4, 6), np.uint16)


def test_what_a_file_asks_for_and_is_not_done_is_told(write: Write) -> None:
    group, mask = Dataset(), Dataset()
    group.FrameDisplayShutterSequence = [Dataset()]
    mask.MaskOperation = "AVG_SUB"
    path = write(
        PIXELS, ShutterShape="CIRCULAR", MaskSubtractionSequence=[mask], SharedFunctionalGroupsSequence=[group]
    )
    told = ("ShutterShape", "FrameDisplayShutterSequence", "MaskSubtractionSequence")
    assert summary(path)["not_applied"] == told
    alpha = "AlphaPaletteColorLookupTableData"
    assert summary(write(PIXELS, **{alpha: bytes(range(256))}))["not_applied"] == (alpha,)
    assert summary(write(PIXELS, MaskSubtractionSequence=[]))["not_applied"] == ()


def test_an_estimated_magnification_is_told_where_lengths_are_at_the_detector(write: Write) -> None:
    factor = "EstimatedRadiographicMagnificationFactor"
    told = summary(write(PIXELS, PixelSpacing=None, ImagerPixelSpacing=[0.1, 0.1], **{factor: 1.5}))
    assert (told["not_applied"], told["planes"][0]["pixel_spacing"]) == ((factor,), (0.1, 0.1))
    for stated, pixels in ((None, [0.1, 0.1]), (1, [0.1, 0.1]), (1.5, [0.07, 0.07])):  # the last has it taken out
        path = write(PIXELS, PixelSpacing=pixels, ImagerPixelSpacing=[0.1, 0.1], **{factor: stated})
        assert summary(path)["not_applied"] == ()
