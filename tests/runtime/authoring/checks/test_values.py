"""The ends of ranges, as a client could send them."""

from typing import Annotated, Any, Literal

import pytest

from algorithms.parameters import parameters_schema
from imaging import Image, Parameter
from runtime.authoring.checks.values import extremes, fitting


def many(
    image: Image,
    sigma: Annotated[float, Parameter("a value", gt=0, lt=8)],
    count: Annotated[int, Parameter("a value", ge=2, le=10, multiple_of=2)],
    mode: Literal["a", "b"],
    flag: bool = False,
    limit: Annotated[float | None, Parameter("a value", ge=-1)] = None,
) -> Image:
    return image


def unknowable(image: Image, code: Annotated[str, Parameter("a value", pattern="^[0-9]{4}$")]) -> Image:
    return image


def test_both_ends_of_every_range_and_every_choice() -> None:
    found: dict[str, list[Any]] = {}
    for name, _, value in extremes(many, parameters_schema(many)):
        found.setdefault(name, []).append(value)
    assert found == {
        "sigma": [0.001, pytest.approx(7.992)],
        "count": [2, 10],
        "mode": ["a", "b"],
        "flag": [True, False],
        "limit": [-1, None],
    }


def test_a_value_for_each_required_parameter() -> None:
    assert fitting(many, parameters_schema(many)) == {"sigma": 0.001, "count": 2, "mode": "a"}
    with pytest.raises(ValueError, match="the required parameter code; give it a default"):
        fitting(unknowable, parameters_schema(unknowable))
