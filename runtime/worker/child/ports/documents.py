"""Points, boxes, transforms and tables as files that other programs read."""

import csv
import io
import json
import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from algorithms.ports.transform import Transform

SLICER: Final = (
    "https://raw.githubusercontent.com/slicer/slicer/master/Modules/Loadable/Markups/Resources/Schema/"
    "markups-schema-v1.0.3.json#"
)
IDENTITY: Final = (1, 0, 0, 0, 1, 0, 0, 0, 1)
FORMULA_STARTS: Final = tuple("=+-@\t\r")
# What is no number and no sign alone, as tables have it for what is missing.
FORMULA: Final = re.compile(r"(?![+-]?[\d.,]*(e[+-]?\d+)?\s*%?$)[=+\-@\t\r]", re.IGNORECASE)
Place = dict[str, Any]


LONG: Final = 1000  # places or rows of a document that is read by programs alone


def dumps(value: Any, rows: int = 0) -> bytes:
    """Return a JSON document; one of many rows on a single line, which takes a tenth of the time."""
    return (json.dumps(value, indent=None if rows > LONG else 1, allow_nan=False) + "\n").encode()


def point_markups(points: Sequence[Place]) -> bytes:
    """Return 3D Slicer's markups of points, each with `position` and `name`."""
    controls = [
        {"id": str(number), "label": point["name"] or str(number), "position": point["position"], "selected": True}
        for number, point in enumerate(points, start=1)
    ]
    markups = _markups([{"type": "Fiducial", "coordinateSystem": "LPS", "controlPoints": controls}])
    return dumps(markups, len(points))


def box_markups(boxes: Sequence[Place]) -> bytes:
    """Return 3D Slicer's markups of boxes, each with `corners` and `name`."""
    markups: list[dict[str, Any]] = []
    for box in boxes:
        pairs = list(zip(*box["corners"], strict=True))
        markups.append(
            {
                "type": "ROI",
                "coordinateSystem": "LPS",
                "roiType": "Box",
                "name": box["name"],
                "center": [(one + other) / 2 for one, other in pairs],
                "orientation": list(IDENTITY),
                "size": [abs(one - other) for one, other in pairs],
                "insideOut": False,
            }
        )
    return dumps(_markups(markups), len(boxes))


def _markups(markups: list[dict[str, Any]]) -> dict[str, Any]:
    return {"@schema": SLICER, "markups": markups}


def table_csv(columns: Mapping[str, Sequence[Any]], units: Mapping[str, str]) -> bytes:
    """Return comma-separated values; a column's unit is in brackets behind its name.

    A text that spreadsheets would compute, which may come from a DICOM file, begins with an apostrophe.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(_inert([f"{name} [{units[name]}]" if units.get(name) else name for name in columns]))
    writer.writerows(zip(*map(_inert, columns.values()), strict=True))
    return text.getvalue().encode()


def _inert(cells: Sequence[Any]) -> Sequence[Any]:
    if not any(isinstance(each, str) and each[:1] in FORMULA_STARTS for each in cells):
        return cells
    return [f"'{each}" if isinstance(each, str) and FORMULA.match(each) else each for each in cells]


def transform_text(transform: Transform) -> bytes:
    """Return a transform as ITK's text file (.tfm)."""
    parameters = " ".join(f"{float(each):.17g}" for each in (*transform.matrix, *transform.translation))
    fixed = " ".join(f"{float(each):.17g}" for each in transform.centre)
    return (
        "#Insight Transform File V1.0\n#Transform 0\nTransform: AffineTransform_double_3_3\n"
        f"Parameters: {parameters}\nFixedParameters: {fixed}\n"
    ).encode()


def read_transform(content: bytes) -> Transform:
    """Return the transform of a file that `transform_text` made. Raises ValueError."""
    fields = dict(line.split(": ", 1) for line in content.decode().splitlines() if ": " in line)
    try:
        numbers = [float(each) for each in fields["Parameters"].split()]
        x, y, z = (float(each) for each in fields["FixedParameters"].split())
        *matrix, along, down, up = numbers
    except KeyError as error:
        raise ValueError(f"it is no transform of this platform: {error} is missing") from error
    if len(matrix) != 9:
        raise ValueError("it is no transform of this platform: it has no nine numbers")
    return Transform(tuple(matrix), (along, down, up), (x, y, z))
