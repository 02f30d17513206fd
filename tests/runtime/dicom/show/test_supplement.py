"""Grey values and colours in one image (PS3.3 C.7.6.19): each is shown as what it is, by every way."""

from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import pydicom
import pytest
from PIL import Image as Picture
from pydicom.dataset import Dataset

from runtime.dicom import read_image
from runtime.errors import PermanentError
from runtime.pacs.decoding import preview, values
from tests.runtime.dicom.files import Write

# 100 to 102 are grey by slope 2, intercept -200 and window 0 to 10; 103 is the palette's first value, 104 its last.
STORED = np.array([[100, 101, 102], [103, 104, 900]], np.uint16)
GREY = {
    "RescaleSlope": 2, "RescaleIntercept": -200, "WindowCenter": 5.5, "WindowWidth": 11, "Modality": "CT"
}  # fmt: skip
SHOWN = [[[0, 0, 0], [51, 51, 51], [102, 102, 102]], [[255, 0, 16], [0, 128, 32], [0, 128, 32]]]


def mixed(path: Path, *, firsts: tuple[int, ...] = (103,) * 3, tables: int = 3, **attributes: Any) -> Path:
    """Give a file two colours from the value 103 on."""
    dataset: Any = pydicom.dcmread(path)
    dataset.PixelPresentation = "MIXED"
    entries = (b"\xff\x00", b"\x00\x80", b"\x10\x20")
    for colour, first, entry in list(zip(("Red", "Green", "Blue"), firsts, entries, strict=True))[:tables]:
        dataset.add_new(f"{colour}PaletteColorLookupTableDescriptor", "US", [2, first, 8])
        dataset.add_new(f"{colour}PaletteColorLookupTableData", "OW", entry)
    for keyword, value in attributes.items():
        setattr(dataset, keyword, value)
    dataset.save_as(path)
    return path


def test_every_way_shows_grey_below_the_palette_and_colours_from_it_on(write: Write) -> None:
    path = mixed(write(STORED, **GREY))
    image = read_image([path])
    assert image.pixels[0].tolist() == SHOWN and image.is_colour and image.unit == ""
    assert np.asarray(Picture.open(BytesIO(preview.image(path, None, None, None)))).tolist() == SHOWN
    assert values.frame_values(path, None) == bytes(np.ravel(SHOWN).tolist())
    summary = values.summary(path)
    assert (summary["type"], summary["photometric"], summary["unit"]) == ("rgb8", "RGB", "")
    assert (summary["planes"][0]["slope"], summary["planes"][0]["windows"]) == (1.0, [])


def test_the_grey_levels_have_a_window_of_their_own_values_if_the_file_states_none(write: Write) -> None:
    # of 100 to 102 alone: an index of 900 is no value
    path = mixed(write(STORED, WindowCenter=None, WindowWidth=None))
    first = read_image([path]).pixels[0, 0]
    assert first[0].tolist() == [0] * 3 and first[2].tolist() == [255] * 3


def test_a_frame_may_be_grey_for_itself(write: Write) -> None:
    def frame(presentation: str) -> Dataset:
        kind, item = Dataset(), Dataset()
        kind.PixelPresentation = presentation
        item.CTImageFrameTypeSequence = [kind]
        return item

    frames = {"PerFrameFunctionalGroupsSequence": [frame("COLOR"), frame("MONOCHROME")], "NumberOfFrames": 2}
    path = mixed(write(np.stack([STORED, STORED]), **GREY, **frames))
    colour, grey = read_image([path]).pixels
    assert colour.tolist() == SHOWN
    assert grey[1].tolist() == [[153] * 3, [204] * 3, [255] * 3]
    assert values.frame_values(path, 2) == grey.tobytes()


def test_only_pixel_presentation_makes_a_palette_count(write: Write) -> None:
    path = mixed(write(STORED, **GREY), PixelPresentation="MONOCHROME")
    assert read_image([path]).pixels[0, 1].tolist() == [6, 8, 1600]


@pytest.mark.parametrize(
    ("attributes", "reason"),
    [
        ({"tables": 0}, "PixelPresentation MIXED, but the file has no palette"),
        ({"tables": 1}, "green palette has no descriptor"),
        ({"firsts": (103, 103, 104)}, "begin at different values"),
        ({"tables": 0, "EnhancedPaletteColorLookupTableSequence": [Dataset()]}, "colours of enhanced palettes"),
    ],
)
def test_colours_that_cannot_be_known_are_refused(write: Write, attributes: dict[str, Any], reason: str) -> None:
    path = mixed(write(STORED), **attributes)
    for read in (lambda: read_image([path]), lambda: preview.image(path, None, None, None)):
        with pytest.raises(PermanentError, match=reason):
            read()


def test_files_in_colour_and_files_in_grey_are_no_volume(write: Write) -> None:
    grey = {**GREY, "Modality": "MR"}
    paths = [write(STORED, ImagePositionPatient=[0, 0, z], **grey) for z in range(2)]
    mixed(paths[1])
    with pytest.raises(PermanentError, match=r"different kinds \(1 MONOCHROME2, 1 colours of 8 bits\)"):
        read_image(paths)
