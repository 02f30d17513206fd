"""Returned images and labels: what is none is said in one sentence, and what is one keeps its values."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from algorithms.ports.outputs import OutputPort
from imaging import Image, Labels
from runtime.errors import PermanentError
from runtime.worker.child.ports.checks import checked_value

SOURCE = Image(np.arange(48, dtype=np.int16).reshape(2, 4, 6), (5.0, 0.5, 0.7), "MR", origin=(1.0, 2.0, 3.0))
CLASSES = Labels.of(SOURCE, SOURCE.pixels > 20)
LABELS, IMAGE = OutputPort("out", "labels"), OutputPort("out", "image", grid="any")


def refusal(port: OutputPort, value: Any) -> str:
    with pytest.raises(PermanentError) as caught:
        checked_value(port, value, {"image": SOURCE})
    assert caught.value.code == "invalid_result" and caught.value.message.count("\n") == 0
    return caught.value.message


@pytest.mark.parametrize(
    ("names", "said"),
    [
        ({0: "background", 1: "vessel"}, "names the label 0; labels are whole numbers from 1, and 0 is no label"),
        ({"1": "vessel"}, "names the label '1'"),
        ({1.0: "vessel"}, "names the label 1.0"),
        ({1: None}, "names label 1 None, which is no text"),
        (["vessel"], "has the names ['vessel']; a mapping from each label to its name is asked"),
    ],
)
def test_names_of_labels_that_are_none_are_refused(names: Any, said: str) -> None:
    assert said in refusal(LABELS, replace(CLASSES, names=names))


def test_names_may_be_of_labels_that_are_not_there_and_numbers_of_numpy() -> None:
    checked = checked_value(LABELS, replace(CLASSES, names={np.int64(1): "vessel", 7: "none here"}), {"image": SOURCE})
    assert checked.names == {1: "vessel", 7: "none here"}


@pytest.mark.parametrize("dtype", [bool, np.int64, np.uint64, ">i4"])
def test_labels_of_any_whole_type_become_the_smallest(dtype: Any) -> None:
    checked = checked_value(LABELS, replace(CLASSES, pixels=CLASSES.pixels.astype(dtype)), {"image": SOURCE})
    assert checked.pixels.dtype == np.uint8 and np.array_equal(checked.pixels, CLASSES.pixels)


@pytest.mark.parametrize(
    ("port", "value", "said"),
    [
        (LABELS, replace(CLASSES, pixels=CLASSES.pixels * 1.0), "type float64; Labels.of(image, values) makes whole"),
        (LABELS, replace(CLASSES, pixels=-CLASSES.pixels.astype(np.int8)), "has the label -1"),
        (LABELS, replace(CLASSES, pixels=np.stack([CLASSES.pixels] * 3, -1)), "has values in colour"),
        (LABELS, CLASSES.pixels, "the algorithm returned ndarray; Labels.of(image, values) makes them"),
        (IMAGE, replace(SOURCE, unit="m" * 65), "a text of at most 64 characters is asked"),
        (IMAGE, replace(SOURCE, unit="mm\nDimSize = 1 1 1"), "has the unit 'mm\\nDimSize = 1 1 1'"),
        (IMAGE, replace(SOURCE, spacing=(0.0, 1.0, 1.0)), "has the spacing (0.0, 1.0, 1.0); lengths above 0"),
        (IMAGE, replace(SOURCE, pixels=np.ma.masked_less(SOURCE.pixels, 9)), "has a masked array, whose mask no file"),
    ],
)
def test_what_no_file_could_hold_is_refused(port: OutputPort, value: Any, said: str) -> None:
    assert said in refusal(port, value)
