"""A real MR series to show the system with; mr-brain/SOURCE.md says where it comes from."""

from pathlib import Path
from typing import Final, NamedTuple

FOLDER: Final = Path(__file__).parent / "mr-brain"
STUDY_ID: Final = "2.25.1001"
SERIES_ID: Final = "2.25.1002"


class SampleImage(NamedTuple):
    """One slice: its identifiers, which are the file's UIDs, and the file."""

    study_id: str
    series_id: str
    image_id: str
    path: Path


def mr_brain() -> list[SampleImage]:
    """Return the 20 slices of the series, from the lowest to the highest."""
    return [SampleImage(STUDY_ID, SERIES_ID, f"{SERIES_ID}{path.stem}", path) for path in sorted(FOLDER.glob("*.dcm"))]
