"""Whether a returned value is the output that was declared, and the value as it is stored."""

from collections.abc import Mapping
from typing import Any, Final

from algorithms.image import Image
from algorithms.ports.labels import Labels
from algorithms.ports.outputs import OutputPort, Outputs
from algorithms.ports.places import Boxes, Points
from algorithms.ports.records import File, Quantity, Table
from algorithms.ports.transform import Transform
from algorithms.ports.types import CLASSES
from runtime.errors import PermanentError
from runtime.worker.child.ports.fault import invalid, type_of
from runtime.worker.child.ports.images import checked_image, checked_labels
from runtime.worker.child.ports.places import checked_boxes, checked_points, checked_transform
from runtime.worker.child.ports.records import checked_file, checked_quantity, checked_table

# How an author makes what was declared of what they most likely have.
MAKES: Final[Mapping[str, str]] = {
    "image": "image.with_values(values) and image.with_map(values) make one",
    "labels": "Labels.of(image, values) makes them",
    "points": "Points(positions) makes them",
    "boxes": "Boxes(corners) makes them",
    "transform": "Transform.of_simpleitk(transform) makes one of SimpleITK's",
    "table": "Table(columns) makes one",
    "quantity": "Quantity(value) makes one",
    "file": "File(content, suffix) makes one",
}


def returned_values(returned: object, outputs: Outputs) -> dict[str, Any]:
    """Return what was returned for each declared output. Raises PermanentError (`invalid_result`)."""
    if outputs.record is None:
        return {outputs.ports[0].name: returned}
    if not isinstance(returned, outputs.record):
        said = f"{type_of(returned)}, and it declares {outputs.record.__name__}"
        end = "; does it end without `return`?" if returned is None else "."
        raise PermanentError("invalid_result", f"The algorithm returned an object of type {said}{end}")
    return {port.name: getattr(returned, port.name, None) for port in outputs.ports}


def checked_value(port: OutputPort, value: Any, grids: Mapping[str, Image]) -> Any:
    """Return the value of an output as it is stored; `grids` has the images by the names of the inputs."""
    expected = CLASSES[port.type]
    if value is None:
        raise invalid(port, "is missing: the algorithm returned None for it")
    if not isinstance(value, expected) or (isinstance(value, Labels) and port.type == "image"):
        makes = "" if isinstance(value, Labels) else f"; {MAKES[port.type]}"
        raise invalid(port, f"is declared as {expected.__name__}, and the algorithm returned {type_of(value)}{makes}")
    match value:
        case Labels():
            return checked_labels(port, value, grids)
        case Image():
            return checked_image(port, value, grids)
        case Points():
            return checked_points(port, value)
        case Boxes():
            return checked_boxes(port, value)
        case Transform():
            return checked_transform(port, value)
        case Table():
            return checked_table(port, value)
        case Quantity():
            return checked_quantity(port, value)
        case File():
            return checked_file(port, value)
        case _:
            raise invalid(port, f"is of type {type_of(value)}")
