"""Seconds and memory are fitted against size, and what jobs cost follows."""

from pathlib import Path

import numpy as np
import pytest

from imaging import Image
from runtime.authoring.inputs.dicom_files import write
from runtime.authoring.inputs.source import locate, read
from runtime.authoring.profile import Point, fit, measure
from runtime.authoring.target import find
from runtime.authoring.trials.trials import Trials
from tests.runtime.authoring.conftest import PLUGIN

MIB = 1 << 20


def points(*sides: int) -> list[Point]:
    return [Point((1, side, side), 2e-6 * side**2, 10 * MIB + 24 * side**2) for side in sides]


def test_seconds_are_a_power_of_the_size_and_memory_a_line() -> None:
    found = fit(points(64, 128, 256))
    assert (found.exponent, found.per_voxel) == (pytest.approx(1), pytest.approx(24))
    assert found.seconds(512**2) == pytest.approx(2e-6 * 512**2)
    assert found.peak_bytes(512**2) == pytest.approx(10 * MIB + 24 * 512**2)


def test_a_small_input_takes_no_less_than_the_smallest_that_was_measured() -> None:
    measured = [Point((1, side, side), 0.5 + 1e-6 * side**2, MIB) for side in (64, 128, 1024)]
    assert fit(measured).seconds(64**2) == pytest.approx(0.5, rel=0.02)
    assert fit(measured).seconds(2048**2) == pytest.approx(4 * measured[-1].seconds)


def test_one_size_is_no_line() -> None:
    failed = Point((1, 128, 128), 1.0, 0, "The algorithm needed more memory than it declares.")
    with pytest.raises(ValueError, match="two sizes at least must be computed: The algorithm needed more memory"):
        fit([*points(64), failed])


def test_the_files_are_read_as_what_was_written(tmp_path: Path) -> None:
    image = Image(np.arange(-30, 30, dtype=np.int16).reshape(3, 4, 5), spacing=(2.0, 0.5, 0.75))
    write(image, tmp_path / "series")
    back = read(locate(tmp_path / "series"), "regular")
    assert np.array_equal(back.pixels, image.pixels)
    assert back.spacing == image.spacing


def test_sizes_are_computed_until_one_fails(trials: Trials) -> None:
    registered = find(str(PLUGIN))
    shapes = [(1, 16, 16), (2, 32, 32)]
    found = list(measure(registered.algorithm, registered.schema, trials, shapes))
    assert [each.shape for each in found] == shapes
    assert all(each.seconds > 0 and not each.failed for each in found)
