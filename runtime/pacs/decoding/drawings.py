"""What is drawn over images: overlay planes and segments. Runs in the decoding processes."""

from pathlib import Path
from typing import Any

from runtime.dicom.parse.load import load, load_beginning
from runtime.dicom.show.overlay import overlays_of
from runtime.dicom.show.segments import segments


def overlays(file: Path | bytes, frame: int | None) -> dict[str, Any]:
    """Return the overlays of a frame (from 1; by default the first). Raises PermanentError."""
    return overlays_of(load(file), frame or 1)


def segments_of(content: bytes, size: int) -> dict[str, Any] | None:
    """Return what a segmentation says; None if more of the file is needed. Raises PermanentError."""
    dataset = load_beginning(content, size)
    return None if dataset is None else segments(dataset)
