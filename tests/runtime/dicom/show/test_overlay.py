"""Overlay planes: read by pydicom as well, in unused bits, over several frames, beyond the image, broken."""

import base64
from pathlib import Path
from typing import Any

import numpy as np
import pydicom
import pytest
from numpy.typing import NDArray

from runtime.dicom.parse.load import load
from runtime.dicom.show.overlay import overlays_of
from runtime.errors import PermanentError
from tests.runtime.dicom.files import FILES, Write

PLANE: Any = {0x0010: ("US", 2), 0x0011: ("US", 3), 0x0040: ("CS", "G"), 0x0050: ("SS", [1, 1])}
BITS: Any = {0x0100: ("US", 1), 0x0102: ("US", 0)}


def with_overlay(path: Path, elements: dict[int, tuple[str, Any]], **attributes: Any) -> Any:
    dataset: Any = pydicom.dcmread(path)
    for element, (vr, value) in elements.items():
        dataset.add_new((0x6002, element), vr, value)
    for keyword, value in attributes.items():
        setattr(dataset, keyword, value)
    dataset.save_as(path)
    return load(path)


def pixels_of(overlay: dict[str, Any]) -> NDArray[np.uint8]:
    bits = np.unpackbits(np.frombuffer(base64.b64decode(overlay["bits"]), np.uint8), bitorder="little")
    return bits[: overlay["rows"] * overlay["columns"]].reshape(overlay["rows"], overlay["columns"])


def test_a_real_files_overlay_is_the_one_that_pydicom_reads() -> None:
    (overlay,) = overlays_of(load(FILES / "examples_overlay.dcm"), 1)["overlays"]
    theirs = pydicom.dcmread(FILES / "examples_overlay.dcm").overlay_array(0x6000)
    assert theirs.any() and np.array_equal(pixels_of(overlay), theirs)


def test_an_overlay_may_begin_beside_the_image_and_keeps_its_origin(write: Write) -> None:
    own = PLANE | BITS | {0x0050: ("SS", [-1, 5]), 0x3000: ("OB", bytes([0b101011, 0])), 0x1500: ("LO", "mark")}
    (overlay,) = overlays_of(with_overlay(write(), own), 1)["overlays"]
    assert pixels_of(overlay).tolist() == [[1, 1, 0], [1, 0, 1]]
    assert (overlay["group"], overlay["label"], overlay["origin"]) == ("6002", "mark", (-1, 5))


def test_frames_of_an_overlay_run_on_without_padding_and_lie_over_the_frames_that_it_names(write: Write) -> None:
    cells = np.zeros((4, 2, 3), np.uint16)
    frames = {0x0015: ("IS", 2), 0x0051: ("US", 2), 0x3000: ("OB", bytes([0b01_000001, 0b1000]))}
    dataset = with_overlay(write(cells, NumberOfFrames=4), PLANE | BITS | frames)
    found = [overlays_of(dataset, frame)["overlays"] for frame in (1, 2, 3, 4)]
    assert [len(each) for each in found] == [0, 1, 1, 0]
    assert [pixels_of(each[0]).ravel().tolist() for each in found[1:3]] == [[1, 0, 0, 0, 0, 0], [1, 0, 0, 0, 0, 1]]
    with pytest.raises(PermanentError, match="no frame 5"):
        overlays_of(dataset, 5)


def test_an_overlay_in_an_unused_bit_of_the_pixels_is_read_before_they_are_masked(write: Write) -> None:
    cells = np.array([[0x8001, 5, 0xFFFF & ~0x8000], [0, 0x8000, 7]], np.uint16)
    embedded = PLANE | {0x0100: ("US", 16), 0x0102: ("US", 15)}
    dataset = with_overlay(write(cells), embedded, BitsStored=12, HighBit=11)
    assert pixels_of(overlays_of(dataset, 1)["overlays"][0]).tolist() == [[1, 0, 0], [0, 1, 0]]
    dataset = with_overlay(write(cells), embedded | {0x0102: ("US", 4)}, BitsStored=12, HighBit=11)
    assert "one of the 12 bits" in overlays_of(dataset, 1)["refused"][0]["reason"]


@pytest.mark.parametrize(
    ("broken", "reason"),
    [
        ({0x3000: ("OB", b"")}, "cut short"),
        ({0x3000: ("OB", b"12"), 0x0050: ("SS", [1])}, "Overlay Origin"),
        ({0x3000: ("OB", b"12"), 0x0010: ("US", 65535), 0x0011: ("US", 65535)}, "larger than"),
        ({0x3000: ("OB", b"12"), 0x0015: ("IS", 3)}, "frames do not lie"),
        ({0x3000: ("OB", b"12"), 0x0100: ("US", 8)}, "one bit a pixel"),
        ({}, "in which bit"),
    ],
)
def test_a_broken_overlay_is_refused_with_its_reason(broken: dict[int, Any], reason: str, write: Write) -> None:
    found = overlays_of(with_overlay(write(), PLANE | BITS | broken), 1)
    assert found["overlays"] == [] and reason in found["refused"][0]["reason"], found
