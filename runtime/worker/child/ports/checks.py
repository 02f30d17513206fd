"""Whether a returned value is the output that was declared, and the value as it is stored."""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from algorithms.image import Image
from algorithms.ports.labels import Labels
from algorithms.ports.outputs import OutputPort, Outputs
from algorithms.ports.places import Boxes, Points
from algorithms.ports.records import File, Quantity, Table
from algorithms.ports.transform import Transform
from algorithms.ports.types import CLASSES
from runtime.errors import PermanentError
from runtime.worker.child.check import check_image
from runtime.worker.child.ports.geometry import difference
from runtime.worker.jobs.product import MEDIA_TYPE

MOST_LABELS: Final = 1000  # that are listed with their names
MOST_PLACES: Final = 100_000


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
        raise invalid(port, f"is declared as {expected.__name__}, and the algorithm returned {_type(value)}")
    match value:
        case Labels():
            return _labels(port, _on_grid(port, value, grids), grids["image"])
        case Image():
            return _image(port, _on_grid(port, value, grids), grids["image"])
        case Points():
            return _points(port, value)
        case Boxes():
            return _boxes(port, value)
        case Transform():
            return _transform(port, value)
        case Table():
            return _table(port, value)
        case Quantity():
            return _quantity(port, value)
        case File():
            return _file(port, value)
        case _:
            raise invalid(port, f"is of type {_type(value)}")


def invalid(port: OutputPort, what: str) -> PermanentError:
    """Return the error of an output that is not what it was declared to be."""
    return PermanentError("invalid_result", f"The output `{port.name}` {what}.")


def _on_grid(port: OutputPort, image: Any, grids: Mapping[str, Image]) -> Any:
    grid = grids.get(port.grid)
    if not isinstance(getattr(image, "pixels", None), np.ndarray):
        raise invalid(port, f"has pixels of type {_type(getattr(image, 'pixels', None))}, not an ndarray")
    if grid is not None and (wrong := difference(image, grid)) is not None:
        makes = "; Labels.of(image, values) takes the image's" if isinstance(image, Labels) else ""
        raise invalid(port, f"does not lie on the grid of `{port.grid}`: it {wrong}{makes}")
    return image


def _image(port: OutputPort, image: Image, source: Image) -> Image:
    if port.unit and image.unit not in ("", port.unit):
        raise invalid(port, f"is declared in {port.unit}, and its values are in {image.unit}")
    return replace(_storable(port, image, source), unit=image.unit or port.unit)


def _labels(port: OutputPort, labels: Labels, source: Image) -> Labels:
    image = _storable(port, labels, source)
    pixels: NDArray[Any] = image.pixels
    if pixels.dtype.kind not in "iu" or pixels.ndim != 3:
        raise invalid(port, f"has values of type {pixels.dtype} and {pixels.ndim} axes; labels are whole numbers")
    if int(pixels.min()) < 0:
        raise invalid(port, f"has the label {int(pixels.min())}; labels are at least 0")
    present = [int(each) for each in np.unique(pixels) if each]
    names = {int(number): str(name) for number, name in (labels.names or port.names).items()}
    if names and (nameless := [each for each in present if each not in names]):
        raise invalid(port, f"has the label {nameless[0]}, which has no name; named are {', '.join(map(str, names))}")
    names = names or {each: f"label {each}" for each in present[:MOST_LABELS]}
    smallest = pixels.astype(np.min_scalar_type(int(pixels.max())), copy=False)
    return replace(labels, pixels=smallest, source=image.source, names=names, own_scale=True)


def _storable(port: OutputPort, image: Image, source: Image) -> Image:
    try:
        return check_image(image, source)
    except PermanentError as error:
        said = error.message.removeprefix("The algorithm returned ").rstrip(".")
        raise invalid(port, f"has {said}") from None


def _points(port: OutputPort, points: Points) -> list[dict[str, Any]]:
    positions = _numbers(port, points.positions, (3,))
    names = _names(port, points, positions)
    return [{"position": row, "name": name} for row, name in zip(positions, names, strict=True)]


