"""Whether a plugin's declaration can become a service."""

import re
from typing import Any, Final, cast, get_args

from algorithms.checks.function import check_function
from algorithms.checks.ports import check_ports
from algorithms.checks.preparation import check_preparation
from algorithms.checks.resources import check_resources
from algorithms.checks.translations import check_translations
from algorithms.checks.weights import check_weights
from algorithms.declaration import Algorithm, Needs, Scope
from algorithms.errors import DeclarationError
from algorithms.parameters import parameters_schema

NAME: Final = re.compile(r"[a-z0-9](?:[a-z0-9_-]{0,22}[a-z0-9])?")
NEEDS: Final[tuple[str, ...]] = get_args(Needs)
SCOPES: Final[tuple[str, ...]] = get_args(Scope)


def check_declaration(algorithm: object) -> dict[str, Any]:
    """Check all that one declaration says and return its parameters' JSON Schema. Raises DeclarationError."""
    if not isinstance(algorithm, Algorithm):
        raise DeclarationError(f"register_algorithms() returned {algorithm!r}, which is not an Algorithm")
    check_name(algorithm.name)
    try:
        _check_texts(algorithm)
        _check_scopes(algorithm.scopes)
        _check_needs(algorithm.needs)
        _check_largest_input(algorithm.largest_input)
        check_resources(algorithm.resources)
        check_function(algorithm.run)
        schema = parameters_schema(algorithm.run)
        check_ports(algorithm.run)
        check_preparation(algorithm.prepare)
        check_weights(algorithm.weights)
        check_translations(algorithm.translations, algorithm.run, schema["properties"])
        return schema
    except DeclarationError as error:
        raise DeclarationError(f"algorithm '{algorithm.name}': {error}") from error


def check_name(name: object) -> None:
    """Check a name: it becomes part of queues, addresses, log groups and environment variables."""
    if not isinstance(name, str) or not NAME.fullmatch(name):
        raise DeclarationError(
            f"{name!r} cannot name an algorithm: use at most 24 lowercase letters, digits, hyphens and underscores, "
            "with a letter or digit at either end"
        )


def _check_texts(algorithm: Algorithm) -> None:
    if not _is_text(algorithm.summary) or not algorithm.summary.strip():
        raise DeclarationError(
            "summary is empty; the catalogue shows it, so say in one sentence what the function does"
        )
    if not _is_text(algorithm.reference):
        raise DeclarationError(f"reference is {algorithm.reference!r}, not a text")


def _check_scopes(scopes: tuple[str, ...]) -> None:
    listed = ", ".join(SCOPES)
    if type(scopes) is not tuple or not scopes:
        raise DeclarationError(f"scopes is {scopes!r}; give a tuple of at least one of {listed}")
    for scope in scopes:
        if scope not in SCOPES:
            raise DeclarationError(f"{scope!r} is not a scope; scopes are {listed}")
    if len(set(scopes)) != len(scopes):
        raise DeclarationError(f"scopes {scopes!r} names a scope twice")


def _check_needs(needs: object) -> None:
    if needs not in NEEDS:
        raise DeclarationError(f"needs is {needs!r}; it is one of {', '.join(NEEDS)}")


def _check_largest_input(largest: object) -> None:
    sides = cast("tuple[object, ...]", largest) if isinstance(largest, tuple) else ()
    if largest is not None and not (len(sides) == 3 and all(type(each) is int and each > 0 for each in sides)):
        raise DeclarationError(f"largest_input is {largest!r}; give planes, rows and columns, such as (300, 512, 512)")


def _is_text(value: object) -> bool:
    return isinstance(value, str)
