"""The instances of the bench are images, and the same picture in each syntax without loss."""

from pathlib import Path

import numpy as np

from bench.pacs.instances import SYNTAXES, instances
from runtime.dicom import read_image


def test_each_syntax_holds_the_same_picture(tmp_path: Path) -> None:
    pixels = {}
    for syntax in SYNTAXES:
        one, other = instances(syntax, 128, 2)
        assert one.uid != other.uid and one.series == other.series
        path = tmp_path / f"{one.uid}.dcm"
        path.write_bytes(one.content)
        pixels[syntax] = read_image([path]).pixels.astype(float)
    assert np.array_equal(pixels["uncompressed"], pixels["RLE"])
    assert np.array_equal(pixels["uncompressed"], pixels["J2K"])
    assert np.abs(pixels["uncompressed"] / 16 - pixels["JPEG"]).mean() < 2
