"""Whether the values of several planes, and their lengths, mean the same."""

from collections import Counter
from collections.abc import Sequence
from typing import Final

from runtime.dicom.geometry.planes.plane import Plane
from runtime.dicom.geometry.regularity import ALONE
from runtime.dicom.parse.guard import unsupported

SCALES: Final = {
    "slope": "RescaleSlope",
    "intercept": "RescaleIntercept alone",
    "table": "a modality lookup table",
    "none": "neither",
}


def check_alike(planes: Sequence[Plane]) -> None:
    """Refuse values that mean different things: one array would say that they mean the same.

    A slope that one frame lacks is not 1 because the others have theirs. Raises PermanentError (`input_unsupported`).
    """
    kinds, measured = Counter(plane.kind for plane in planes), Counter(plane.measured for plane in planes)
    for what, counts in (("are of different kinds", kinds), ("were measured differently", measured)):
        if len(counts) > 1:
            listed = ", ".join(f"{count} {named or 'without a modality'}" for named, count in counts.most_common())
            raise unsupported(f"The planes {what} ({listed}); {ALONE}.", "kinds")
    scales = Counter(plane.scale for plane in planes)
    changed = scales["table"] or any((plane.slope, plane.intercept) != (1, 0) for plane in planes)
    if len(scales) > 1 and changed:
        listed = ", ".join(f"{count} with {SCALES[scale]}" for scale, count in scales.most_common())
        raise unsupported(f"The planes' values are on different scales ({listed}); {ALONE}.", "scales")


def check_meanings(planes: Sequence[Plane]) -> None:
    """Refuse lengths that mean different things, such as at the detector and in the patient.

    Raises PermanentError (`input_unsupported`).
    """
    meanings = Counter(plane.meaning for plane in planes)
    if len(meanings) > 1:
        listed = ", ".join(f"{count} {meaning}" for meaning, count in meanings.most_common())
        raise unsupported(f"The planes differ in what their pixel spacing means ({listed}); {ALONE}.", "pixel_spacings")
