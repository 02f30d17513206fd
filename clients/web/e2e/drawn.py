"""Images over which something is drawn: an overlay plane, a segmentation, a label map of a volume."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import pydicom
import pydicom.data
from pydicom.uid import UID, generate_uid

from runtime.dicom.show.segments import LABEL_MAP

FILES = Path(pydicom.data.__file__).parent / "test_files"
ORGANS = 6  # planes of the volume with a label map
APART = 5.0  # mm between them


def drawn_files() -> Iterator[tuple[str, bytes]]:
    """Yield keys and contents of two studies: one image, and a volume."""
    yield "drawn/ct/1.dcm", overlaid()
    yield "drawn/seg/1.dcm", segmentation()
    for number in range(ORGANS):
        yield f"organs/ct/{number + 1}.dcm", to_bytes(plane(number))
    yield "organs/map/1.dcm", label_map()


def overlaid() -> bytes:
    """Return a CT image with an overlay of 4 rows and 8 columns, all set, from its row 11 and column 21 on."""
    dataset = pydicom.dcmread(FILES / "CT_small.dcm")
    shape: list[tuple[int, str, Any]] = [(0x10, "US", 4), (0x11, "US", 8), (0x40, "CS", "G"), (0x50, "SS", [11, 21])]
    for element, vr, value in [*shape, (0x100, "US", 1), (0x102, "US", 0), (0x3000, "OW", b"\xff" * 4)]:
        dataset.add_new((0x6000, element), vr, value)
    return to_bytes(dataset)


def segmentation() -> bytes:
    """Return a segmentation of that image: rows 40 to 59 and columns 30 to 69, from 0, are liver."""
    image, dataset = (pydicom.dcmread(FILES / name) for name in ("CT_small.dcm", "liver_1frame.dcm"))
    dataset.Rows, dataset.Columns, dataset.NumberOfFrames = image.Rows, image.Columns, 1
    dataset.FrameOfReferenceUID = image.FrameOfReferenceUID
    dataset.ReferencedSeriesSequence[0].SeriesInstanceUID = image.SeriesInstanceUID
    dataset.PerFrameFunctionalGroupsSequence = dataset.PerFrameFunctionalGroupsSequence[:1]
    shared = dataset.SharedFunctionalGroupsSequence[0]
    dataset.PerFrameFunctionalGroupsSequence[0].PlanePositionSequence[
        0
    ].ImagePositionPatient = image.ImagePositionPatient
    shared.PlaneOrientationSequence[0].ImageOrientationPatient = image.ImageOrientationPatient
    shared.PixelMeasuresSequence[0].PixelSpacing = image.PixelSpacing
    liver = np.zeros((image.Rows, image.Columns), np.uint8)
    liver[40:60, 30:70] = 1
    dataset.PixelData = np.packbits(liver, bitorder="little").tobytes()
    return to_bytes(dataset)


def plane(number: int) -> pydicom.Dataset:
    """Return a plane of the volume with a label map."""
    dataset = pydicom.dcmread(FILES / "CT_small.dcm")
    dataset.SOPInstanceUID = generate_uid(entropy_srcs=["organs", str(number)])
    dataset.InstanceNumber = number + 1
    dataset.SeriesDescription = "ORGANS"
    x, y, _ = dataset.ImagePositionPatient
    dataset.ImagePositionPatient = [x, y, APART * number]
    return dataset


def label_map() -> bytes:
    """Return a label map of all of its planes but the first and the last.

    Rows 40 to 59 and columns 30 to 69, from 0, are liver (5), rows 70 to 79 and columns 80 to 99 spleen (300).
    Its palette has their colours.
    """
    planes = [plane(number) for number in range(ORGANS)]
    image, dataset = planes[0], pydicom.dcmread(FILES / "liver_1frame.dcm")
    dataset.SOPClassUID = dataset.file_meta.MediaStorageSOPClassUID = UID(LABEL_MAP)
    dataset.SegmentationType, dataset.SeriesDescription = "LABELMAP", "Organs"
    dataset.add_new("PixelPaddingValue", "US", 0)
    dataset.BitsAllocated, dataset.BitsStored, dataset.HighBit = 16, 16, 15
    dataset.Rows, dataset.Columns, dataset.NumberOfFrames = image.Rows, image.Columns, ORGANS - 2
    dataset.FrameOfReferenceUID = image.FrameOfReferenceUID
    dataset.ReferencedSeriesSequence[0].SeriesInstanceUID = image.SeriesInstanceUID
    dataset.SegmentSequence = [_segment(5, "Liver"), _segment(300, "Spleen")]
    _give_palette(dataset, {5: (0xC0, 0x40, 0x20), 300: (0x40, 0x20, 0xC0)})
    shared = dataset.SharedFunctionalGroupsSequence[0]
    shared.PlaneOrientationSequence[0].ImageOrientationPatient = image.ImageOrientationPatient
    shared.PixelMeasuresSequence[0].PixelSpacing = image.PixelSpacing
    dataset.PerFrameFunctionalGroupsSequence = [_place(each) for each in planes[1:-1]]
    labels = np.zeros((ORGANS - 2, image.Rows, image.Columns), "<u2")
    labels[:, 40:60, 30:70] = 5
    labels[:, 70:80, 80:100] = 300
    dataset.PixelData = labels.tobytes()
    dataset["PixelData"].VR = "OW"
    return to_bytes(dataset)


def _segment(number: int, name: str) -> pydicom.Dataset:
    segment = pydicom.Dataset()
    segment.SegmentNumber, segment.SegmentLabel = number, name
    return segment


def _give_palette(dataset: pydicom.Dataset, colours: dict[int, tuple[int, int, int]]) -> None:
    dataset.PhotometricInterpretation = "PALETTE COLOR"
    for at, name in enumerate(("Red", "Green", "Blue")):
        entries = np.zeros(max(colours) + 1, "<u2")
        for number, colour in colours.items():
            entries[number] = colour[at] << 8
        dataset.add_new(f"{name}PaletteColorLookupTableDescriptor", "US", [len(entries), 0, 16])
        dataset.add_new(f"{name}PaletteColorLookupTableData", "OW", entries.tobytes())


def _place(image: pydicom.Dataset) -> pydicom.Dataset:
    group, position = pydicom.Dataset(), pydicom.Dataset()
    position.ImagePositionPatient = image.ImagePositionPatient
    group.PlanePositionSequence = [position]
    return group


def to_bytes(dataset: Any) -> bytes:
    """Return a data set as a file."""
    out = BytesIO()
    dataset.save_as(out)
    return out.getvalue()
