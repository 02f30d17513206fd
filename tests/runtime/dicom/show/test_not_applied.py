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
    assert summary(write(PIXELS, MaskSubtractionSequence=[]))["not_applied"] == ()
