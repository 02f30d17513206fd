"""Windows of a header, one of which may be damaged."""

import pytest
from pydicom.dataset import Dataset

from runtime.dicom.show.voi import Window, read_voi
from runtime.dicom.tables.table import Context
from runtime.errors import PermanentError


@pytest.mark.parametrize(
    ("centres", "widths", "windows"),
    [
        ("40\\", "400\\", [(40, 400)]),  # a separator too many
        ("40\\x\\60", "400\\1\\80", [(40, 400), (60, 80)]),  # the third width is the third centre's
        ("40\\50", "-1\\80", [(50, 80)]),  # PS3.3 C.11.2.1.2: a width is above 0
    ],
)
def test_a_damaged_window_costs_no_other(centres: str, widths: str, windows: list[Window]) -> None:
    level = Dataset()
    level.add_new("WindowCenter", "LO", centres.split("\\"))
    level.add_new("WindowWidth", "LO", widths.split("\\"))
    assert list(read_voi([level], Context(False, True, 0, 255)).windows) == windows


def test_a_frame_has_one_group_of_windows() -> None:
    group, level = Dataset(), Dataset()
    group.WindowCenter, group.WindowWidth = 40, 400
    level.FrameVOILUTSequence = [group, group]
    with pytest.raises(PermanentError, match="FrameVOILUTSequence has 2 items"):
        read_voi([level], Context(False, True, 0, 255))
