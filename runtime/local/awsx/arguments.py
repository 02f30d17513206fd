"""Checks arguments: a stand-in refuses those that the real component refuses, and those that it does not support."""

import inspect
import re
from collections.abc import Iterable
from importlib import import_module
from typing import Any, cast

import pulumi

from runtime.local.resources.plain import whole


def snake(name: str) -> str:
    """Return a wire name as the SDK for Python spells it."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()


def camel(name: str) -> str:
    """Return a name of the SDK for Python as the wire spells it."""
    return re.sub(r"_([a-z0-9])", lambda match: match[1].upper(), name)


def arguments(token: str) -> frozenset[str]:
    """Return all arguments of the real component, by their wire names, as the installed SDK has them."""
    package, module, name = token.split(":")
    component = getattr(import_module(f"pulumi_{package}.{module}"), name)
    names = inspect.signature(component._internal_init).parameters
    return frozenset(camel(each) for each in names if each not in ("__self__", "resource_name", "opts", "__props__"))


def refuse_unknown(token: str, inputs: dict[str, Any], supported: Iterable[str]) -> None:
    """Raise for an argument that has no effect here: it would pass every test, and have an effect on AWS."""
    unknown = sorted(set(inputs) - set(supported))
    if not unknown:
        return
    real = arguments(token)
    if misspelt := [name for name in unknown if name not in real]:
        raise TypeError(f"{token} has no argument {', '.join(misspelt)}")
    raise NotImplementedError(f"{token} takes {', '.join(unknown)}, which is not supported by the stand-in")


def refuse_outputs(token: str, inputs: dict[str, Any], plain: Iterable[str]) -> None:
    """Raise for a plain argument that is an output: the real component gets it without its fields."""
    for name in plain:
        if isinstance(inputs.get(name), pulumi.Output):
            raise TypeError(f"{token} takes {name} as a plain value only; an output would arrive without its fields")


def only_one(inputs: dict[str, Any], *names: str) -> None:
    """Raise if more than one of these arguments is given."""
    present = [name for name in names if inputs.get(name) is not None]
    if len(present) > 1:
        raise ValueError(f"Only one of {_listed(names)} can be given, not {_listed(present)}")


def exactly_one(inputs: dict[str, Any], *names: str) -> None:
    """Raise unless one of these arguments is given."""
    only_one(inputs, *names)
    if all(inputs.get(name) is None for name in names):
        raise ValueError(f"Exactly one of {_listed(names)} must be given")


def keywords(inputs: dict[str, Any], leave: Iterable[str] = ()) -> dict[str, Any]:
    """Return inputs as keyword arguments of a class of the SDK, without those in `leave`."""
    return {snake(name): value for name, value in inputs.items() if name not in leave}


def whole_inputs(value: Any) -> Any:
    """Return inputs with integral floats as int, within outputs too."""
    if isinstance(value, pulumi.Output):
        return cast("pulumi.Output[Any]", value).apply(whole)
    if isinstance(value, dict):
        return {key: whole_inputs(inner) for key, inner in cast("dict[str, Any]", value).items()}
    if isinstance(value, list):
        return [whole_inputs(inner) for inner in cast("list[Any]", value)]
    return whole(value)


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)
