"""The image on which candidates compute: the sample series."""

from imaging import Image
from runtime.dicom import read_image
from runtime.local.program.project import ROOT

SERIES = ROOT / "runtime/local/samples/mr-brain"


def sample() -> Image:
    """Return 20 planes of 256 x 256 pixels, int16."""
    return read_image(tuple(sorted(SERIES.glob("*.dcm"))))
