# pyright: reportArgumentType=false
"""Returned tables, quantities and files: what is none is said in one sentence."""

from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from algorithms.ports.outputs import OutputPort
from imaging import File, Quantity, Table
from runtime.errors import PermanentError
from runtime.worker.child.ports.checks import checked_value


class Frame:
    """What a frame of pandas has: columns that are not lists, under names, and no mapping."""

    def __init__(self, **columns: Any) -> None:
        self._columns = {name: np.asarray(column) for name, column in columns.items()}

    def items(self) -> Any:
        return self._columns.items()


def checked(value: Any) -> Any:
    return checked_value(OutputPort("out", type(value).__name__.lower()), value, {})


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (Table([{"a": 1}]), "has columns of type list; a mapping by the columns' names is asked"),
        (Table(None), "has columns of type NoneType"),
        (Table({}), "has no column"),
        (Table({"a": "abc"}), "has a str as the column 'a'; a list of its values is asked"),
        (Table({"a": 3}), "has a int as the column 'a'"),
        (Table({"a": {1, 2}}), "has a set as the column 'a'"),
        (Table({"a": (each for each in range(2))}), "has a generator as the column 'a'"),
        (Table({"a": np.zeros((2, 2))}), "has a list in the column 'a'; numbers, texts and truth values fit"),
        (Table({1: [1], "1": [2]}), "has the column '1' twice"),
        (Table({"a": [1]}, None), "has units of type NoneType"),
        (Table({"a": [1]}, {"a": None}), "has the unit None of 'a'; a text of at most 64 characters"),
        (Table({"a": [1]}, {"b": "mm"}), "has a unit for the column 'b', which it does not have"),
        (Quantity(Fraction(1, 3)), "has the value Fraction(1, 3), which is no number"),
        (Table({"a": [1, "\ud800"]}), "has in the column 'a' a text with half a character"),
        (Table({"\ud800": [1]}), "has as a column's name a text with half a character"),
        (Table({"a": [10**5000]}), "has in the column 'a' a whole number that is too large"),
        (Quantity(10**400), "has a whole number that is too large as its value"),
        (Quantity(1.0, "m" * 65), "a text of at most 64 characters is asked"),
        (File(b"", None), "has the suffix None"),
        (File(b"", ".pdf", None), "has the media type None"),
        (File("text", ".txt"), "has content of type str, not bytes; text.encode() makes them"),
    ],
)
def test_a_record_that_is_none_is_refused(value: Any, said: str) -> None:
    with pytest.raises(PermanentError) as caught:
        checked(value)
    assert caught.value.code == "invalid_result" and said in caught.value.message and "\n" not in caught.value.message


def test_a_table_takes_arrays_and_frames() -> None:
    table = checked(Table(Frame(count=[1, 2], mean=[0.5, np.nan], name=["a", "b"], found=[True, False])))
    assert table.columns == {"count": [1, 2], "mean": [0.5, None], "name": ["a", "b"], "found": [True, False]}
    assert checked(Table({"a": []})).columns == {"a": []}


def test_a_quantity_takes_what_numpy_computes() -> None:
    for value in (np.float32(1.5), np.array(1.5), np.mean(np.array([1.0, 2.0]))):
        quantity = checked(Quantity(value))
        assert type(quantity.value) is float and quantity.value == 1.5
