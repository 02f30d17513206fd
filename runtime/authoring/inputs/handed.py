"""A value in memory as a further input: written as the output of an earlier job that it could be."""

from pathlib import Path
from typing import Any

from algorithms.image import Image
from algorithms.ports.inputs import InputPort
from algorithms.ports.labels import Labels
from algorithms.ports.outputs import OutputPort
from algorithms.ports.places import Boxes, Points
from algorithms.ports.types import CLASSES
from runtime.contracts.results.palette import labels_of
from runtime.contracts.results.ports import Port
from runtime.errors import PermanentError
from runtime.worker.child.files.metaimage import encoded
from runtime.worker.child.ports.checks import checked_value
from runtime.worker.child.ports.documents import transform_text
from runtime.worker.jobs.fetched import Fetched


def handed(port: InputPort, value: Any, place: Path) -> Fetched:
    """Return a value in memory as an output of an earlier job, written beside `place`.

    Raises PermanentError if it is of another type than the input, or no value of it. Labels may be an image.
    """
    expected = CLASSES[port.type]
    if not isinstance(value, (expected, Image) if expected is Labels else expected):
        said = f"it takes {expected.__name__}, and a {type(value).__name__} is given."
        raise PermanentError("input_unsupported", said)
    said, content = Port(name=port.name, type=port.type), b""  # pyright: ignore[reportArgumentType] - of an input
    match value:
        case Points():
            return Fetched("inline", content={"points": _checked(port, value)})
        case Boxes():
            return Fetched("inline", content={"boxes": _checked(port, value)})
        case Labels():
            said = said.model_copy(update={"labels": labels_of(OutputPort(port.name, "labels"), value.names)})
            content = encoded(value)
        case Image():
            scale = {"Scale": "own"} if value.own_scale else {}
            content = encoded(value, scale | ({"Unit": value.unit} if value.unit else {}))
        case _:
            content = transform_text(_checked(port, value))
    place.parent.mkdir(parents=True, exist_ok=True)
    paths = place.with_suffix(".value"), place.with_suffix(".json")
    paths[0].write_bytes(content)
    paths[1].write_text(said.model_dump_json())
    return Fetched("output", paths)


def _checked(port: InputPort, value: Any) -> Any:
    try:
        return checked_value(OutputPort(port.name, port.type), value, {})
    except PermanentError as error:
        said = error.message.removeprefix(f"The output `{port.name}`")
        raise PermanentError("input_unsupported", f"it{said}") from error
