"""Whether a returned value is the output that was declared, and the value as it is stored."""

from collections.abc import Mapping
from typing import Any

from algorithms.image import Image
from algorithms.ports.labels import Labels
from algorithms.ports.outputs import OutputPort, Outputs
from algorithms.ports.places import Boxes, Points
from algorithms.ports.records import File, Quantity, Table
from algorithms.ports.transform import Transform
from algorithms.ports.types import CLASSES
from runtime.errors import PermanentError
from runtime.worker.child.ports.faults import invalid, type_name
from runtime.worker.child.ports.images import checked_image, checked_labels, on_grid
from runtime.worker.child.ports.places import checked_boxes, checked_points, checked_transform
from runtime.worker.child.ports.records import checked_file, checked_quantity, checked_table


def returned_values(returned: object, outputs: Outputs) -> dict[str, Any]:
    """Return what was returned for each declared output. Raises PermanentError (`invalid_result`)."""
    if outputs.record is None:
        return {outputs.ports[0].name: returned}
    if not isinstance(returned, outputs.record):
        said = f"{type(returned).__name__}, and it declares {outputs.record.__name__}"
        raise PermanentError("invalid_result", f"The algorithm returned an object of type {said}.")
    return {port.name: getattr(returned, port.name, None) for port in outputs.ports}


def checked_value(port: OutputPort, value: Any, grids: Mapping[str, Image]) -> Any:
    """Return the value of an output as it is stored; `grids` has the images by the names of the inputs."""
    expected = CLASSES[port.type]
    if value is None:
        raise invalid(port, "is missing: the algorithm returned None for it")
    if not isinstance(value, expected) or (isinstance(value, Labels) and port.type == "image"):
        raise invalid(port, f"is declared as {expected.__name__}, and the algorithm returned {type_name(value)}")
    match value:
        case Labels():
            return checked_labels(port, on_grid(port, value, grids), grids["image"])
        case Image():
            return checked_image(port, on_grid(port, value, grids), grids["image"])
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
            raise invalid(port, f"is of type {type_name(value)}")
