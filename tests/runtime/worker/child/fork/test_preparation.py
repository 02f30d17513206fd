"""What an algorithm loads before its first job is loaded once, counts as its memory, and fails in one sentence."""

import gc
import threading
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from imaging import Algorithm, Image, Resources
from runtime.worker.child.fork import isolation
from runtime.worker.child.fork.preparation import PreparationError, job_bytes, made

MIB = 1 << 20
kept: list[Any] = []
ended = threading.Event()


def run(image: Image) -> Image:
    return image


def load() -> None:
    kept.append(np.ones(40 * MIB, np.uint8))


def load_too_much() -> None:
    kept.append(np.ones(400 * MIB, np.uint8))


def load_nothing() -> None:
    raise FileNotFoundError("model.npz is not there")


def load_beside() -> None:
    threading.Thread(target=ended.wait, name="reader", daemon=True).start()


def declared(prepare: Any, name: str = "loaded") -> Algorithm:
    return Algorithm(name, "Has a model.", run, prepare=prepare, resources=Resources(0.25, 512))


@pytest.fixture(autouse=True)
def clean() -> Iterator[None]:
    kept.clear()
    ended.clear()
    gc.collect()  # what the preparation itself would free is no memory of it
    yield
    ended.set()
    kept.clear()
    gc.unfreeze()


def test_it_is_done_once_and_takes_of_the_memory_of_each_job() -> None:
    algorithms = [declared(load, name) for name in ("one", "two", "three")]
    found = [made(each) for each in algorithms]
    assert [made(each) for each in algorithms] == found and len(kept) == 3
    # The largest: what earlier tests of this process left may be freed meanwhile.
    assert max(each.allocated_bytes for each in found) >= 40 * MIB
    for algorithm, preparation in zip(algorithms, found, strict=True):
        assert preparation.seconds > 0
        assert job_bytes(algorithm) == isolation.budget(512) - preparation.allocated_bytes


def test_an_algorithm_without_it_has_all_its_memory() -> None:
    assert job_bytes(declared(None)) == isolation.budget(512)


@pytest.mark.parametrize(
    ("prepare", "sentence"),
    [
        (load_nothing, "load_nothing raised FileNotFoundError: model.npz is not there (test_preparation.py, line "),
        (load_too_much, "load_too_much needs more than the 160 MiB that memory_mib=512 leaves it"),
        (load_beside, "load_beside left a thread running (reader), which no job would have"),
    ],
)
def test_why_it_failed_is_said_each_time(prepare: Any, sentence: str) -> None:
    for _ in range(2):
        with pytest.raises(PreparationError) as caught:
            made(declared(prepare))
        assert sentence in str(caught.value)


def test_what_it_raised_is_shown_from_its_own_line_on() -> None:
    with pytest.raises(PreparationError) as caught:
        made(declared(load_nothing))
    assert "in load_nothing" in caught.value.trace and "in _call" not in caught.value.trace
