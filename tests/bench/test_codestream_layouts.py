"""Codestreams whose header states another layout than the decoders return, made by the encoders of the matrix."""

from typing import Any

import imagecodecs
import numpy as np
import pytest

from bench.matrix.case import Case
from bench.matrix.file import file_of
from bench.matrix.syntaxes import REFUSED, Syntax
from runtime.dicom.parse.load import load
from runtime.dicom.pixels.decode import decode
from runtime.errors import PermanentError

codecs: Any = imagecodecs
GREY = np.arange(35 * 38, dtype=np.uint16).reshape(35, 38)


def decoded(case: Case, syntax: str, stream: bytes) -> Any:
    return decode(load(file_of(case, syntax, [stream], encapsulated=True)))[0]


def test_a_codestream_has_the_samples_of_a_pixel_together_whatever_the_header_says() -> None:
    colours = np.random.default_rng(1).integers(0, 256, (35, 38, 3), np.uint8)
    stream = codecs.jpeg2k_encode(colours, codecformat="J2K", reversible=True, level=0, mct=False)
    case = Case(group="", name="", photometric="RGB", planar=1)
    assert np.array_equal(decoded(case, "1.2.840.10008.1.2.4.90", stream), colours)


@pytest.mark.parametrize("bits", [2, 5, 7])
def test_a_lossless_jpeg_of_few_bits_is_read(bits: int) -> None:
    grey = (GREY % (1 << bits)).astype(np.uint8)
    stream = codecs.jpeg8_encode(grey, lossless=True, predictor=1, bitspersample=bits)
    assert np.array_equal(decoded(Case(group="", name="", stored=bits), "1.2.840.10008.1.2.4.70", stream), grey)


def test_a_codestream_of_8_bits_is_read_into_16() -> None:
    grey = (GREY % 256).astype(np.uint8)
    stream = codecs.jpeg8_encode(grey, lossless=True, predictor=1, bitspersample=8)
    values = decoded(Case(group="", name="", allocated=16), "1.2.840.10008.1.2.4.70", stream)
    assert values.dtype == np.uint16
    assert np.array_equal(values, grey)


@pytest.mark.parametrize("syntax", REFUSED, ids=lambda syntax: syntax.name)
def test_what_is_not_read_is_refused_by_its_identifier(syntax: Syntax) -> None:
    with pytest.raises(PermanentError, match=rf"\({syntax.uid}\) are not read") as caught:
        decoded(Case(group="", name=""), syntax.uid, b"\0" * 64)
    assert caught.value.code == "input_unsupported"
