"""Real files, damaged: headers, sequences and codestreams."""

import struct
from typing import Any, Final

from hypothesis import strategies as st

from tests.runtime.dicom.files import FILES

NAMES: Final = (
    "CT_small.dcm",
    "MR_small.dcm",
    "MR_small_RLE.dcm",
    "MR_small_jp2klossless.dcm",
    "MR_small_jpeg_ls_lossless.dcm",
    "JPGExtended.dcm",
    "SC_rgb_jpeg_dcmtk.dcm",
    "SC_rgb_rle_16bit.dcm",
    "examples_palette.dcm",
    "rtdose.dcm",
    "liver_1frame.dcm",
)
SOURCES: Final = {name: (FILES / name).read_bytes() for name in NAMES}
PIXELS: Final = b"\xe0\x7f\x10\x00"
# Attributes that decide how much is read, where it lies and what it means.
TAGS: Final = (
    (0x0028, 0x0002), (0x0028, 0x0004), (0x0028, 0x0006), (0x0028, 0x0008), (0x0028, 0x0010), (0x0028, 0x0011),
    (0x0028, 0x0030), (0x0028, 0x0034), (0x0028, 0x0100), (0x0028, 0x0101), (0x0028, 0x0102), (0x0028, 0x0103),
    (0x0028, 0x0120), (0x0028, 0x1050), (0x0028, 0x1051), (0x0028, 0x1052), (0x0028, 0x1053), (0x0028, 0x1101),
    (0x0028, 0x1201), (0x0028, 0x3000), (0x0028, 0x3010), (0x0020, 0x0013), (0x0020, 0x0032), (0x0020, 0x0037),
    (0x0018, 0x0050), (0x0008, 0x0005), (0x0008, 0x0060), (0x0002, 0x0010), (0x5200, 0x9230), (0x3004, 0x000C),
)  # fmt: skip
VRS: Final = ("AT", "CS", "DS", "FD", "FL", "IS", "LO", "OB", "OW", "SQ", "SS", "UI", "UN", "US", "UT", "??")
LONG: Final = ("OB", "OW", "SQ", "UN", "UT")
TEXTS: Final = (
    b"",
    b"0",
    b"-1",
    b"1e999",
    b"NaN",
    b"inf\\inf",
    b"99999999999999999999",
    b"1\\2\\3",
    b"\xff\xfe",
    b"\x00",
)


def _flips(content: bytes, draw: Any, low: int, high: int) -> bytes:
    changed = bytearray(content)
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(low, max(low, min(high, len(changed)) - 1)))
        changed[at] = (
            draw(st.sampled_from((0, 1, 0x7F, 0x80, 0xFE, 0xFF)))
            if draw(st.booleans())
            else changed[at] ^ (1 << draw(st.integers(0, 7)))
        )
    return bytes(changed)


def _element(draw: Any) -> bytes:
    tag, vr = draw(st.sampled_from(TAGS)), draw(st.sampled_from(VRS))
    number = st.sampled_from((0, 1, 2, 7, 8, 16, 17, 255, 4095, 32768, 65535))
    value = draw(
        st.one_of(st.sampled_from(TEXTS), st.lists(number, max_size=6).map(lambda n: struct.pack(f"<{len(n)}H", *n)))
    )
    length = draw(st.sampled_from((len(value), len(value), len(value), len(value) + 1, 0, 0xFFFF, 0xFFFFFFFF)))
    head = struct.pack("<2H", *tag) + vr.encode()
    return head + (struct.pack("<HI", 0, length) if vr in LONG else struct.pack("<H", length & 0xFFFF)) + value


def _nested(draw: Any) -> bytes:
    """Return sequences in one another, of undefined or wrong lengths, closed or not."""
    tag = struct.pack("<2H", *draw(st.sampled_from(TAGS)))
    depth = draw(st.sampled_from((1, 3, 50, 2000)))
    length = struct.pack("<I", draw(st.sampled_from((0xFFFFFFFF, 0xFFFFFFFF, 0, 8, 0x7FFFFFFF))))
    opened = (tag + b"SQ\0\0" + length + b"\xfe\xff\x00\xe0" + length) * depth
    closed = (b"\xfe\xff\x0d\xe0\0\0\0\0" + b"\xfe\xff\xdd\xe0\0\0\0\0") * draw(st.sampled_from((0, 1, depth)))
    return opened + draw(st.sampled_from((b"", _element(draw)))) + closed


@st.composite
def damaged(draw: Any) -> tuple[str, bytes]:
    """Draw a file's name and its damaged content."""
    name = draw(st.sampled_from(NAMES))
    content = SOURCES[name]
    pixels = content.rfind(PIXELS)
    kind = draw(st.sampled_from(("header", "codestream", "cut", "value", "insert", "sequence")))
    if kind == "header":
        return name, _flips(content, draw, 128, pixels + 12)
    if kind == "codestream":
        # where a codestream says what it holds; the rest of it is hit less often
        end = draw(st.sampled_from((pixels + 200, len(content))))
        return name, _flips(content, draw, pixels, end)
    if kind == "cut":
        return name, content[: draw(st.one_of(st.integers(0, len(content)), st.integers(pixels, len(content))))]
    if kind == "value":
        # one of the attributes that decide, if the file has it
        group, element = draw(st.sampled_from(TAGS))
        at = content.find(struct.pack("<2H", group, element), 128)
        if at >= 0:
            return name, _flips(content, draw, at + 4, at + 16)
    added = _nested(draw) if kind == "sequence" else _element(draw)
    if kind == "value":
        group = int.from_bytes(added[:2], "little")
        at = content.find(added[:4], 128)
        return name, content[:at] + added + content[at + 8 :] if at > 0 and group else content + added
    return name, content[:pixels] + added + content[pixels:]
