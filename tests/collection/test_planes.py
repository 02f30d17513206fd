"""Planes are computed side by side; those that fail are named, and the others are there."""

import threading
from typing import Any

import numpy as np
import pytest
from imaging_collection.planes import by_plane

from algorithms.progress import set_reporter
from imaging import Image, UnsupportedInput

PIXELS = np.arange(4 * 3 * 3, dtype=np.int16).reshape(4, 3, 3)
IDENTIFIERS = ("1.1", "1.2", "1.3", "1.4")


def fails_on_third(plane: Any) -> Any:
    if plane[0, 0] == PIXELS[2, 0, 0]:
        raise RuntimeError("too dark\nand more")
    return plane + 0.6


def test_results_are_rounded_into_the_images_type_and_clipped() -> None:
    values, missing = by_plane(Image(PIXELS), lambda plane: plane * 1000.4, vcpu=2)
    assert values.dtype == np.int16
    assert np.array_equal(values, np.clip(np.rint(PIXELS * 1000.4), -32768, 32767))
    assert missing == ()


def test_a_plane_that_fails_stays_as_it_was_and_is_named_with_its_image() -> None:
    image = Image(PIXELS, source={"SOPInstanceUIDs": IDENTIFIERS})
    values, missing = by_plane(image, fails_on_third, vcpu=2)
    assert np.array_equal(values[2], PIXELS[2])
    assert np.array_equal(values[[0, 1, 3]], PIXELS[[0, 1, 3]] + 1)
    assert missing == ("Plane 3 of 4 (image 1.3) was not computed, it stays as it was: too dark.",)


def test_in_a_map_it_is_zero() -> None:
    values, missing = by_plane(Image(PIXELS), fails_on_third, vcpu=1, dtype=np.float32)
    assert values.dtype == np.float32
    assert not values[2].any()
    assert missing == ("Plane 3 of 4 was not computed, it is zero: too dark.",)


def test_planes_with_values_that_are_not_finite_are_not_even_tried() -> None:
    pixels = PIXELS.astype(np.float64)
    pixels[0, 1, 1], pixels[3, 0, 0] = np.nan, np.inf
    _, missing = by_plane(Image(pixels), lambda plane: plane, vcpu=1)
    assert [sentence.split(" was")[0] for sentence in missing] == ["Plane 1 of 4", "Plane 4 of 4"]


def test_if_all_fail_the_first_ones_error_is_the_jobs() -> None:
    def refuse(plane: Any) -> Any:
        raise UnsupportedInput(f"No value is above {plane[0, 0]}.")

    with pytest.raises(UnsupportedInput, match=r"No value is above 0\."):
        by_plane(Image(PIXELS), refuse, vcpu=2)


@pytest.mark.parametrize("error", [MemoryError(), RuntimeError("Failed to allocate 3 bytes")])
def test_want_of_memory_is_the_jobs_and_no_planes(error: Exception) -> None:
    def greedy(plane: Any) -> Any:
        if plane[0, 0]:
            raise error
        return plane

    with pytest.raises(type(error)):
        by_plane(Image(PIXELS), greedy, vcpu=1)


@pytest.mark.parametrize(("vcpu", "side_by_side"), [(0.25, 1), (1, 1), (2, 2)])
def test_as_many_at_a_time_as_the_task_has_cpus(vcpu: float, side_by_side: int) -> None:
    # each waits for the others that may run beside it; one more would be a party too many, and break it
    meet, running, most = threading.Barrier(side_by_side, timeout=20), list[int](), list[int]()

    def compute(plane: Any) -> Any:
        running.append(1)
        meet.wait()
        most.append(len(running))
        meet.wait()
        running.pop()
        return plane

    by_plane(Image(PIXELS), compute, vcpu=vcpu)
    assert max(most) <= side_by_side
    assert not running


def test_progress_is_told_plane_by_plane_from_the_callers_thread() -> None:
    reports: list[tuple[float, bool]] = []
    set_reporter(lambda share: reports.append((share, threading.current_thread() is threading.main_thread())))
    try:
        by_plane(Image(PIXELS), fails_on_third, vcpu=2)
    finally:
        set_reporter(None)
    assert reports == [(0.25, True), (0.5, True), (0.75, True), (1.0, True)]
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("plane")]
