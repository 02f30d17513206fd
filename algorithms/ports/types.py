"""The types that a port can have, and how an annotation says so."""

import re
import types
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Final, Union, get_args, get_origin

from algorithms.image import Image
from algorithms.ports.labels import Labels
from algorithms.ports.places import Boxes, Points
from algorithms.ports.records import File, Quantity, Table
from algorithms.ports.transform import Transform

INPUTS: Final[Mapping[type, str]] = {
    Image: "image",
    Labels: "labels",
    Points: "points",
    Boxes: "boxes",
    Transform: "transform",
}
OUTPUTS: Final[Mapping[type, str]] = {**INPUTS, Table: "table", Quantity: "quantity", File: "file"}
# Of an input or output: requests, results and files name it.
NAME: Final = re.compile(r"[a-z][a-z0-9_]{0,39}")
CLASSES: Final[Mapping[str, type]] = {name: each for each, name in OUTPUTS.items()}


@dataclass(frozen=True, slots=True)
class Hint:
    """An annotation taken apart: `Annotated[list[kind] | None, *notes]`, or `Annotated[list[kind], *notes] | None`."""

    kind: Any
    many: bool
    optional: bool
    notes: tuple[Any, ...]


def take_apart(hint: Any) -> Hint:
    """Return the parts of an annotation."""
    notes: tuple[Any, ...] = ()
    if get_origin(hint) is Annotated:
        hint, notes = hint.__origin__, hint.__metadata__
    optional = False
    if get_origin(hint) in (Union, types.UnionType):
        options = [each for each in get_args(hint) if each is not types.NoneType]
        optional = len(options) < len(get_args(hint))
        hint = options[0] if len(options) == 1 else hint
        if get_origin(hint) is Annotated and not notes:
            hint, notes = hint.__origin__, hint.__metadata__
    many = get_origin(hint) is list and len(get_args(hint)) == 1
    return Hint(get_args(hint)[0] if many else hint, many, optional, notes)


def is_port(kind: Any) -> bool:
    """Whether `kind` is one of the types of ports."""
    return isinstance(kind, type) and kind in OUTPUTS
