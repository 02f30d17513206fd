"""Outputs that are no place in the patient: quantities, tables and files."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

Cell = float | int | str | bool | None


@dataclass(frozen=True, slots=True)
class Quantity:
    """A measured number; `unit` may be left to the declaration of the output."""

    value: float
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of values.

    Parameters
    ----------
    columns : the values of each column by its name, all of one length.
    units : the unit of a column, by its name.
    """

    columns: Mapping[str, Sequence[Cell]]
    units: Mapping[str, str] = field(default_factory=dict[str, str])


@dataclass(frozen=True, slots=True)
class File:
    """A file of any kind: a report, a mesh.

    Parameters
    ----------
    content : its bytes.
    suffix : the end of its name, such as ".pdf" or ".stl".
    media_type : such as "application/pdf".
    """

    content: bytes
    suffix: str
    media_type: str = "application/octet-stream"