def _boxes(port: OutputPort, boxes: Boxes) -> list[dict[str, Any]]:
    corners = _numbers(port, boxes.corners, (2, 3))
    names = _names(port, boxes, corners)
    return [{"corners": pair, "name": name} for pair, name in zip(corners, names, strict=True)]


def _numbers(port: OutputPort, values: Any, shape: tuple[int, ...]) -> list[Any]:
    try:
        array = np.asarray(values, float)
    except (TypeError, ValueError):
        raise invalid(port, "has positions that are no numbers") from None
    array = array.reshape(0, *shape) if array.size == 0 else array
    if array.shape[1:] != shape or len(array) > MOST_PLACES or not np.isfinite(array).all():
        wanted = ", ".join(["N", *map(str, shape)])
        raise invalid(port, f"has positions of shape {array.shape}; finite ones of shape ({wanted}) are asked")
    return array.tolist()


def _names(port: OutputPort, places: Points | Boxes, positions: Sequence[Any]) -> list[str]:
    names = [str(each) for each in places.names]
    if names and len(names) != len(positions):
        raise invalid(port, f"has {len(names)} names for {len(positions)} places; give one for each, or none")
    return names or [""] * len(positions)


def _transform(port: OutputPort, transform: Transform) -> Transform:
    for name, count in (("matrix", 9), ("translation", 3), ("centre", 3)):
        try:
            values = np.asarray(getattr(transform, name), float).ravel()
        except (TypeError, ValueError):
            values = np.empty(0)
        if len(values) != count or not np.isfinite(values).all():
            raise invalid(port, f"has the {name} {getattr(transform, name)!r:.60}; {count} finite numbers are asked")
    return transform


def _table(port: OutputPort, table: Table) -> Table:
    columns = {str(name): [_cell(port, name, cell) for cell in column] for name, column in table.columns.items()}
    if not columns or len({len(each) for each in columns.values()}) > 1:
        lengths = ", ".join(f"{name}: {len(column)}" for name, column in columns.items())
        raise invalid(port, f"has columns of different lengths ({lengths})" if columns else "has no column")
    if unknown := [str(name) for name in table.units if name not in table.columns]:
        raise invalid(port, f"has a unit for the column {unknown[0]!r}, which it does not have")
    return Table(columns, {str(name): str(unit) for name, unit in table.units.items()})


def _cell(port: OutputPort, name: object, cell: Any) -> Any:
    plain = _plain(cell)
    if isinstance(plain, float) and not math.isfinite(plain):
        return None  # JSON has no such numbers
    if plain is not None and not isinstance(plain, float | int | str | bool):
        raise invalid(port, f"has a {_type(plain)} in the column {name!r}; numbers, texts and truth values fit")
    return plain


def _quantity(port: OutputPort, quantity: Quantity) -> Quantity:
    value = _plain(quantity.value)
    if isinstance(value, bool) or not isinstance(value, float | int):
        raise invalid(port, f"has the value {value!r:.60}, which is no number")
    if port.unit and quantity.unit not in ("", port.unit):
        raise invalid(port, f"is declared in {port.unit}, and the algorithm returned {quantity.unit}")
    return Quantity(value, quantity.unit or port.unit)


def _file(port: OutputPort, file: File) -> File:
    content: Any = file.content
    if not isinstance(content, bytes | bytearray):
        raise invalid(port, f"has content of type {_type(content)}, not bytes")
    if not re.fullmatch(r"(\.[A-Za-z0-9]{1,10}){1,2}", file.suffix):
        raise invalid(port, f"has the suffix {file.suffix!r:.30}; a dot and letters are asked, such as '.pdf'")
    if not re.fullmatch(MEDIA_TYPE, file.media_type):
        raise invalid(port, f"has the media type {file.media_type!r:.60}; such as 'application/pdf' is asked")
    return File(bytes(content), file.suffix, file.media_type)


def _plain(value: Any) -> Any:
    """Return a number of NumPy as Python's."""
    return value.item() if isinstance(value, np.generic) else value  # pyright: ignore[reportUnknownVariableType]


def _type(value: object) -> str:
    return type(value).__name__
