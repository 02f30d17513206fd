"""What a file says its stored values stand for beside its modality table: real world values (PS3.3 C.7.6.16.2.11).

They are told, not applied: a file may map the same values to several quantities, and its windows are in none of their
units.
"""

from collections.abc import Sequence
from typing import Any, Final, NamedTuple

from runtime.dicom.parse.numbers import number, whole
from runtime.dicom.parse.texts import text

SEQUENCE: Final = "RealWorldValueMappingSequence"
MOST: Final = 16  # mappings of a frame
LONGEST: Final = 64  # characters
UCUM: Final = "UCUM"


class RealWorldValues(NamedTuple):
    """One mapping: value in `unit` = stored * slope + intercept, for stored values from `first` to `last`.

    `unit` is UCUM's code, or the code's meaning if it is another's. Slope and intercept are None if a table maps them.
    """

    label: str
    unit: str
    first: float | None
    last: float | None
    slope: float | None
    intercept: float | None


def real_world_values(levels: Sequence[Any]) -> tuple[RealWorldValues, ...]:
    """Return the mappings of the first level (frame, shared groups, file) that has any; a damaged one is left out."""
    items = next((level.get(SEQUENCE) for level in levels if level.get(SEQUENCE)), None) or ()
    signed = whole(levels[-1].get("PixelRepresentation")) == 1
    found = (_mapping(item, signed=signed) for item in list(items)[:MOST])
    return tuple(each for each in found if each is not None)


def _mapping(item: Any, *, signed: bool) -> RealWorldValues | None:
    try:
        return _read(item, signed=signed)
    except Exception:  # pydicom converts an element when it is asked for: damage shows only here
        return None


def _read(item: Any, *, signed: bool) -> RealWorldValues:
    units = next(iter(item.get("MeasurementUnitsCodeSequence") or ()), None)
    named = "CodeValue" if units is not None and text(units.get("CodingSchemeDesignator")) == UCUM else "CodeMeaning"
    slope, intercept = (number(item.get(f"RealWorldValue{part}")) for part in ("Slope", "Intercept"))
    is_linear = slope is not None and intercept is not None
    return RealWorldValues(
        label=text(item.get("LUTLabel") or item.get("LUTExplanation"))[:LONGEST],
        unit=text(units.get(named) if units is not None else None)[:LONGEST],
        first=_end(item, "First", signed=signed),
        last=_end(item, "Last", signed=signed),
        slope=slope if is_linear else None,
        intercept=intercept if is_linear else None,
    )


def _end(item: Any, which: str, *, signed: bool) -> float | None:
    double = number(item.get(f"DoubleFloatRealWorldValue{which}ValueMapped"))
    if double is not None:
        return double
    value = number(item.get(f"RealWorldValue{which}ValueMapped"))
    # Its VR should be that of the pixels, but often is not: its bits are read as theirs.
    return value - 65536 if value is not None and signed and value > 32767 else value
