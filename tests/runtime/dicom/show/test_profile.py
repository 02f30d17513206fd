"""ICC profiles: one that is not sRGB is named wherever colours are shown as if they were."""

import struct

import numpy as np
import pytest
from pydicom.dataset import Dataset

from runtime.dicom import read_image
from runtime.dicom.show.profile import colour_profile
from runtime.pacs.decoding.preview import image
from runtime.pacs.decoding.values import summary
from tests.runtime.dicom.files import Write

COLOURS = np.zeros((4, 6, 3), np.uint8)


def profile(tag: bytes) -> bytes:
    """Return a profile whose only tag is its description (ICC.1, 7.2 and 7.3)."""
    return bytes(128) + struct.pack(">I4s2I", 1, b"desc", 144, len(tag)) + tag


def second(name: str) -> bytes:
    return b"desc" + bytes(4) + struct.pack(">I", len(name) + 1) + name.encode() + b"\0"


def fourth(name: str) -> bytes:
    text = name.encode("utf-16-be")
    return b"mluc" + bytes(4) + struct.pack(">2I4s2I", 1, 12, b"enUS", len(text), 28) + text


@pytest.mark.parametrize(
    ("content", "named"),
    [
        (profile(second("Adobe RGB (1998)")), "Adobe RGB (1998)"),
        (profile(fourth("Scanner 7")), "Scanner 7"),
        (profile(second("sRGB IEC61966-2.1")), None),
        (profile(fourth("sRGB built-in")), None),
        (b"\0" * 10, "unnamed"),
        (b"", None),
    ],
)
def test_a_profile_is_named_unless_it_is_srgb(content: bytes, named: str | None) -> None:
    dataset, path = Dataset(), Dataset()
    assert colour_profile(dataset) is None
    path.ICCProfile = content
    dataset.OpticalPathSequence = [path]
    assert colour_profile(dataset) == named


def test_a_picture_says_that_its_colours_are_not_srgb(write: Write) -> None:
    kind = {"SamplesPerPixel": 3, "PhotometricInterpretation": "RGB", "PlanarConfiguration": 0, "Rows": 4, "Columns": 6}
    path = write(COLOURS, ICCProfile=profile(second("Scanner 7")), **kind)
    assert summary(path)["colour_profile"] == "Scanner 7"
    assert b"ColourProfileNotApplied\0\0\0\0\0Scanner 7" in image(path, None, None, None)
    assert read_image([path]).source["ColourProfile"] == "Scanner 7"
    assert summary(write(COLOURS, **kind))["colour_profile"] is None
    assert summary(write(COLOURS[..., 0], ICCProfile=profile(second("Scanner 7"))))["colour_profile"] is None
