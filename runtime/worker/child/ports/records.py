"""Whether returned tables, quantities and files are what was declared, and as they are stored."""

import math
import re
from typing import Any

from algorithms.ports.outputs import OutputPort
from algorithms.ports.records import File, Quantity, Table
from runtime.worker.child.ports.faults import invalid, plain_value, type_name
from runtime.worker.jobs.product import MEDIA_TYPE


def checked_table(port: OutputPort, table: Table) -> Table:
    """Return a table of columns of one length. Raises PermanentError (`invalid_result`)."""
    columns = {str(name): [_cell(port, name, cell) for cell in column] for name, column in table.columns.items()}
    if not columns or len({len(each) for each in columns.values()}) > 1:
        lengths = ", ".join(f"{name}: {len(column)}" for name, column in columns.items())
        raise invalid(port, f"has columns of different lengths ({lengths})" if columns else "has no column")
    if unknown := [str(name) for name in table.units if name not in table.columns]:
        raise invalid(port, f"has a unit for the column {unknown[0]!r}, which it does not have")
    return Table(columns, {str(name): str(unit) for name, unit in table.units.items()})


def checked_quantity(port: OutputPort, quantity: Quantity) -> Quantity:
    """Return a quantity in the declared unit. Raises PermanentError (`invalid_result`)."""
    value = plain_value(quantity.value)
    if isinstance(value, bool) or not isinstance(value, float | int):
        raise invalid(port, f"has the value {value!r:.60}, which is no number")
    if port.unit and quantity.unit not in ("", port.unit):
        raise invalid(port, f"is declared in {port.unit}, and the algorithm returned {quantity.unit}")
    return Quantity(value, quantity.unit or port.unit)


def checked_file(port: OutputPort, file: File) -> File:
    """Return a file whose suffix and media type can be used. Raises PermanentError (`invalid_result`)."""
    content: Any = file.content
    if not isinstance(content, bytes | bytearray):
        raise invalid(port, f"has content of type {type_name(content)}, not bytes")
    if not re.fullmatch(r"(\.[A-Za-z0-9]{1,10}){1,2}", file.suffix):
        raise invalid(port, f"has the suffix {file.suffix!r:.30}; a dot and letters are asked, such as '.pdf'")
    if not re.fullmatch(MEDIA_TYPE, file.media_type):
        raise invalid(port, f"has the media type {file.media_type!r:.60}; such as 'application/pdf' is asked")
    return File(bytes(content), file.suffix, file.media_type)


def _cell(port: OutputPort, name: object, cell: Any) -> Any:
    plain = plain_value(cell)
    if isinstance(plain, float) and not math.isfinite(plain):
        return None  # JSON has no such numbers
    if plain is not None and not isinstance(plain, float | int | str | bool):
        raise invalid(port, f"has a {type_name(plain)} in the column {name!r}; numbers, texts and truth values fit")
    return plain
