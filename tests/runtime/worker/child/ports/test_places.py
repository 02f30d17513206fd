"""Returned points, boxes and transforms: what is none is said in one sentence."""

from typing import Any

import numpy as np
import pytest

from algorithms.ports.outputs import OutputPort
from imaging import Boxes, Points, Transform
from runtime.errors import PermanentError
from runtime.worker.child.ports.checks import checked_value


def checked(value: Any) -> Any:
    return checked_value(OutputPort("out", type(value).__name__.lower()), value, {})


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (Points([(1.0, float("nan"), 3.0)]), "has positions that are not finite: [1.0, nan, 3.0] at index 0"),
        (Points([(1.0, 2.0)]), "has positions of shape (1, 2); numbers of shape (N, 3), in mm, are asked"),
        (Points((1.0, 2.0, 3.0)), "has positions of shape (3,)"),
        (Points(None), "has positions of shape ()"),  # pyright: ignore[reportArgumentType]
        (Points(np.zeros((100_001, 3))), "has 100001 places; at most 100000 are taken"),
        (Points(np.zeros((2, 3)), "ab"), "has the names 'ab'; a tuple of texts is asked"),  # pyright: ignore[reportArgumentType]
        (Points(np.zeros((1, 3)), (None,)), "has the names (None,)"),  # pyright: ignore[reportArgumentType]
        (Points(np.zeros((1, 3)), ("\ud800",)), "a tuple of texts is asked"),
        (Points(np.array([[1j, 2, 3]])), "has positions that are no real numbers, or masked"),
        (Points([["1", "2", "3"]]), "has positions that are no real numbers"),  # pyright: ignore[reportArgumentType]
        (Points(np.ma.masked_less([[1.0, 2.0, 3.0]], 2)), "has positions that are no real numbers, or masked"),
        (Transform(np.eye(3) * 1j), "9 finite numbers are asked"),  # pyright: ignore[reportArgumentType]
        (Boxes([[0.0] * 3, [1.0] * 3]), "has corners of shape (2, 3); numbers of shape (N, 2, 3)"),
        (Transform((0.0,) * 9), "has a singular matrix: it maps space onto less than space"),
        (Transform(tuple(np.eye(4).ravel())), "9 finite numbers are asked"),
    ],
)
def test_a_place_that_is_none_is_refused(value: Any, said: str) -> None:
    with pytest.raises(PermanentError) as caught:
        checked(value)
    assert caught.value.code == "invalid_result" and said in caught.value.message and "\n" not in caught.value.message


def test_places_outside_the_image_none_at_all_and_corners_in_any_order_are_places() -> None:
    assert checked(Points([(1e6, -1e6, 0.0)], np.array(["far"]))) == [{"position": [1e6, -1e6, 0.0], "name": "far"}]  # pyright: ignore[reportArgumentType]
    assert checked(Points([])) == [] and checked(Boxes(np.empty((0, 2, 3)))) == []
    assert checked(Boxes([[(9, 9, 9), (0, 0, 0)]])) == [{"corners": [[9.0] * 3, [0.0] * 3], "name": ""}]


def test_a_transform_of_arrays_becomes_one_of_numbers() -> None:
    made: Any = Transform(np.diag([1, -1, 2]), np.arange(3))  # pyright: ignore[reportArgumentType]
    assert checked(made) == Transform((1.0, 0.0, 0.0, 0.0, -1.0, 0.0, 0.0, 0.0, 2.0), (0.0, 1.0, 2.0))
