"""The collection's declarations, which are not installed here, and a real image."""

from dataclasses import replace
from pathlib import Path

import pytest

from imaging import Image
from runtime.dicom import read_image
from runtime.local.program.project import ROOT

SERIES = ROOT / "runtime/local/samples/mr-brain"


@pytest.fixture(scope="session")
def brain() -> Image:
    """Five planes of the sample series, of 256 x 256 pixels, int16."""
    return read_image(tuple(sorted(Path(SERIES).glob("*.dcm")))[8:13])


@pytest.fixture(scope="session")
def small_brain(brain: Image) -> Image:
    """The same with every second row and column."""
    spacing = (brain.spacing[0], 2 * brain.spacing[1], 2 * brain.spacing[2])
    return replace(brain, pixels=brain.pixels[:, ::2, ::2].copy(), spacing=spacing)
