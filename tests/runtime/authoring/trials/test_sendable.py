"""What a function returned reaches another process without the author's own classes."""

from dataclasses import dataclass, replace
from types import MappingProxyType, SimpleNamespace
from typing import Any, cast

import numpy as np

from algorithms.image import Image
from algorithms.ports.labels import Labels
from algorithms.ports.records import Quantity, Table
from runtime.authoring.trials.sendable import sendable

IMAGE = Image(np.zeros((1, 2, 2), np.uint8))


@dataclass(frozen=True)
class Measured:
    volume: Quantity
    table: Table


class Own(Image):
    """An image of a class that another process may not know."""


def test_outputs_become_attributes() -> None:
    found = sendable(Measured(Quantity(1.5, "ml"), Table({"a": cast("Any", {1: 2}.values())})))
    assert found == SimpleNamespace(volume=Quantity(1.5, "ml"), table=Table({"a": [2]}))


def test_images_become_ours() -> None:
    labels = replace(Labels.of(IMAGE, IMAGE.pixels), names=MappingProxyType({1: "one"}))
    assert sendable(labels).names == {1: "one"}
    assert type(sendable(Own(IMAGE.pixels))) is Image


def test_what_no_process_can_be_sent_is_left_out() -> None:
    assert sendable({"f": lambda: 1, "b": 2}) == {"f": None, "b": 2}
