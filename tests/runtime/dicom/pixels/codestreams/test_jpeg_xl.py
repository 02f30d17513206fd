"""JPEG XL: the header that is compared, and what is refused. Whether the samples are right, the matrix says."""

import struct
from base64 import b85decode
from typing import Any

import imagecodecs
import numpy as np
import pytest
from pydicom.uid import JPEG2000

from bench.matrix.case import Case
from bench.matrix.file import file_of
from runtime.dicom.parse.load import load
from runtime.dicom.pixels.codestreams import jpeg_xl
from runtime.dicom.pixels.decode import decode
from runtime.dicom.pixels.syntax import JPEG_XL_ANY, JPEG_XL_LOSSLESS, JPEG_XL_RECOMPRESSION
from runtime.errors import PermanentError

codecs: Any = imagecodecs
RAMP = np.add.outer(np.arange(20) * 200, np.arange(24) * 7).astype(np.uint16)  # up to 3961
# A ramp of 8 x 8 pixels as a JPEG of OpenCV, recompressed by libjxl: images hold no encoder of JPEG.
RECOMPRESSED = b85decode(
    "0000CN?1%F4GM<}0000KW^{RQYItlQ00000YItlQ0000JYItmL00000{|Z4sP}~Rr002O0Vsd1`4Il_D0|EeqfCvBp03iQQKmz~("
    "04+SS%t1r_5AXv3000XJfZzZSN=8XW009920096200093006RTcx-Th0005tTL2IMd;$z)3}g&s{{IdD02lxW009610001hfF+3{"
    "<Jbvl?l1r$1=2!<MT8t16=SeEW??b_0EFxYa)v?F2_S~7RRVxPQI*uPLA|d9{b_L_kT6~zq^NS7%Gcxx-B^wkdbSzkxxI_~J}Nd~"
    "GhIcbI>3eGOEe%SG1K$~_0OBaV7yFuc0m<V1poj5002NqVg<zAE((AE0`;%=*cea{00"
)
CASE = Case(group="", name="", allocated=16, stored=12, rows=20, columns=24)


def encoded(values: np.ndarray[Any, Any] = RAMP, **options: Any) -> bytes:
    return bytes(codecs.jpegxl_encode(values, **{"lossless": True, "effort": 1, "bitspersample": 12} | options))


def decoded(stream: bytes, syntax: str = JPEG_XL_LOSSLESS, case: Case = CASE) -> np.ndarray[Any, Any]:
    return decode(load(file_of(case, syntax, [stream], encapsulated=True)))[0]


@pytest.mark.parametrize("size", [(1, 1), (8, 8), (200, 100), (9, 16), (30, 40), (33, 44), (600, 700), (64, 48)])
def test_rows_and_columns_are_read_in_each_way_that_they_are_coded(size: tuple[int, int]) -> None:
    for container in (False, True):
        header = jpeg_xl.read(encoded(np.zeros(size, np.uint16), usecontainer=container), JPEG_XL_LOSSLESS)
        assert (header.rows, header.columns, header.components, header.precision) == (*size, 1, 12)


@pytest.mark.parametrize(
    ("stream", "syntax", "said"),
    [
        (encoded()[:-2], JPEG_XL_LOSSLESS, "damaged"),
        (encoded(usecontainer=True)[:-2], JPEG_XL_LOSSLESS, "damaged"),
        (encoded() * 2, JPEG_XL_LOSSLESS, "more than one codestream"),
        (encoded(RAMP[:-1]), JPEG_XL_LOSSLESS, "holds 19 x 24 pixels"),
        (encoded(np.stack([RAMP] * 3, -1)), JPEG_XL_LOSSLESS, "of 3 sample"),
        (encoded(lossless=False, distance=1.0), JPEG_XL_LOSSLESS, "its transfer syntax denies"),
        (encoded(RAMP | 0x8000, bitspersample=16), JPEG_XL_ANY, "whether the others are unused cannot be known"),
        (encoded(RAMP.astype(np.float32) / 4096, bitspersample=32), JPEG_XL_ANY, "floating point"),
        (b"\xff\xd8\xff", JPEG_XL_LOSSLESS, "not a JPEG XL codestream"),
    ],
    ids=lambda each: each if isinstance(each, str) else "",
)
def test_a_code_that_is_not_what_the_header_says_is_refused(stream: bytes, syntax: str, said: str) -> None:
    with pytest.raises(PermanentError, match=said):
        decoded(stream, syntax)


def test_samples_of_a_code_that_may_be_lossy_have_no_sign() -> None:
    signed = Case(group="", name="", allocated=16, stored=12, signed=True, rows=20, columns=24)
    assert decoded(encoded(), JPEG_XL_LOSSLESS, signed).min() < 0
    assert np.array_equal(decoded(encoded(RAMP >> 1), JPEG_XL_ANY, signed), RAMP >> 1)
    with pytest.raises(PermanentError, match="which values are negative cannot be known"):
        decoded(encoded(), JPEG_XL_ANY, signed)


def test_colours_that_may_have_been_transformed_are_refused() -> None:
    colours = np.stack([(RAMP >> 4).astype(np.uint8)] * 3, -1)
    case = Case(group="", name="", photometric="YBR_FULL", rows=20, columns=24)
    with pytest.raises(PermanentError, match="the colours are not known"):
        decoded(encoded(colours, bitspersample=8), JPEG_XL_LOSSLESS, case)
    xyb = Case(group="", name="", photometric="XYB", rows=20, columns=24)
    assert decoded(encoded(colours, bitspersample=8, lossless=False, distance=1.0), JPEG_XL_ANY, xyb).shape == (
        20,
        24,
        3,
    )
    with pytest.raises(PermanentError, match="XYB, which is defined for JPEG XL only"):
        decoded(bytes(100), JPEG2000, xyb)


def test_a_codestream_may_be_in_several_boxes() -> None:
    bare = encoded()
    parts = struct.pack(">I", 0) + bare[:3], struct.pack(">I", 0x80000001) + bare[3:]  # the last has the highest bit
    kinds = b"\0\0\0\x0cJXL \r\n\x87\n\0\0\0\x14ftypjxl \0\0\0\0jxl "
    stream = kinds + b"".join(struct.pack(">I", 8 + len(part)) + b"jxlp" + part for part in parts)
    assert np.array_equal(decoded(stream), RAMP)


def test_a_jpeg_that_was_recompressed_is_refused_if_it_is_cut() -> None:
    case, stream = Case(group="", name="", rows=8, columns=8), RECOMPRESSED
    assert np.allclose(
        decoded(stream, JPEG_XL_RECOMPRESSION, case), np.add.outer(np.arange(8) * 20, np.arange(8) * 7) + 20, atol=4
    )
    at = stream.index(b"jbrd") - 4
    (length,) = struct.unpack_from(">I", stream, at)
    for damaged in (stream[:-2], stream[: at + 12] + bytes(length - 12) + stream[at + length :]):
        with pytest.raises(PermanentError):
            decoded(damaged, JPEG_XL_RECOMPRESSION, case)
