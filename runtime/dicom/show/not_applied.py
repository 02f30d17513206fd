"""What a file asks of those who show it and is not done here: told, so that nobody misses it in vain."""

from typing import Any, Final

from runtime.dicom.geometry.planes.spacing import is_at_detector
from runtime.dicom.parse.guard import reading
from runtime.dicom.parse.numbers import is_stated, number
from runtime.dicom.tables.modality import is_of_intensity

MAGNIFICATION: Final = "EstimatedRadiographicMagnificationFactor"
# Display shutters (PS3.3 C.7.6.11, of frames C.7.6.16.2.16), the subtraction of mask frames (C.7.6.10), and how a
# palette's colours are blended with what lies below (C.7.9).
SHOWN_OTHERWISE: Final = (
    "ShutterShape",
    "FrameDisplayShutterSequence",
    "MaskSubtractionSequence",
    "AlphaPaletteColorLookupTableData",
)


def not_applied(dataset: Any) -> tuple[str, ...]:
    """Return which of these attributes the file, its shared groups or its first frame has.

    ModalityLUTSequence is among them if it stands for the X-ray beam's intensity, and an estimated magnification other
    than 1 if the file has distances at the detector (PS3.3 C.8.11.5): it holds at one depth, which nobody has named.
    """
    with reading("The file's header"):
        groups = ("SharedFunctionalGroupsSequence", "PerFrameFunctionalGroupsSequence")
        levels = [dataset, *(item for name in groups for item in list(dataset.get(name) or ())[:1])]
        stated = tuple(name for name in SHOWN_OTHERWISE if any(is_stated(level.get(name)) for level in levels))
        tables = ("ModalityLUTSequence",) if is_of_intensity(dataset) else ()
        is_magnified = number(dataset.get(MAGNIFICATION)) not in (None, 1) and is_at_detector(levels[::-1])
        return (*stated, *tables, *((MAGNIFICATION,) if is_magnified else ()))
