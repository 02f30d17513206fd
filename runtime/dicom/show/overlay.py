"""The overlay planes of a file (PS3.3 C.9.2): pictures of one bit a pixel that lie over its frames."""

import base64
from typing import Any, Final

import numpy as np
from pydicom.uid import ExplicitVRBigEndian

from runtime.dicom.parse.guard import reading, unreadable, unsupported
from runtime.dicom.parse.numbers import floats, is_stated, whole
from runtime.dicom.pixels.layout import Layout
from runtime.dicom.pixels.read_layout import layout
from runtime.errors import PermanentError

GROUPS: Final = range(0x6000, 0x6020, 2)
FRAMES, ROWS, COLUMNS, DESCRIPTION = 0x0015, 0x0010, 0x0011, 0x0022
TYPE, ORIGIN, FIRST_FRAME, ALLOCATED, POSITION, LABEL, DATA = 0x0040, 0x0050, 0x0051, 0x0100, 0x0102, 0x1500, 0x3000
PIXELS_MOST: Final = 1 << 26  # of one overlay: 8 MiB of bits
ORIGIN_MOST: Final = 1 << 15  # SS
LONGEST: Final = 64  # characters of an LO


def overlay_count(dataset: Any) -> int:
    """Return how many overlay planes a header has."""
    return sum(_has(dataset, group) for group in GROUPS)


def overlays_of(dataset: Any, frame: int) -> dict[str, list[dict[str, Any]]]:
    """Return the overlays of a frame, counted from 1, and why others cannot be shown.

    `bits` are base64 of one bit a pixel, row by row, the lowest bit of a byte first. Raises PermanentError if the image
    itself is damaged, and `input_not_found` for a frame that it does not have.
    """
    form = layout(dataset)
    if frame > form.frames:
        raise PermanentError("input_not_found", f"The image has {form.frames} frame(s), no frame {frame}.")
    shown: list[dict[str, Any]] = []
    refused: list[dict[str, Any]] = []
    for group in GROUPS:
        if not _has(dataset, group):
            continue
        try:
            with reading("The overlay"):
                overlay = _overlay(dataset, form, group, frame)
        except PermanentError as error:
            refused.append({"group": f"{group:04X}", "reason": error.message})
        else:
            if overlay is not None:
                shown.append(overlay)
    return {"overlays": shown, "refused": refused}


def _has(dataset: Any, group: int) -> bool:
    return any((group, element) in dataset for element in (ROWS, POSITION, DATA))


def _overlay(dataset: Any, form: Layout, group: int, frame: int) -> dict[str, Any] | None:
    rows, columns = (whole(_value(dataset, group, element)) for element in (ROWS, COLUMNS))
    if rows is None or columns is None or rows < 1 or columns < 1 or max(rows, columns) > 65535:
        raise unreadable("The overlay does not say how many rows and columns it has.")
    if rows * columns > PIXELS_MOST:
        raise unsupported(f"An overlay of {rows} x {columns} is larger than the {PIXELS_MOST:,} pixels that are read.")
    origin = floats(_value(dataset, group, ORIGIN), 2)
    if origin is None or any(abs(each) > ORIGIN_MOST or each != int(each) for each in origin):
        raise unreadable("The overlay does not say on which pixel of the image it begins (Overlay Origin).")
    at = _place(dataset, form, group, frame)
    if at is None:
        return None
    stored = (group, DATA) in dataset
    bits = _own_bits(dataset, form, group, rows * columns, at) if stored else None
    if bits is None:
        bits = _embedded_bits(dataset, form, group, (rows, columns), frame)
    text = (str(_value(dataset, group, element) or "").strip()[:LONGEST] for element in (LABEL, DESCRIPTION))
    return {
        "group": f"{group:04X}",
        "label": next((each for each in text if each), ""),
        "region_of_interest": str(_value(dataset, group, TYPE) or "").strip() == "R",
        "rows": rows,
        "columns": columns,
        "origin": (int(origin[0]), int(origin[1])),
        "bits": base64.b64encode(np.packbits(bits, bitorder="little").tobytes()).decode(),
    }


def _place(dataset: Any, form: Layout, group: int, frame: int) -> int | None:
    """Return which frame of the overlay lies over a frame of the image, from 0; None if none does."""
    stated = _value(dataset, group, FRAMES)
    if not is_stated(stated):
        return 0  # of a single frame, over all frames of the image
    count, first = whole(stated), _value(dataset, group, FIRST_FRAME)
    begin = whole(first) if is_stated(first) else 1
    if count is None or count < 1 or begin is None or begin < 1 or begin - 1 + count > form.frames:
        raise unreadable(f"The overlay's frames do not lie over the image's {form.frames} frame(s).")
    return frame - begin if 0 <= frame - begin < count else None


def _own_bits(dataset: Any, form: Layout, group: int, pixels: int, at: int) -> Any:
    """Return the pixels of OverlayData, which runs on from frame to frame without padding."""
    allocated, position = (whole(_value(dataset, group, element)) for element in (ALLOCATED, POSITION))
    if allocated not in (None, 1) or position not in (None, 0):
        raise unreadable(f"Overlay data has one bit a pixel, but the header says {allocated} and position {position}.")
    element = dataset[group, DATA]
    content = bytes(element.value or b"")
    first, last = at * pixels, (at + 1) * pixels
    if len(content) * 8 < last:
        raise unreadable(f"The overlay is cut short: {len(content)} bytes hold no {last} pixels of one bit.")
    if form.syntax == ExplicitVRBigEndian and element.VR == "OW":
        words = content[: len(content) // 2 * 2]
        content = np.frombuffer(words, ">u2").astype("<u2").tobytes()
    part = np.frombuffer(content[first // 8 : (last + 7) // 8], np.uint8)
    return np.unpackbits(part, bitorder="little")[first % 8 :][:pixels]


def _embedded_bits(dataset: Any, form: Layout, group: int, size: tuple[int, int], frame: int) -> Any:
    """Return the pixels in an unused bit of the image's cells, as files before 2004 have them."""
    allocated, position = (whole(_value(dataset, group, element)) for element in (ALLOCATED, POSITION))
    if position is None or allocated != form.allocated or not 0 <= position < form.allocated:
        raise unreadable("The overlay has no data, and does not say in which bit of the pixels it is.")
    if form.high - form.stored < position <= form.high:
        raise unreadable(f"The overlay's bit {position} is one of the {form.stored} bits of the image's values.")
    if size != (form.rows, form.columns) or form.samples != 1 or form.floating or form.allocated < 8:
        raise unreadable("An overlay within the pixels has the image's size, and the image is grey.")
    if form.is_encapsulated:
        raise unsupported("An overlay within the pixels cannot be read from a compressed image.")
    kind = np.dtype(f"u{form.allocated // 8}").newbyteorder(">" if form.syntax == ExplicitVRBigEndian else "<")
    pixels = form.rows * form.columns
    cells = np.frombuffer(dataset.PixelData, kind, pixels, (frame - 1) * pixels * kind.itemsize)
    return (cells >> kind.type(position)).astype(np.uint8) & 1


def _value(dataset: Any, group: int, element: int) -> Any:
    return dataset[group, element].value if (group, element) in dataset else None
