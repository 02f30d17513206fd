"""The further inputs of a function: those arguments beside `image` that are no parameters."""

import functools
import inspect
import types
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any, Union, get_args, get_origin

from algorithms.declaration import Scope
from algorithms.errors import DeclarationError
from algorithms.hints import hints_of, name_of
from algorithms.ports.annotations import ANY_GRID, Input
from algorithms.ports.types import INPUTS, NAME, Hint, is_port, take_apart


@dataclass(frozen=True, slots=True)
class InputPort:
    """One further input.

    Parameters
    ----------
    name : the argument's name.
    type : "image", "labels", "points", "boxes" or "transform".
    description : what the algorithm does with it.
    scopes : of an image from the PACS; empty for those of the algorithm.
    many : whether it is a list.
    required : whether the argument has no default.
    """

    name: str
    type: str
    description: str
    scopes: tuple[Scope, ...] = ()
    many: bool = False
    required: bool = True


@functools.cache
def inputs_of(run: Callable[..., Any]) -> tuple[InputPort, ...]:
    """Return the further inputs of a function. Raises DeclarationError."""
    hints = hints_of(run)
    arguments = list(inspect.signature(run).parameters.values())[1:]
    return tuple(_port(each, take_apart(hints[each.name])) for each in arguments if is_input(hints.get(each.name)))


def is_input(hint: Any) -> bool:
    """Whether an argument with this annotation is an input instead of a parameter, or was meant as one."""
    if is_port(hint) or isinstance(hint, Input):
        return True
    notes = hint.__metadata__ if get_origin(hint) is Annotated else ()
    return any(map(is_input, (*get_args(hint), *notes)))


def _port(argument: inspect.Parameter, parts: Hint) -> InputPort:
    name, kind = argument.name, name_of(parts.kind)
    where = f"input `{name}`"
    if not NAME.fullmatch(name) or name == ANY_GRID:
        reserved = ", and another name than any" if name == ANY_GRID else ""
        raise DeclarationError(
            f"{where}: requests name it; use at most 40 lowercase letters, digits and _, a letter first{reserved}"
        )
    if get_origin(parts.kind) is Annotated:
        inner = name_of(parts.kind.__origin__)
        inner = f"list[{inner}]" if parts.many else inner
        whole = f"{inner} | None" if parts.optional else inner
        raise DeclarationError(f"{where}: put Input(...) around all of it: Annotated[{whole}, Input('what it is for')]")
    if not is_port(parts.kind) or parts.kind not in INPUTS:
        item = next(iter(get_args(parts.kind)), None)
        several = item in INPUTS and not parts.many and get_origin(parts.kind) not in (Union, types.UnionType)
        listed = f"write list[{name_of(item)}]" if several else f"it can be {', '.join(map(name_of, INPUTS))} or a list"
        raise DeclarationError(f"{where}: {kind} is no input; {listed}")
    shown = f"list[{kind}]" if parts.many else kind
    if len(parts.notes) != 1 or not isinstance(parts.notes[0], Input):
        raise DeclarationError(f"{where}: say what it is for: Annotated[{shown}, Input('what it is for')]")
    note, type_ = parts.notes[0], INPUTS[parts.kind]
    if note.scopes and type_ != "image":
        raise DeclarationError(f"{where}: scopes are those of images in the PACS, which has no {kind}")
    required = argument.default is inspect.Parameter.empty
    if not required and argument.default is not None:
        raise DeclarationError(f"{where}: its default is {argument.default!r}; the only one is None, for none given")
    if parts.optional and required:
        raise DeclarationError(f"{where}: it may be None, so give it that default: `= None`")
    return InputPort(name, type_, note.description, note.scopes, parts.many, required)
