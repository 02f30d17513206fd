"""Types without a flat JSON form are refused, and so are bounds that would be dropped."""

import enum
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any, Literal

import numpy as np
import pytest
from pydantic import BaseModel, Field, TypeAdapter

from algorithms.errors import DeclarationError
from algorithms.json_types import json_type
from algorithms.parameter import Parameter


class Colour(enum.Enum):
    RED = "red"


class Options(BaseModel):
    sigma: float


P = Parameter("described")


@pytest.mark.parametrize(
    "hint",
    [
        Any, object, None, bytes, complex, Path, Colour, Options, Callable, np.float32, np.ndarray, set[int], frozenset,
        dict, dict[str, float], list, tuple, tuple[()], list[Any], list[list[float]], list[float | None],
        tuple[int, float], tuple[int | None, ...], int | str, int | float, int | str | None,
        Literal[True], Literal["a", None], Literal[b"a"], Literal[Colour.RED], "float", 3, [float], type[int],
        Annotated[float, "mm"], Annotated[float, Field(ge=0)], Annotated[float, P, P],
        Annotated[float | None, P] | Annotated[None, P], Annotated[Annotated[float, P] | None, P],
        list[Annotated[float, "mm"]],
    ],
)  # fmt: skip
def test_no_flat_json_form(hint: Any) -> None:
    with pytest.raises(DeclarationError):
        json_type(hint)


def test_an_enumeration_says_how_its_values_are_written() -> None:
    with pytest.raises(DeclarationError, match=r"Colour is an enumeration; write its values, Literal\["):
        json_type(Colour)


@pytest.mark.parametrize(
    ("hint", "bounds"),
    [
        (bool, {"ge": 0}),
        (str, {"ge": 0}),
        (str, {"multiple_of": 2}),
        (int, {"min_length": 1}),
        (float, {"pattern": "a"}),
        (int, {"ge": 0.5}),
        (int, {"multiple_of": 0.5}),
        (Literal["a"], {"min_length": 1}),
        (list[int], {"ge": 0}),
        (tuple[int, int], {"min_length": 2}),
        (float | None, {"max_length": 3}),
    ],
)
def test_a_bound_that_cannot_hold_is_refused(hint: Any, bounds: dict[str, Any]) -> None:
    with pytest.raises(DeclarationError, match=next(iter(bounds))):
        json_type(Annotated[hint, Parameter("described", **bounds)])


@pytest.mark.parametrize(
    ("hint", "schema"),
    [
        (bool, {"type": "boolean"}),
        (int, {"type": "integer"}),
        (float, {"type": "number"}),
        (str, {"type": "string"}),
        (Literal["a", "b"], {"enum": ["a", "b"], "type": "string"}),
        (Literal[3, 5], {"enum": [3, 5], "type": "integer"}),
        (list[float], {"items": {"type": "number"}, "type": "array"}),
        (tuple[int, ...], {"items": {"type": "integer"}, "type": "array"}),
        (tuple[int, int], {"items": {"type": "integer"}, "maxItems": 2, "minItems": 2, "type": "array"}),
        (int | None, {"anyOf": [{"type": "integer"}, {"type": "null"}]}),
        (
            Annotated[float | None, Parameter("width", gt=0, le=5.5, multiple_of=0.5, unit="mm")],
            {
                "anyOf": [
                    {"type": "number", "exclusiveMinimum": 0, "maximum": 5.5, "multipleOf": 0.5},
                    {"type": "null"},
                ],
                "description": "width",
                "unit": "mm",
            },
        ),
        (
            Annotated[list[Annotated[int, Parameter("label", ge=0)]], Parameter("labels", min_length=1, max_length=9)],
            {
                "items": {"type": "integer", "minimum": 0, "description": "label"},
                "minItems": 1,
                "maxItems": 9,
                "type": "array",
                "description": "labels",
            },
        ),
        (
            Annotated[str, Parameter("tag", min_length=1, max_length=2, pattern="^a")],
            {"type": "string", "minLength": 1, "maxLength": 2, "pattern": "^a", "description": "tag"},
        ),
    ],
)
def test_the_schema_says_what_the_type_says(hint: Any, schema: dict[str, Any]) -> None:
    assert TypeAdapter(json_type(hint)).json_schema() == schema
