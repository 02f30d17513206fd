"""What `imaging try` says of a result is what its pictures show."""

import numpy as np

from clients.cli.reports.trial import lines
from imaging import Image, Labels
from runtime.contracts.results.display import Display, DisplayWindow
from runtime.contracts.results.ports import Label, Port
from runtime.worker.child.messages import Done

IMAGE = Image(np.linspace(0, 1, 12, dtype=np.float32).reshape(1, 3, 4))


def display(centre: float, width: float) -> Display:
    window = DisplayWindow(centre=centre, width=width)
    return Display(unit="", scale="own", inverted=False, window=window)


def test_the_ends_are_those_of_the_function_that_a_window_is_for() -> None:
    for window, said in (((0.9, 1.8), "shown from 0 to 0.8"), ((0.5, 0.99), "shown from 0.005 to 0.995")):
        (line,) = lines(Done((), {}, (), 0, display(*window)), IMAGE)
        assert line.endswith(said)


def test_the_range_is_that_of_the_values_that_are_finite() -> None:
    pixels = np.array([[[np.nan, -1.5, 2.0, np.inf]]])
    for values, said in ((pixels, "-1.5 to 2, 2 not finite (NaN or infinite)"), (pixels[..., 1:3], "-1.5 to 2")):
        (line,) = lines(Done((), {}, (), 0), Image(values))
        assert line.endswith(f"values {said}")


def test_labels_are_told_by_their_names() -> None:
    labels = tuple(Label(label=number, name=f"part {number}", colour="#c81e1e") for number in range(1, 15))
    port = Port(name="tissue", type="labels", labels=labels, display=display(0.5, 2))
    (line,) = lines(Done((), {}, (), 0, None, (port,)), Labels.of(IMAGE, IMAGE.pixels > 0.5))
    assert line.startswith("returned   tissue: labels, 1 x 3 x 4 uint8") and "shown" not in line
    assert ", 1 part 1, 2 part 2, " in line and line.endswith("12 part 12, ...")
