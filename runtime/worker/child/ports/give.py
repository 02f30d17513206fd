"""Writes the declared outputs of an algorithm into files, and says what each is."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from algorithms.image import Image
from algorithms.ports.labels import Labels
from algorithms.ports.outputs import OutputPort, Outputs
from algorithms.ports.records import File, Quantity, Table
from algorithms.ports.transform import Transform
from runtime.contracts.models import AskedKind
from runtime.contracts.results.display import Display
from runtime.contracts.results.palette import colour, labels_of
from runtime.contracts.results.ports import Label, Port
from runtime.worker.child.files import encode
from runtime.worker.child.files.scale import display_of
from runtime.worker.child.ports import documents
from runtime.worker.child.ports.checks import checked_value, returned_values
from runtime.worker.child.ports.geometry import geometry_of
from runtime.worker.jobs.outcome import Measurement
from runtime.worker.jobs.product import Product

JSON = "application/json"


@dataclass
class Given:
    """What came of the outputs: files, descriptions, quantities by name, and what could not be computed."""

    products: list[Product] = field(default_factory=list[Product])
    ports: list[Port] = field(default_factory=list[Port])
    measurements: dict[str, Measurement] = field(default_factory=dict[str, Measurement])
    missing: list[str] = field(default_factory=list[str])

    @property
    def display(self) -> Display | None:
        """How the first image or labels are shown."""
        return next((port.display for port in self.ports if port.display is not None), None)


def give(
    returned: object, outputs: Outputs, grids: Mapping[str, Image], kinds: Sequence[AskedKind], folder: Path
) -> Given:
    """Check what an algorithm returned and write it; `grids` has the images by the names of the inputs.

    Nothing is written before everything is checked. Raises PermanentError (`invalid_result`).
    """
    values = returned_values(returned, outputs)
    checked = [
        (port, checked_value(port, values[port.name], grids))
        for port in outputs.ports
        if not (port.optional and values[port.name] is None)
    ]
    given = Given()
    folder.mkdir(exist_ok=True)
    for port, value in checked:
        _give(given, port, value, grids["image"], kinds, folder)
    return given


def _give(given: Given, port: OutputPort, value: Any, source: Image, kinds: Sequence[AskedKind], folder: Path) -> None:
    said: dict[str, Any] = {"name": port.name, "type": port.type, "description": port.description}
    if isinstance(value, Image):
        labels = labels_of(port, value.names) if isinstance(value, Labels) else ()
        display = display_of(value, port.window, source)
        planes = painted(value.pixels, labels) if isinstance(value, Labels) else None
        given.products += encode.write(value, display, source, kinds, folder, port=port.name, planes=planes)
        said |= {"unit": display.unit, "display": display, "labels": labels, "geometry": geometry_of(value)}
    elif isinstance(value, Quantity):
        said["unit"] = value.unit
        if math.isfinite(value.value):
            said["value"] = value.value
            given.measurements[port.name] = value.value
        else:
            given.missing.append(f"{port.name} is not a finite number.")  # JSON has no such numbers
    else:
        said |= {"count": _count(port, value)}
        if "values" in kinds:
            given.products += [
                encode.store(folder / f"{port.name}{suffix}", content, "data", port=port.name, media_type=media_type)
                for suffix, content, media_type in _documents(port, value)
            ]
    given.ports.append(Port(**said))


def _documents(port: OutputPort, value: Any) -> list[tuple[str, bytes, str]]:
    """Return the files of an output that is no image: the end of the name, the content and the media type of each."""
    if port.type == "points":
        points = documents.dumps({"points": value}, len(value))
        return [(".json", points, JSON), (".mrk.json", documents.point_markups(value), JSON)]
    if port.type == "boxes":
        boxes = documents.dumps({"boxes": value}, len(value))
        return [(".json", boxes, JSON), (".mrk.json", documents.box_markups(value), JSON)]
    match value:
        case Transform():
            return [(".tfm", documents.transform_text(value), "text/plain")]
        case Table():
            rows = documents.dumps({"columns": value.columns, "units": value.units}, _count(port, value) or 0)
            return [(".json", rows, JSON), (".csv", documents.table_csv(value.columns, value.units), "text/csv")]
        case File():
            return [(value.suffix, value.content, value.media_type)]
        case _:
            return []


def _count(port: OutputPort, value: Any) -> int | None:
    if port.type == "table":
        return len(next(iter(value.columns.values())))
    return len(value) if port.type in ("points", "boxes") else None


def painted(pixels: NDArray[Any], labels: Sequence[Label]) -> list[NDArray[np.uint8]]:
    """Return the planes of labels in their colours, of shape (M, N, 3), on black."""
    known = {each.label: each.colour for each in labels}
    numbers, places = np.unique(pixels, return_inverse=True)
    colours = [(0, 0, 0) if not n else _rgb(known.get(int(n)) or colour(int(n))) for n in numbers]
    table = np.array(colours, np.uint8).reshape(-1, 3)
    return list(table[places.reshape(pixels.shape)])


def _rgb(text: str) -> tuple[int, int, int]:
    return int(text[1:3], 16), int(text[3:5], 16), int(text[5:7], 16)
