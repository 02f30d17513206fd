from typing import Any

import numpy as np
import pytest

from algorithms.errors import DeclarationError
from algorithms.parameter import Parameter


@pytest.mark.parametrize(
    ("bounds", "reason"),
    [
        ({"ge": 2, "le": 1}, "no value lies between"),
        ({"gt": 1, "le": 1}, "no value lies between"),
        ({"ge": 1, "lt": 1}, "no value lies between"),
        ({"ge": 1, "gt": 1}, "either ge or gt"),
        ({"le": 1, "lt": 1}, "either le or lt"),
        ({"ge": float("nan")}, "ge=nan is not a finite number"),
        ({"ge": np.int64(3)}, "is not a finite number; write it as a number of Python, ge=3"),
        ({"le": "3"}, "le='3' is not a finite number"),
        ({"multiple_of": 0}, "not positive"),
        ({"multiple_of": -2}, "not positive"),
        ({"multiple_of": 0.1}, "no exact binary form"),
        ({"multiple_of": 1.5}, "no exact binary form"),
        ({"min_length": -1}, "min_length=-1 is not a count"),
        ({"max_length": 2.5}, "max_length=2.5 is not a count"),
        ({"min_length": 3, "max_length": 2}, "above max_length"),
        ({"pattern": "("}, "not a regular expression"),
        ({"pattern": 3}, "not a regular expression"),
        ({"unit": 3}, "unit is 3; give a text"),
    ],
)
def test_bounds_that_mean_nothing_are_refused(bounds: dict[str, Any], reason: str) -> None:
    with pytest.raises(DeclarationError, match=reason):
        Parameter("described", **bounds)


@pytest.mark.parametrize("description", ["", "  ", None, 3])
def test_a_description_is_needed(description: Any) -> None:
    with pytest.raises(DeclarationError, match="needs a description"):
        Parameter(description)


@pytest.mark.parametrize(
    "bounds", [{"ge": 1, "le": 1}, {"gt": -1.5, "lt": 2}, {"multiple_of": 3}, {"multiple_of": 0.25}]
)
def test_bounds_that_leave_room_are_kept(bounds: dict[str, Any]) -> None:
    assert Parameter("described", unit="mm", **bounds).bounds() == bounds
