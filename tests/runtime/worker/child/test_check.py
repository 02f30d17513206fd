"""What counts as a result."""

from dataclasses import replace
from typing import Any, cast

import numpy as np
import pytest

from algorithms.image import Image, Result
from runtime.errors import PermanentError
from runtime.worker.child.check import checked

SOURCE = Image(np.zeros((2, 4, 4), np.int16), source={"StudyInstanceUID": "1.2"})


def test_an_image_is_a_result_and_takes_over_the_source() -> None:
    image, result, measurements = checked(Image(np.ones((2, 4, 4))), SOURCE)
    assert image is not None and image.source == SOURCE.source
    assert measurements == {} and result.missing == ()


def test_measurements_become_plain_values_and_those_that_are_not_finite_are_missing() -> None:
    given = {"volume_ml": np.float32(1.5), "count": np.int64(3), "found": np.bool_(True), "ratio": float("inf")}
    image, result, measurements = checked(Result(measurements=given), SOURCE)  # type: ignore[arg-type]
    assert image is None
    assert measurements == {"volume_ml": 1.5, "count": 3, "found": True}
    assert [type(value) for value in measurements.values()] == [float, int, bool]
    assert result.missing == ("ratio is not a finite number.",)


def test_a_mask_is_stored_as_zeros_and_ones() -> None:
    image, _, _ = checked(Image(np.eye(4, dtype=bool)[np.newaxis]), SOURCE)
    assert image is not None and image.pixels.dtype == np.uint8 and image.pixels.max() == 1


def test_single_undefined_values_are_allowed() -> None:
    pixels = np.array([[[np.nan, 1.0]]])
    image, _, _ = checked(Image(pixels), SOURCE)
    assert image is not None


@pytest.mark.parametrize(
    ("returned", "said"),
    [
        (None, "a NoneType, neither Image nor Result; does it end without `return`?"),
        (np.zeros((2, 2, 2)), "a ndarray, neither Image nor Result; image.with_values(array) makes an Image of it."),
        ({"mean": 1.0}, "neither Image nor Result; Result(measurements={'name': number}) holds numbers."),
        (np.float32(1), "a float32, neither Image nor Result; Result(measurements={'name': number}) holds numbers."),
        ((SOURCE, 1.0), "several outputs are a frozen dataclass, which the function is annotated to return."),
        (Result(), "neither image nor measurements"),
        (Result(image=np.zeros((1, 2, 2))), "a ndarray where the image belongs"),  # type: ignore[arg-type]
        (replace(SOURCE, pixels=[[[1]]]), "pixels of type list"),  # type: ignore[arg-type]
        (
            replace(SOURCE, pixels=np.zeros((1, 2, 2), complex)),
            "pixels of type complex128; no image is complex: np.abs",
        ),
        (replace(SOURCE, pixels=np.array([[["a"]]])), "pixels of type <U1"),
        (replace(SOURCE, pixels=np.zeros((1, 2, 2), np.longdouble)), "pixels of type"),
        (replace(SOURCE, pixels=np.zeros((4, 4))), "pixels of shape (4, 4)"),
        (replace(SOURCE, pixels=np.zeros((1, 4, 4, 4))), "pixels of shape (1, 4, 4, 4)"),
        (replace(SOURCE, pixels=np.zeros((0, 4, 4))), "pixels of shape (0, 4, 4)"),
        (replace(SOURCE, pixels=np.full((1, 2, 2), np.nan)), "without a single finite value"),
        (replace(SOURCE, pixels=np.ma.masked_equal(SOURCE.pixels, 1)), "a masked array, whose mask no file holds"),
        (replace(SOURCE, spacing=(1.0, 0.0, 1.0)), "the spacing (1.0, 0.0, 1.0); lengths above 0, in mm, are asked."),
        (replace(SOURCE, source=[1]), "an image whose source is a list"),  # type: ignore[arg-type]
        (Result(measurements={"table": [1]}), "measurement 'table' of type list; give each number"),  # type: ignore[dict-item]
        (Result(measurements={"size": None}), "of type NoneType; leave it out, and say why"),  # type: ignore[dict-item]
        (Result(measurements={"count": 10**400}), "measurement 'count', which is a whole number that is too large"),
        (Result(measurements={"name": "\ud800"}), "measurement 'name', which is a text with half a character"),
        (Result(measurements=None), "measurements of type NoneType; a mapping"),  # type: ignore[arg-type]
        (Result(SOURCE, missing=None), "missing as a NoneType; a tuple of sentences"),  # type: ignore[arg-type]
    ],
)
def test_anything_else_is_refused(returned: Any, said: str) -> None:
    with pytest.raises(PermanentError) as caught:
        checked(returned, SOURCE)
    assert caught.value.code == "invalid_result" and said in caught.value.message


def test_one_sentence_that_is_missing_may_stand_alone() -> None:
    _, result, _ = checked(Result(SOURCE, missing="The left kidney."), SOURCE)  # type: ignore[arg-type]
    assert result.missing == ("The left kidney.",)


def test_a_window_may_be_an_array() -> None:
    assert checked(Result(image=SOURCE, window=cast("Any", np.array([40, 400]))), SOURCE)[1].window == (40.0, 400.0)


@pytest.mark.parametrize("window", [(1.0,), (1.0, 0.0), (float("nan"), 1.0), (1.0, float("inf")), "ab", 3])
def test_a_window_is_a_finite_centre_and_a_width(window: Any) -> None:
    with pytest.raises(PermanentError) as raised:
        checked(Result(image=SOURCE, window=window), SOURCE)
    assert raised.value.code == "invalid_result" and "window" in raised.value.message
