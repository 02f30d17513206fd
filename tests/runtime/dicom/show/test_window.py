"""Values to grey levels, by the standard's own formulas."""

import doctest
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from runtime.dicom import render, value_window
from runtime.dicom.show import window
from runtime.dicom.show.voi import read_voi
from runtime.dicom.show.window import render_lut
from runtime.dicom.tables.table import Context, Lut


def linear(x: float, centre: float, width: float) -> float:
    """PS3.3 C.11.2.1.2.1, word by word."""
    if x <= centre - 0.5 - (width - 1) / 2:
        return 0
    if x > centre - 0.5 + (width - 1) / 2:
        return 255
    return ((x - (centre - 0.5)) / (width - 1) + 0.5) * 255


def linear_exact(x: float, centre: float, width: float) -> float:
    """PS3.3 C.11.2.1.3.2."""
    if x <= centre - width / 2:
        return 0
    return 255 if x > centre + width / 2 else ((x - centre) / width + 0.5) * 255


def sigmoid(x: float, centre: float, width: float) -> float:
    """PS3.3 C.11.2.1.3.1."""
    with np.errstate(over="ignore"):
        return 255 / (1 + float(np.exp(-4 * (x - centre) / width)))


FORMULAS = {"LINEAR": linear, "LINEAR_EXACT": linear_exact, "SIGMOID": sigmoid}
DTYPES = ["int8", "uint8", "int16", "uint16", "int32", "float32", "float64"]


@given(
    st.sampled_from(sorted(FORMULAS)),
    st.sampled_from(DTYPES),
    st.floats(-2000, 2000, width=16),
    st.floats(1, 4000, width=16),
    st.lists(st.integers(-3000, 3000), min_size=1, max_size=20),
)
def test_the_standards_formulas(function: str, dtype: str, centre: float, width: float, values: list[int]) -> None:
    plane = np.array(values).astype(dtype)
    expected = [FORMULAS[function](float(value), centre, width) for value in plane]
    assert render(plane, (centre, width), function=function).astype(float) == pytest.approx(expected, abs=0.51)


def test_the_whole_16_bit_range_is_told_apart() -> None:
    values = np.array([0, 1, 32767, 32768, 65534, 65535], np.uint16)
    assert render(values, (32768.0, 65536.0)).tolist() == [0, 0, 127, 128, 255, 255]
    signed = np.array([-32768, -1, 0, 32767], np.int16)
    assert render(signed, (0.0, 65536.0)).tolist() == [0, 127, 128, 255]


@given(
    dtype=st.sampled_from([np.uint8, np.int8, np.uint16, np.int16]),
    centre=st.floats(-1e5, 1e5) | st.integers(-70000, 70000).map(lambda twice: twice / 2) | st.floats(-1e300, 1e300),
    width=st.floats(1, 2e5) | st.sampled_from([1.0, 1.5, 2.0, 1e17]) | st.floats(1, 1e300),
    function=st.sampled_from(["LINEAR", "LINEAR_EXACT", "SIGMOID"]),
    invert=st.booleans(),
)
def test_a_table_shows_each_value_as_its_formula_does(
    dtype: type, centre: float, width: float, function: str, invert: bool
) -> None:
    limits = np.iinfo(dtype)
    every = np.arange(limits.min, limits.max + 1).astype(dtype)
    values = np.resize(every, max(every.size, 2 * window.FEW))
    few = np.split(values, range(window.FEW, values.size, window.FEW))
    shown = render(values, (centre, width), invert=invert, function=function)
    each = [render(some, (centre, width), invert=invert, function=function) for some in few]
    assert np.array_equal(shown, np.concatenate(each))


def test_inverted_shows_low_values_white() -> None:
    plane = np.arange(100, dtype=np.int16).reshape(10, 10)
    assert np.array_equal(render(plane, (50, 40), invert=True), 255 - render(plane, (50, 40)))


def test_width_one_is_a_threshold() -> None:
    assert render(np.array([9, 10, 11], np.int16), (10.5, 1)).tolist() == [0, 0, 255]


