"""Where a result's pixels are: what one format of its files would lose is refused for all."""

import re
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from imaging import Image
from runtime.worker.child.files.place import placed

SOURCE = Image(np.zeros((1, 2, 2)), (3.0, 1.0, 1.0), direction=(1.0, 0.0, 0.0, 0.0, 0.9, 0.1, 0.0, 0.0, 1.0))


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("spacing", (0.0, 1.0, 1.0), "the spacing (0.0, 1.0, 1.0); lengths above 0, in mm, are asked"),
        ("spacing", (-1.0, 1.0, 1.0), "lengths above 0"),
        ("spacing", (float("nan"), 1.0, 1.0), "the spacing (nan, 1.0, 1.0); 3 finite numbers are asked"),
        ("spacing", (1.0, 1.0), "3 finite numbers"),
        ("spacing", None, "the spacing None; 3 finite numbers"),
        ("origin", (float("inf"), 0.0, 0.0), "the origin (inf, 0.0, 0.0); 3 finite numbers"),
        ("origin", "abc", "the origin abc; 3 finite numbers"),
        ("direction", (1.0, 0.0, 0.0, 1.0), "9 finite numbers"),
        ("direction", (0.0,) * 9, "three axes of length 1 at right angles"),
        ("direction", (1.0, 0.5, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0), "three axes of length 1 at right angles"),
    ],
)
def test_a_place_that_files_cannot_agree_on_is_refused(field: str, value: Any, said: str) -> None:
    with pytest.raises(ValueError, match=re.escape(said)):
        placed(replace(SOURCE, **{field: value}), SOURCE)


def test_arrays_become_numbers() -> None:
    made = replace(SOURCE, spacing=np.array([3, 2, 1]), direction=np.eye(3))  # pyright: ignore[reportArgumentType]
    image = placed(made, SOURCE)
    assert image.spacing == (3.0, 2.0, 1.0) and image.direction == (1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0)
    assert type(image.spacing[0]) is float


def test_the_place_of_the_source_is_kept_as_it_is() -> None:
    assert placed(replace(SOURCE, spacing=(3.0, 1.0, 1.5)), SOURCE).direction == SOURCE.direction
    assert placed(SOURCE, SOURCE) is SOURCE
