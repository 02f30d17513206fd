"""A value in memory becomes what a worker's child reads of an earlier job, or is refused in a sentence."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from algorithms.ports.inputs import InputPort
from imaging import Boxes, Image, Labels, Points, Transform
from runtime.authoring.inputs.further import handed_all
from runtime.authoring.inputs.handed import handed
from runtime.errors import PermanentError
from runtime.worker.child.ports.gather import gather

IMAGE = Image(np.arange(6, dtype=np.int16).reshape(1, 2, 3), unit="HU")
LABELS = Labels.of(IMAGE, IMAGE.pixels > 3, {1: "vessel"})


def port(type_: str, many: bool = False) -> InputPort:
    return InputPort("given", type_, "what it is for", many=many)


@pytest.mark.parametrize(
    ("type_", "value"),
    [
        ("image", IMAGE),
        ("labels", LABELS),
        ("points", Points([(1.0, 2.0, 3.0)], ("tip",))),
        ("boxes", Boxes([[(0.0, 0.0, 0.0), (1.0, 2.0, 3.0)]], ("liver",))),
        ("transform", Transform(translation=(1.0, 2.0, 3.0))),
    ],
)
def test_a_value_arrives_as_it_is(type_: str, value: Any, tmp_path: Path) -> None:
    found = handed(port(type_), value, tmp_path / "given")
    arguments, _, _ = gather([port(type_)], {"given": [found]}, "any", IMAGE)
    arrived = arguments["given"]
    for name in ("pixels", "positions", "corners", "translation", "names", "unit"):
        assert np.array_equal(getattr(arrived, name, ()), getattr(value, name, ())), name


@pytest.mark.parametrize(
    ("type_", "value", "said"),
    [
        ("image", IMAGE.pixels, "it takes Image, and a ndarray is given."),
        ("labels", Points([]), "it takes Labels, and a Points is given."),
        ("points", [(1.0, 2.0, 3.0)], "it takes Points, and a list is given."),
        ("points", Points([(1.0, 2.0)]), "it has positions of shape (1, 2); numbers of shape (N, 3), in mm, are asked"),
        ("transform", Transform((0.0,) * 9), "has a singular matrix"),
    ],
)
def test_what_is_no_value_of_the_input_is_refused(type_: str, value: Any, said: str, tmp_path: Path) -> None:
    with pytest.raises(PermanentError) as refused:
        handed(port(type_), value, tmp_path / "given")
    assert said in refused.value.message


def test_a_list_is_given_as_one(tmp_path: Path) -> None:
    with pytest.raises(PermanentError, match="Input `given`: it takes a list, and a Image is given"):
        handed_all([port("image", many=True)], {"given": IMAGE}, tmp_path)
