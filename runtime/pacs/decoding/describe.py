"""What the index says about an image, and nothing about the patient unless the stack wants that."""

from collections.abc import Callable
from typing import Any, Final

from runtime.dicom.parse.numbers import whole
from runtime.dicom.parse.texts import text
from runtime.dicom.pixels.read_layout import frame_count

TEXTS: Final = {
    "study_description": "StudyDescription",
    "study_date": "StudyDate",
    "series_description": "SeriesDescription",
    "modality": "Modality",
    "body_part": "BodyPartExamined",
}
PATIENT: Final = {"patient_name": "PatientName", "patient_id": "PatientID"}
NUMBERS: Final = {
    "series_number": "SeriesNumber",
    "instance_number": "InstanceNumber",
    "rows": "Rows",
    "columns": "Columns",
}
LONGEST: Final = 1024  # characters; the longest of these VRs holds 64


def described(header: Any, *, patients: bool = False) -> dict[str, Any]:
    """Return the attributes of a parsed header, with `patients` those of the patient, too; a damaged one is None."""
    texts = TEXTS | (PATIENT if patients else {})
    return {
        **{name: _sound(lambda keyword=keyword: _text(header, keyword)) for name, keyword in texts.items()},
        **{name: _sound(lambda keyword=keyword: whole(header.get(keyword))) for name, keyword in NUMBERS.items()},
        "frames": _sound(lambda: frame_count(header)),
    }


def unknown(*, patients: bool = False) -> dict[str, Any]:
    """Return the attributes of a file that is not DICOM: all None."""
    return dict.fromkeys((*TEXTS, *(PATIENT if patients else ()), *NUMBERS, "frames"))


def _sound(read: Callable[[], Any]) -> Any:
    try:
        return read()
    except Exception:  # pydicom converts an element when it is asked for: damage shows only here
        return None


def _text(header: Any, keyword: str) -> str | None:
    return text(header.get(keyword))[:LONGEST] or None
