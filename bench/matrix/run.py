"""One cell: a class of images in a transfer syntax, by the product and by the second decoder."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray
from pydicom.uid import ExplicitVRBigEndian

from algorithms.image import Image
from bench.matrix import by_frame, classes, faulty, places, tables, truth
from bench.matrix.case import Case, Place
from bench.matrix.file import file_of, pixel_bytes
from bench.matrix.native import packed, unpacked
from bench.matrix.pictures import Cells, cells_of
from bench.matrix.syntaxes import Syntax, takes
from runtime.dicom import read_image
from runtime.dicom.show.look import picture
from runtime.errors import PermanentError

Kind = Literal["equal", "refused", "different", "fault"]


@dataclass(frozen=True)
class Cell:
    """What came of a class in a syntax; `text` is the sentence of a refusal, or what is wrong."""

    case: Case
    kind: Kind
    text: str = ""

    @property
    def wrong(self) -> bool:
        """Whether the product is at fault: a wrong picture, or an exception that is no refusal."""
        return self.kind in ("different", "fault")


def cases() -> list[Case]:
    """Return all classes."""
    return [
        *classes.bits(),
        *classes.colours(),
        *classes.frames(),
        *classes.codes(),
        *tables.modality(),
        *tables.voi(),
        *tables.palettes(),
        *tables.supplemental(),
        *by_frame.segmented(),
        *by_frame.own(),
        *places.geometry(),
        *faulty.faulty(),
    ]


def cells(syntax: Syntax, folder: Path) -> Iterator[Cell]:
    """Yield the cells of a transfer syntax; files are written into `folder`."""
    for case in cases():
        if takes(syntax, case):
            yield cell(syntax, case, folder / "cell.dcm")


def cell(syntax: Syntax, case: Case, path: Path) -> Cell:
    """Return what comes of one class."""
    pictures = cells_of(case)
    frames = [_narrow(case, each, compressed=syntax.family not in ("native", "rle")) for each in pictures]
    streams = [syntax.encode(case, each) for each in frames] if syntax.encode else packed(case, frames)
    content = file_of(case, syntax.uid, streams, encapsulated=syntax.encapsulated)
    path.write_bytes(content)
    try:
        image = read_image([path])
        shown = [picture(each, look) for each, look in zip(image.pixels, image.source["Looks"], strict=True)]
    except PermanentError as error:
        return Cell(case, "refused", error.message)
    except Exception as error:
        return Cell(case, "fault", repr(error))
    if case.refused:
        return Cell(case, "different", "shown, though it must be refused")
    decoded = _second(syntax, case, content, streams)
    if syntax.lossless and not all(np.array_equal(a, b) for a, b in zip(decoded, pictures, strict=True)):
        return Cell(case, "fault", "the second decoder does not return what was encoded")
    if case.place and not _lies(image, case.place):
        return Cell(case, "different", "the pixels lie elsewhere")
    return _compared(case, decoded, image.pixels, shown)


def _narrow(case: Case, cells: Cells, *, compressed: bool) -> Cells:
    """Return cells in the type that encoders expect of their bits."""
    return cells.astype(np.uint8) if compressed and case.precision <= 8 and cells.dtype.kind == "u" else cells


def _second(syntax: Syntax, case: Case, content: bytes, streams: list[bytes]) -> list[NDArray[Any]]:
    if syntax.second is None:
        order = ">" if syntax.uid == ExplicitVRBigEndian else "<"
        return unpacked(case, pixel_bytes(content, syntax.uid, sum(map(len, streams))), order)
    kind = f"u{max(1, case.allocated // 8)}"
    mask = (1 << case.precision) - 1
    found = [syntax.second(case, stream) for stream in streams]
    return [each.astype(kind) if case.precision == 64 else (each & mask).astype(kind) for each in found]


def _compared(case: Case, decoded: list[NDArray[Any]], pixels: NDArray[Any], shown: list[NDArray[Any]]) -> Cell:
    for at, frame in enumerate(case.order or range(len(decoded))):
        values = truth.colours(truth.bits(decoded[frame], case), case)
        meaning = case.meanings[frame] if case.meanings else case.meaning
        grey = case.greys[frame] if case.greys else case.grey
        values = meaning(values) if meaning else values
        if pixels[at].shape != values.shape or not np.array_equal(pixels[at], values):
            return Cell(case, "different", f"frame {at} has other values")
        if grey and not np.array_equal(shown[at], grey(values)):
            return Cell(case, "different", f"frame {at} has other grey levels")
    return Cell(case, "equal")


def _lies(image: Image, place: Place) -> bool:
    """Tell whether an image lies where PS3.3 puts it; its third axis is at right angles to the other two."""
    axes = np.array(image.direction).reshape(3, 3).T
    stated = np.array(place.axes, float).reshape(2, 3)
    found = (image.spacing, image.origin, axes[:2], axes[2])
    wanted = (place.spacing, place.origin, stated, np.cross(stated[0], stated[1]))
    return all(np.allclose(one, other, rtol=0, atol=1e-9) for one, other in zip(found, wanted, strict=True))