def test_shape_is_kept_and_the_input_left_alone() -> None:
    plane = np.zeros((3, 4, 5), np.int16)
    plane.setflags(write=False)
    assert render(plane, None).shape == (3, 4, 5)
    backwards = np.arange(12, dtype=np.int16).reshape(3, 4)[::-1, ::-1]
    assert np.array_equal(render(backwards, (5, 10)), render(backwards.copy(), (5, 10)))
    big = np.arange(12, dtype=">i2")
    assert np.array_equal(render(big, (5, 10)), render(big.astype("<i2"), (5, 10)))


def test_not_a_number_and_infinities() -> None:
    plane = np.array([np.nan, -np.inf, 0.0, 1.0, np.inf])
    assert render(plane, (0.5, 1.0), function="LINEAR_EXACT").tolist() == [0, 0, 0, 255, 255]
    assert render(plane, None).tolist() == [0, 0, 0, 255, 255]


@pytest.mark.parametrize("width", [0.0, -1.0, 0.5])
def test_windows_that_are_none(width: float) -> None:
    with pytest.raises(ValueError, match="wide"):
        render(np.zeros(3, np.int16), (0.0, width))


def test_an_unknown_function_is_refused() -> None:
    with pytest.raises(ValueError, match="CUBIC"):
        render(np.zeros(3, np.int16), (0.0, 1.0), function="CUBIC")


@pytest.mark.parametrize("low", [0.0, -1000.0, 1e6])
@pytest.mark.parametrize("span", [1e-3, 1.0, 50000.0])
def test_the_window_of_the_values_spans_them(low: float, span: float) -> None:
    plane = np.linspace(low, low + span, 1000)
    shown = render(plane, None)
    assert (shown[0], shown[-1]) == (0, 255)
    assert 126 <= int(shown[500]) <= 129


def test_extremes_and_padding_do_not_set_the_window() -> None:
    plane = np.tile(np.arange(100, dtype=np.int16), 100)
    plane[0] = 32767
    assert value_window(plane)[1] < 110
    plane[:5000] = -2000
    centre, width = value_window(plane, (-2001, -1999))
    assert centre - width / 2 >= -1


def test_windows_of_small_masks_constants_and_nothing() -> None:
    mask = np.zeros((100, 100), np.uint8)
    mask[0, 0] = 1
    assert render(mask, None).max() == 255
    assert render(np.full((2, 2), 7.0), None).tolist() == [[0, 0], [0, 0]]
    assert render(np.full(2, np.nan), None).tolist() == [0, 0]


def test_lookup_tables() -> None:
    lut = Lut(first=-2, bits=12, entries=np.array([0, 4095, 2048], np.uint16))
    assert render_lut(np.array([-100, -2, -1, 0, 100]), lut).tolist() == [0, 0, 255, 128, 128]
    assert render_lut(np.array([-1]), lut, invert=True).tolist() == [0]
    assert lut.window == (-0.5, 3.0)


@pytest.mark.parametrize(
    ("header", "windows", "function"),
    [
        ({"WindowCenter": 40, "WindowWidth": 400}, ((40, 400),), "LINEAR"),
        ({"WindowCenter": [40, 300], "WindowWidth": [400, 1500]}, ((40, 400), (300, 1500)), "LINEAR"),
        ({"WindowCenter": 40, "WindowWidth": 0}, (), "LINEAR"),
        ({"WindowCenter": [0, 40], "WindowWidth": [0, 400]}, ((40, 400),), "LINEAR"),
        ({"WindowCenter": 40, "WindowWidth": 4, "VOILUTFunction": "SIGMOID"}, ((40, 4),), "SIGMOID"),
        ({"WindowCenter": 40, "WindowWidth": 4, "VOILUTFunction": "ODD"}, (), "LINEAR"),
        ({"WindowCenter": 40}, (), "LINEAR"),
        ({}, (), "LINEAR"),
    ],
)
def test_what_a_header_asks_for(header: dict[str, Any], windows: tuple[Any, ...], function: str) -> None:
    voi = read_voi([header], Context(False, True, 0, 65535))
    assert (voi.windows, voi.function) == (windows, function)


def test_the_examples_in_the_docstrings() -> None:
    result = doctest.testmod(window)
    assert result.attempted > 0 and result.failed == 0
