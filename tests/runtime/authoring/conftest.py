"""The file of an author, loaded once into a process of its own."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from algorithms.image import Image
from runtime.authoring.trials.trial import Request, Trial
from runtime.authoring.trials.trials import Trials

PLUGIN = Path(__file__).with_name("tried_plugin.py")


@pytest.fixture(scope="session")
def trials() -> Iterator[Trials]:
    """Trials of `tried_plugin.py`."""
    with Trials(str(PLUGIN)) as running:
        yield running


@pytest.fixture
def attempt(trials: Trials, tmp_path: Path):
    """Compute a small image in one of the ways of `tried_plugin.py`."""

    def compute(way: str, times: int = 1) -> Trial:
        image = Image(np.arange(600, dtype=np.int16).reshape(1, 20, 30))
        return trials.attempt(Request(image, tmp_path, {"way": way}, times=times))

    return compute
