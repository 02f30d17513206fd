"""An algorithm's parameters: their JSON Schema and their check, both from the function's own typed signature."""

import copy
import functools
import inspect
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Annotated, Any, Final, get_origin

from pydantic import ConfigDict, TypeAdapter, ValidationError
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from algorithms.errors import DeclarationError, InvalidParameters
from algorithms.hints import hints_of, name_of
from algorithms.image import Image
from algorithms.json_types import json_type
from algorithms.parameter import Parameter
from algorithms.ports.inputs import is_input

__all__ = ["InvalidParameters", "Parameter", "bind", "parameters_schema"]

Run = Callable[..., Any]
# What is written instead of parameters that have no name of their own.
UNNAMED: Final = {
    inspect.Parameter.POSITIONAL_ONLY: "write `/` right after `image`, or leave it out",
    inspect.Parameter.VAR_POSITIONAL: "write one parameter that is a list instead of `*`",
    inspect.Parameter.VAR_KEYWORD: "write each parameter with its type instead of `**`",
}
# Strict: a text is not a number. Python's regular expressions, as the checks compiled for the Lambda bundle use them.
STRICT: Final = ConfigDict(strict=True, allow_inf_nan=False, regex_engine="python-re")


class _Schema(GenerateJsonSchema):
    def literal_schema(self, schema: core_schema.LiteralSchema) -> JsonSchemaValue:
        generated = super().literal_schema(schema)
        if "const" in generated:  # one keyword for one meaning: a single choice is a choice too
            generated["enum"] = [generated.pop("const")]
        return generated


@dataclass(frozen=True, slots=True)
class _Declared:
    adapter: TypeAdapter[Any]
    schema: dict[str, Any]
    required: bool


def parameters_schema(run: Run) -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of an object that holds the parameters; DeclarationError if there is none."""
    declared = _declared(run)
    return {
        "type": "object",
        "properties": {name: copy.deepcopy(each.schema) for name, each in declared.items()},
        "required": [name for name, each in declared.items() if each.required],
        "additionalProperties": False,
    }


def bind(run: Run, parameters: Mapping[str, Any]) -> dict[str, Any]:
    """Return all parameters for `run(image, **parameters)`, checked, defaults filled in.

    Raises
    ------
    InvalidParameters : with every fault at once.
    DeclarationError : if the function's signature has no JSON Schema.
    """
    declared = _declared(run)
    faults = [(_pointer(name), _unknown(name, declared)) for name in parameters if name not in declared]
    bound: dict[str, Any] = {}
    for name, each in declared.items():
        if name not in parameters and each.required:
            faults.append((_pointer(name), "Required parameter is missing"))
            continue
        try:
            bound[name] = _check(each.adapter, parameters.get(name, each.schema.get("default")))
        except ValidationError as error:
            faults += [(_pointer(name, *fault["loc"]), fault["msg"]) for fault in error.errors()]
        except (TypeError, ValueError):
            faults.append((_pointer(name), "Input should be a JSON value"))
    if faults:
        raise InvalidParameters(faults)
    return bound


@functools.cache
def _declared(run: Run) -> dict[str, _Declared]:
    image, *parameters = _signature(run)
    hints = hints_of(run)
    if hints.get(image.name) is not Image:
        found = f"annotated as {name_of(hints[image.name])}" if image.name in hints else "not annotated"
        raise DeclarationError(f"its first parameter is {found}; write `image: Image`, of imaging")
    return {each.name: _declare(each, hints) for each in parameters if not is_input(hints.get(each.name))}


def _signature(run: Run) -> list[inspect.Parameter]:
    parameters = list(inspect.signature(run).parameters.values())
    first = parameters[0] if parameters else None
    if first is None or first.name != "image" or first.kind is inspect.Parameter.KEYWORD_ONLY:
        found = f"; `{first.name}` is" if first else ""
        raise DeclarationError(f"its first parameter is not `image`{found}: write `image: Image`, and all others after")
    for each in parameters[1:]:
        if each.kind in UNNAMED:
            raise DeclarationError(f"parameter `{each.name}` cannot be given by name: {UNNAMED[each.kind]}")
    return parameters


def _declare(parameter: inspect.Parameter, hints: Mapping[str, Any]) -> _Declared:
    name = parameter.name
    if name not in hints:
        raise DeclarationError(f"parameter `{name}` has no type: write `{name}: float`, or another that JSON has")
    if isinstance(parameter.default, Parameter):
        shown = f"`{name}: Annotated[{name_of(hints[name])}, Parameter(...)]`"
        raise DeclarationError(f"parameter `{name}`: Parameter(...) is no default; write {shown}")
    try:
        adapter: TypeAdapter[Any] = TypeAdapter(json_type(hints[name]), config=STRICT)
        schema = adapter.json_schema(schema_generator=_Schema)
    except DeclarationError as error:
        raise DeclarationError(f"parameter `{name}`: {error}") from None
    schema = {"title": name.replace("_", " ").strip().capitalize(), **schema}
    required = parameter.default is inspect.Parameter.empty
    if not required:
        try:
            # through JSON: the default is what a client could have sent
            schema["default"] = json.loads(json.dumps(parameter.default, allow_nan=False))
            _check(adapter, schema["default"])
        except (TypeError, ValueError) as error:
            reason = error.errors()[0]["msg"] if isinstance(error, ValidationError) else str(error)
            kind = hints[name].__origin__ if get_origin(hints[name]) is Annotated else hints[name]
            way = f"; write `{name_of(kind)} | None`" if parameter.default is None else ""
            if plain := getattr(parameter.default, "tolist", None):  # of NumPy
                way = f"; write {plain()!r}, as Python has it"
            raise DeclarationError(
                f"parameter `{name}`: its default {parameter.default!r} is refused: {reason}{way}"
            ) from None
    return _Declared(adapter, schema, required)


def _check(adapter: TypeAdapter[Any], value: Any) -> Any:
    return adapter.validate_json(json.dumps(value, allow_nan=False))


def _unknown(name: str, declared: Mapping[str, _Declared]) -> str:
    near = get_close_matches(name, declared, 1)
    return f"Unknown parameter (did you mean {near[0]}?)" if near else "Unknown parameter"


def _pointer(*parts: str | int) -> str:
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in parts)
