"""What a DICOM segmentation (PS3.3 A.51) says about its segments and frames, without its pixels."""

from typing import Any, Final

import numpy as np

from runtime.dicom.geometry.planes.levels import find, levels_of
from runtime.dicom.geometry.planes.planes import describe
from runtime.dicom.parse.guard import reading, unreadable, unsupported
from runtime.dicom.parse.numbers import floats, whole
from runtime.dicom.parse.texts import text
from runtime.dicom.pixels.layout import Layout
from runtime.dicom.pixels.presentation import LABEL_MAP
from runtime.dicom.pixels.read_layout import layout
from runtime.dicom.tables.palette import painted, read_palette

STORAGE: Final = "1.2.840.10008.5.1.4.1.1.66.4"
IDENTIFICATION: Final = ("SegmentIdentificationSequence",)
FRAMES_MOST: Final = 20_000
SEGMENTS_MOST: Final = 1000
LONGEST: Final = 64  # characters of an LO
SHADES: Final = 65535  # of an encoded CIELab value (PS3.3 C.10.7.1.1)


def segments(dataset: Any) -> dict[str, Any]:
    """Return the segments, the series that they are of, and the place and segment of each frame.

    The frames of a label map have the segment None: their values are the numbers of segments. The data set may have
    been read without its pixels. Raises PermanentError: `input_unsupported` if it is no segmentation,
    `input_unreadable` if it contradicts itself.
    """
    with reading("The file's header"):
        storage = text(dataset.get("SOPClassUID"))
        if storage not in (STORAGE, LABEL_MAP):
            raise unsupported("The image is no segmentation.")
        form = layout(dataset)
        most = _most(dataset, form, is_label_map=storage == LABEL_MAP)
        if form.frames > FRAMES_MOST:
            raise unsupported(f"The segmentation has {form.frames} frames; at most {FRAMES_MOST:,} are read.")
        described = [_segment(item) for item in (dataset.get("SegmentSequence") or ())[: SEGMENTS_MOST + 1]]
        numbers = [each["number"] for each in described]
        if not described or len(described) > SEGMENTS_MOST or len(set(numbers)) != len(numbers):
            raise unreadable("The segments of the segmentation are not described, each once.")
        used: list[int | None] = [None] * form.frames
        if storage == LABEL_MAP:
            # What is no segment is padding (PS3.3 C.8.20.2), and nothing to draw.
            described = [each for each in described if each["number"] != whole(dataset.get("PixelPaddingValue"))]
            described = _by_palette(described, dataset)
        else:
            used = [
                whole(find(levels, IDENTIFICATION, "ReferencedSegmentNumber"))
                for levels in levels_of(dataset, form.frames)
            ]
            unknown = next((n for n, number in enumerate(used, 1) if number not in numbers), None)
            if unknown is not None:
                raise unreadable(f"Frame {unknown} of the segmentation does not name one of its segments.")
        sources = [text(each.get("SeriesInstanceUID")) for each in dataset.get("ReferencedSeriesSequence") or ()]
        frames = zip(describe(dataset), used, strict=True)
    return {
        "rows": form.rows,
        "columns": form.columns,
        "most": most,
        "frame_of_reference": text(dataset.get("FrameOfReferenceUID")) or None,
        "series_instance_uids": sorted({each for each in sources if each}),
        "segments": described,
        "frames": [
            {
                "segment": number,
                "position": plane.position,
                "orientation": plane.orientation,
                "pixel_spacing": plane.pixel_spacing if plane.spacing_known else None,
            }
            for plane, number in frames
        ],
    }


def _most(dataset: Any, form: Layout, *, is_label_map: bool) -> int:
    """Return the highest value that a pixel can have. Raises PermanentError if its values cannot be told."""
    kind, most = text(dataset.get("SegmentationType")), 1
    if is_label_map:
        most, fits = 2**form.stored - 1, form.allocated in (8, 16)
    else:
        if kind == "FRACTIONAL":
            most = whole(dataset.get("MaximumFractionalValue")) or 0
        fits = 1 <= most <= 255 and form.allocated <= 8
    if kind not in (("LABELMAP",) if is_label_map else ("BINARY", "FRACTIONAL")) or not fits or form.samples != 1:
        raise unsupported(f"A segmentation of type {kind or '(none)'} with this layout of pixels is not supported.")
    return most


def _segment(item: Any) -> dict[str, Any]:
    number = whole(item.get("SegmentNumber"))
    # Only label maps number a segment 0 (PS3.3 C.8.20.2), which no pixel of others can name.
    if number is None or not 0 <= number <= SHADES:
        raise unreadable("A segment of the segmentation has no number.")
    shade = floats(item.get("RecommendedDisplayCIELabValue"), 3)
    name = text(item.get("SegmentLabel"))[:LONGEST]
    return {"number": number, "name": name, "colour": _colour(*shade) if shade else None}


def _by_palette(described: list[dict[str, Any]], dataset: Any) -> list[dict[str, Any]]:
    """Return segments with the colours of the label map's palette, if it has one: its pixels are drawn in them."""
    if text(dataset.get("PhotometricInterpretation")) != "PALETTE COLOR" or not described:
        return described
    numbers = np.array([each["number"] for each in described])
    colours = painted(numbers, read_palette(dataset)).tolist()
    return [
        {**each, "colour": "#" + "".join(f"{part:02x}" for part in colour)}
        for each, colour in zip(described, colours, strict=True)
    ]


def _colour(lightness: float, green_red: float, blue_yellow: float) -> str:
    """Return CIELab as the file encodes it (D50) as sRGB's #rrggbb; out of its range, the nearest value."""
    light, a, b = lightness / SHADES * 100, green_red / SHADES * 255 - 128, blue_yellow / SHADES * 255 - 128
    middle = (light + 16) / 116
    x, y, z = (_linear(each) for each in (middle + a / 500, middle, middle - b / 200))
    x, z = 0.9642 * x, 0.8249 * z
    # From XYZ with the white of D50, by Bradford's adaptation to sRGB (IEC 61966-2-1).
    linear = (
        3.1339 * x - 1.6169 * y - 0.4906 * z,
        -0.9788 * x + 1.9161 * y + 0.0335 * z,
        0.0719 * x - 0.2290 * y + 1.4052 * z,
    )
    return "#" + "".join(f"{round(255 * _gamma(min(1.0, max(0.0, each)))):02x}" for each in linear)


def _linear(t: float) -> float:
    return t**3 if t > 6 / 29 else 3 * (6 / 29) ** 2 * (t - 4 / 29)


def _gamma(value: float) -> float:
    return 12.92 * value if value <= 0.0031308 else 1.055 * value ** (1 / 2.4) - 0.055
