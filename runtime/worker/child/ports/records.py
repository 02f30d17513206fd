"""Whether returned tables, quantities and files are what was declared, and as they are stored."""

import math
import re
from collections.abc import Mapping, Set
from typing import Any, cast

from algorithms.ports.outputs import OutputPort
from algorithms.ports.records import File, Quantity, Table
from runtime.worker.child.files.plain import NO_TEXT, TOO_LARGE, is_number, is_text, plain
from runtime.worker.child.ports.fault import invalid, type_of, unit_of
from runtime.worker.jobs.product import MEDIA_TYPE


def checked_table(port: OutputPort, table: Table) -> Table:
    """Return a table of plain values. Raises PermanentError (`invalid_result`)."""
    columns: dict[str, list[Any]] = {}
    for name, column in _items(port, table.columns, "columns"):
        if not is_text(str(name)):
            raise invalid(port, f"has as a column's name {NO_TEXT}")
        if str(name) in columns:
            raise invalid(port, f"has the column {str(name)!r} twice")
        columns[str(name)] = _cells(port, name, column)
    if not columns or len({len(each) for each in columns.values()}) > 1:
        lengths = ", ".join(f"{name}: {len(column)}" for name, column in columns.items())
        raise invalid(port, f"has columns of different lengths ({lengths})" if columns else "has no column")
    units = {str(name): unit for name, unit in _items(port, table.units, "units")}
    if unknown := [name for name in units if name not in columns]:
        raise invalid(port, f"has a unit for the column {unknown[0]!r}, which it does not have")
    return Table(columns, {name: unit_of(port, unit, f" of {name!r}") for name, unit in units.items()})


def checked_quantity(port: OutputPort, quantity: Quantity) -> Quantity:
    """Return a quantity that is a plain number. Raises PermanentError (`invalid_result`)."""
    value = plain(quantity.value)
    if isinstance(value, bool) or not isinstance(value, float | int):
        raise invalid(port, f"has the value {value!r:.60}, which is no number")
    if not is_number(value):
        raise invalid(port, f"has {TOO_LARGE} as its value")
    unit = unit_of(port, quantity.unit)
    if port.unit and unit not in ("", port.unit):
        raise invalid(port, f"is declared in {port.unit}, and the algorithm returned {unit}")
    return Quantity(value, unit or port.unit)


def checked_file(port: OutputPort, file: File) -> File:
    """Return a file as it is stored. Raises PermanentError (`invalid_result`)."""
    content: Any = file.content
    if not isinstance(content, bytes | bytearray):
        encode = "; text.encode() makes them of a text" if isinstance(content, str) else ""
        raise invalid(port, f"has content of type {type_of(content)}, not bytes{encode}")
    if not re.fullmatch(r"(\.[A-Za-z0-9]{1,10}){1,2}", str(file.suffix)):
        raise invalid(port, f"has the suffix {file.suffix!r:.30}; a dot and letters are asked, such as '.pdf'")
    if not re.fullmatch(MEDIA_TYPE, str(file.media_type)):
        raise invalid(port, f"has the media type {file.media_type!r:.60}; such as 'application/pdf' is asked")
    return File(bytes(content), file.suffix, file.media_type)


def _items(port: OutputPort, mapping: Any, what: str) -> list[tuple[Any, Any]]:
    """Return what a mapping holds, or something that lists its parts as one: a frame of pandas."""
    try:
        return list(mapping.items())
    except (AttributeError, TypeError):
        raise invalid(
            port, f"has {what} of type {type_of(mapping)}; a mapping by the columns' names is asked"
        ) from None


def _cells(port: OutputPort, name: object, column: Any) -> list[Any]:
    cells = None if isinstance(column, str | bytes | Mapping | Set) else _listed(column)
    if cells is None:
        kind = type_of(cast("object", column))
        raise invalid(port, f"has a {kind} as the column {name!r}; a list of its values is asked")
    return cells if _are_plain(cells) else [_cell(port, name, each) for each in cells]


def _are_plain(cells: list[Any]) -> bool:
    """Whether all cells of a column can be stored as they are, as is usual: a million of them take a moment."""
    match set(map(type, cells)):
        case kinds if kinds == {float}:
            return all(map(math.isfinite, cells))
        case kinds if kinds == {str}:
            return all(map(is_text, cells))
        case kinds if kinds == {int}:
            return is_number(min(cells)) and is_number(max(cells))
        case _:
            return False


def _listed(column: Any) -> list[Any] | None:
    """Return the values of a list, an array or a column of pandas; None of what has no length or no order."""
    values = column.tolist() if hasattr(column, "tolist") else column
    return list(values) if hasattr(values, "__len__") else None


def _cell(port: OutputPort, name: object, cell: Any) -> Any:
    value = plain(cell)
    if isinstance(value, float) and not math.isfinite(value):
        return None  # JSON has no such numbers
    if value is not None and not isinstance(value, float | int | str | bool):
        raise invalid(port, f"has a {type_of(value)} in the column {name!r}; numbers, texts and truth values fit")
    if isinstance(value, str) and not is_text(value):
        raise invalid(port, f"has in the column {name!r} {NO_TEXT}")
    if value is not None and not isinstance(value, str) and not is_number(value):
        raise invalid(port, f"has in the column {name!r} {TOO_LARGE}")
    return value
