"""The images on which candidates compute: the sample series, and parts and repeats of it."""

from dataclasses import replace

import numpy as np

from imaging import Image
from runtime.dicom import read_image
from runtime.local.program.project import ROOT

SERIES = ROOT / "runtime/local/samples/mr-brain"


def sample() -> Image:
    """Return 20 planes of 256 x 256 pixels, int16."""
    return read_image(tuple(sorted(SERIES.glob("*.dcm"))))


def sample_of(side: int) -> Image:
    """Return the planes' middle of side x side pixels; beyond their border they repeat, mirrored."""
    whole = sample()
    more = [max(0, side - length) for length in whole.pixels.shape[1:]]
    padded = np.pad(whole.pixels, [(0, 0), *((each // 2, each - each // 2) for each in more)], mode="symmetric")
    row, column = ((length - side) // 2 for length in padded.shape[1:])
    return replace(whole, pixels=np.ascontiguousarray(padded[:, row : row + side, column : column + side]))
