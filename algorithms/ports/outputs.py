"""The declared outputs of a function: read from its return annotation."""

import dataclasses
import functools
import inspect
import types
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Union, get_args, get_origin

from algorithms.errors import DeclarationError
from algorithms.hints import hints_of, name_of
from algorithms.image import Image, Result
from algorithms.ports.annotations import Output
from algorithms.ports.types import NAME, OUTPUTS, Hint, is_port, take_apart

# The fields of Output that mean something for a type; any other would be silently dropped.
FIELDS: Final[Mapping[str, tuple[str, ...]]] = {
    "image": ("unit", "window", "grid"),
    "labels": ("names", "colours", "codes", "grid"),
    "quantity": ("unit",),
}
FORMS: Final = "Image, Labels, Points, Boxes, Transform, Table, Quantity, File, a frozen dataclass of these, or Result"
# What is written for types that scientists have at hand.
INSTEAD: Final = {
    **dict.fromkeys(("int", "float", "complex", "bool"), "a number is a Quantity; "),
    "ndarray": "image.with_values(array) makes an Image of an array; ",
    "dict": "Result(measurements={'name': number}) holds numbers; ",
    "SimpleITK.Image": "image.with_simpleitk(...) makes an Image of SimpleITK's; ",
    "SimpleITK.Transform": "Transform.of_simpleitk(...) makes a Transform of SimpleITK's; ",
    "DataFrame": "Table(frame) makes a Table of a frame; ",
    **dict.fromkeys(("str", "bytes", "Path"), "a text or a file's content is a File; "),
}


@dataclass(frozen=True, slots=True)
class OutputPort:
    """One declared output; the fields that `Output` has, too, mean the same."""

    name: str
    type: str
    description: str = ""
    optional: bool = False
    unit: str = ""
    window: tuple[float, float] | None = None
    names: Mapping[int, str] = field(default_factory=dict[int, str])
    colours: Mapping[int, str] = field(default_factory=dict[int, str])
    codes: Mapping[int, tuple[str, str, str]] = field(default_factory=dict[int, tuple[str, str, str]])
    grid: str = "image"


@dataclass(frozen=True, slots=True)
class Outputs:
    """What a function declares to return: `ports`, in a `record` (a dataclass) if there are several."""

    ports: tuple[OutputPort, ...]
    record: type | None = None


@functools.cache
def outputs_of(run: Callable[..., Any]) -> Outputs | None:
    """Return the declared outputs; None for a function that returns an `Image` or a `Result`, as its annotation or
    the lack of one says. Raises DeclarationError."""
    hint = hints_of(run).get("return", Any)
    parts = take_apart(hint)
    if _is_of_old(hint):
        return None
    if not parts.many and is_port(parts.kind):
        return Outputs((_port(OUTPUTS[parts.kind], parts),))
    record: Any = parts.kind
    if record is Result:
        raise DeclarationError("its return type is Result, which declares nothing: write `-> Result` alone")
    if parts.notes or parts.many or not (isinstance(record, type) and dataclasses.is_dataclass(record)):
        instead = _instead(record)
        raise DeclarationError(f"its return type {name_of(hint)} is no output; {instead}it can be {FORMS}")
    if parts.optional:
        raise DeclarationError(
            f"its return type {record.__name__} may not be None: put `| None` to those of its fields that may be absent"
        )
    return Outputs(_fields(record), record)


def _is_of_old(hint: Any) -> bool:
    """Whether only a job shows what is returned: an `Image` or a `Result`, or whatever may be one of them."""
    if hint in (Any, object, Image, Result):
        return True
    options = get_args(hint) if get_origin(hint) in (Union, types.UnionType) else (hint,)
    if Result in options:
        return all(each in (Image, Result, types.NoneType) for each in options)
    return isinstance(hint, type) and issubclass(hint, (Image, Result)) and not is_port(hint)


def _instead(kind: Any) -> str:
    """Return what an author most likely meant by a type that is no output."""
    if instead := INSTEAD.get(name_of(get_origin(kind) or kind)):
        return instead
    if dataclasses.is_dataclass(get_origin(kind)):
        return "a dataclass with types in brackets is none, so write them into its fields; "
    if get_origin(kind) is tuple or (isinstance(kind, type) and getattr(kind, "__annotations__", None)):
        return "several are declared by a class with @dataclass(frozen=True), a field for each; "
    return ""


def _fields(record: Any) -> tuple[OutputPort, ...]:
    name = record.__name__
    if not record.__dataclass_params__.frozen:
        raise DeclarationError(f"its outputs, {name}, are not frozen: write @dataclass(frozen=True)")
    if "__dataclass_fields__" not in vars(record) and (own := inspect.get_annotations(record)):
        raise DeclarationError(
            f"its outputs, {name}, inherit a dataclass, and `{next(iter(own))}` is no field of it: write "
            f"@dataclass(frozen=True) above {name}, too"
        )
    hints = hints_of(record)
    ports = tuple(_field(name, each.name, take_apart(hints[each.name])) for each in dataclasses.fields(record))
    if not ports:
        raise DeclarationError(f"its outputs, {name}, have no field")
    return ports


def _field(record: str, name: str, parts: Hint) -> OutputPort:
    where = f"output `{name}` of {record}"
    if not NAME.fullmatch(name):
        raise DeclarationError(f"{where}: files are named after it; use at most 40 lowercase letters, digits and _")
    if parts.many or not is_port(parts.kind):
        shown = f"list[{name_of(parts.kind)}]" if parts.many else name_of(parts.kind)
        instead = "" if parts.many else INSTEAD.get(name_of(get_origin(parts.kind) or parts.kind), "")
        raise DeclarationError(f"{where}: {shown} is no output; {instead}it can be {', '.join(map(name_of, OUTPUTS))}")
    if len(parts.notes) != 1 or not isinstance(parts.notes[0], Output):
        example = f"Annotated[{name_of(parts.kind)}, Output('what it shows')]"
        raise DeclarationError(f"{where}: say what it shows: {example}")
    try:
        return _port(name, parts)
    except DeclarationError as error:
        raise DeclarationError(f"{where}: {error}") from None


def _port(name: str, parts: Hint) -> OutputPort:
    kind = OUTPUTS[parts.kind]
    if not parts.notes:
        return OutputPort(name, kind, optional=parts.optional)
    note = parts.notes[0]
    if len(parts.notes) != 1 or not isinstance(note, Output):
        raise DeclarationError("Annotated[...] of an output takes exactly one Output(...) and nothing else")
    given = {each.name: getattr(note, each.name) for each in dataclasses.fields(note) if each.name != "description"}
    plain = OutputPort("", "")
    for each, value in given.items():
        if each not in FIELDS.get(kind, ()) and value != getattr(plain, each):
            raise DeclarationError(f"{each} says nothing about {name_of(parts.kind)}")
    return OutputPort(name, kind, note.description, parts.optional, **given)
