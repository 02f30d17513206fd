"""What `prepare` can be."""

import functools
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from algorithms.checks.declaration import check_declaration
from algorithms.errors import DeclarationError
from tests.algorithms.checks.test_declaration import GOOD


@functools.cache
def load_model(levels: int = 3) -> list[int]:
    return list(range(levels))


def load_from(folder: str, *, device: str) -> None: ...


async def load_later() -> None: ...


def load_by_and_by() -> Iterator[int]:
    yield 1


def test_a_function_without_arguments_is_called_before_the_first_job() -> None:
    check_declaration(replace(GOOD, prepare=load_model))
    check_declaration(replace(GOOD, prepare=dict))


@pytest.mark.parametrize(
    ("prepare", "reason"),
    [
        (load_model(), "prepare is a list, not a function; give the function itself, without parentheses"),
        ("load_model", "prepare is a str, not a function"),
        (load_from, "prepare (load_from) takes folder, device; it is called without arguments"),
        (load_later, "prepare (load_later) is asynchronous or a generator; calling it would load nothing"),
        (load_by_and_by, "prepare (load_by_and_by) is asynchronous or a generator"),
    ],
)
def test_anything_else_is_refused(prepare: Any, reason: str) -> None:
    with pytest.raises(DeclarationError) as caught:
        check_declaration(replace(GOOD, prepare=prepare))
    assert str(caught.value).startswith(f"algorithm 'good': {reason}")
