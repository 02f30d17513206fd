"""From a parameter's Python type to one that pydantic checks exactly as a JSON Schema validator does."""

import enum
import math
import types
from collections.abc import Callable
from typing import Annotated, Any, Final, Literal, Union, get_args, get_origin

from pydantic import AfterValidator, BeforeValidator, Field
from pydantic_core import PydanticCustomError

from algorithms.errors import DeclarationError
from algorithms.hints import name_of
from algorithms.parameter import LENGTH_BOUNDS, NUMBER_BOUNDS, Parameter

# The bounds that mean something on a type; any other would be silently dropped.
BOUNDS: Final[dict[Any, tuple[str, ...]]] = {
    bool: (),
    int: NUMBER_BOUNDS,
    float: NUMBER_BOUNDS,
    str: (*LENGTH_BOUNDS, "pattern"),
    list: LENGTH_BOUNDS,
    tuple: LENGTH_BOUNDS,
    Literal: (),
}
FORMS: Final = (
    "bool, int, float, str, Literal of texts or whole numbers, a list or tuple of these, or one of them | None"
)


def json_type(hint: Any, parameter: Parameter | None = None, *, documented: bool = True) -> Any:
    """Return the pydantic type of a parameter; DeclarationError if it has no flat JSON form."""
    origin = get_origin(hint)
    if origin is Annotated:
        if parameter is not None:
            raise DeclarationError("Annotated within an optional type: put Parameter(...) around all of it")
        return json_type(hint.__origin__, _only_parameter(hint.__metadata__))
    if origin in (Union, types.UnionType):
        inner = [option for option in get_args(hint) if option is not types.NoneType]
        if len(inner) != 1:
            raise DeclarationError(f"{name_of(hint)} is a choice of several types; it can be {FORMS}")
        bounded = json_type(inner[0], parameter, documented=False)
        return Annotated[bounded | None, Field(**_documentation(parameter))]
    kind = origin or hint
    if isinstance(kind, type) and issubclass(kind, enum.Enum):
        choices = ", ".join(repr(each.value) for each in kind)
        raise DeclarationError(f"{name_of(hint)} is an enumeration; write its values, Literal[{choices}]")
    if not (kind is Literal or isinstance(kind, type)) or kind not in BOUNDS:
        raise DeclarationError(f"{name_of(hint)} has no JSON form here; it can be {FORMS}")
    bounds = _bounds(kind, hint, parameter)
    base, checks = _base(kind, hint, bounds)
    keywords = _documentation(parameter if documented else None)
    if "multiple_of" in bounds:
        step = bounds.pop("multiple_of")
        checks.append(AfterValidator(_multiple(step)))
        keywords.setdefault("json_schema_extra", {})["multipleOf"] = step
    return Annotated[base, Field(**bounds, **keywords), *checks]


def _bounds(kind: Any, hint: Any, parameter: Parameter | None) -> dict[str, Any]:
    bounds = {} if parameter is None else parameter.bounds()
    if useless := [name for name in bounds if name not in BOUNDS[kind]]:
        fit = f"it takes {', '.join(BOUNDS[kind])}" if BOUNDS[kind] else "it takes no bounds"
        raise DeclarationError(f"{', '.join(useless)} cannot bound {name_of(hint)}: {fit}")
    for name, value in bounds.items():
        if isinstance(value, float) and value.is_integer():
            bounds[name] = int(value)
        elif kind is int and isinstance(value, float):
            raise DeclarationError(f"{name}={value} is not whole, but the parameter is")
    arguments = get_args(hint)
    if kind is tuple and arguments and arguments[-1] is not Ellipsis:
        if bounds:
            raise DeclarationError(f"{', '.join(bounds)} cannot bound {name_of(hint)}, whose length is fixed")
        bounds = {"min_length": len(arguments), "max_length": len(arguments)}
    return bounds


def _base(kind: Any, hint: Any, bounds: dict[str, Any]) -> tuple[Any, list[Any]]:
    """Return the type without its bounds, and the checks that pydantic lacks."""
    arguments = get_args(hint)
    if kind is Literal:
        for option in arguments:
            if type(option) not in (str, int):
                raise DeclarationError(f"{option!r} cannot be a choice: choices are texts or whole numbers")
        return hint, [BeforeValidator(_whole)]
    if kind in (list, tuple):
        items = arguments[:-1] if arguments[-1:] == (Ellipsis,) else arguments
        if not items:
            raise DeclarationError(f"{name_of(hint)} does not say what its items are")
        if any(item != items[0] for item in items):
            raise DeclarationError(f"{name_of(hint)} mixes types; the items of a tuple are all of one")
        bare = items[0].__origin__ if get_origin(items[0]) is Annotated else items[0]
        if get_origin(bare) not in (None, Literal):
            raise DeclarationError(f"{name_of(hint)} is nested; the items of a list are single values")
        sequence: Any = list[json_type(items[0])]
        # a tuple is checked as the list that JSON has, then made a tuple: so the schema has no positional items
        return sequence, [AfterValidator(tuple)] if kind is tuple else []
    return kind, [BeforeValidator(_whole)] if kind is int else []


def _only_parameter(metadata: tuple[Any, ...]) -> Parameter:
    if len(metadata) == 1 and isinstance(metadata[0], str):
        raise DeclarationError(f"Annotated[...] has a text; write Parameter({metadata[0]!r:.80})")
    if len(metadata) != 1 or not isinstance(metadata[0], Parameter):
        raise DeclarationError("Annotated[...] takes exactly one Parameter(...) and nothing else")
    return metadata[0]


def _documentation(parameter: Parameter | None) -> dict[str, Any]:
    if parameter is None:
        return {}
    extra = {} if parameter.unit is None else {"json_schema_extra": {"unit": parameter.unit}}
    return {"description": parameter.description, **extra}


def _whole(value: Any) -> Any:
    """Make 2.0 a whole number, as JSON Schema does, and keep true from passing for 1, as Python would."""
    if isinstance(value, bool):
        raise PydanticCustomError("not_a_truth_value", "Input should not be true or false")
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _multiple(step: float) -> Callable[[float], float]:
    def check(value: float) -> float:
        # pydantic's own check allows an error relative to the value: far from zero it accepts anything
        if (value % step if isinstance(value, int) else math.fmod(value, step)) != 0:
            raise PydanticCustomError("multiple_of", "Input should be a multiple of {step}", {"step": step})
        return value

    return check
