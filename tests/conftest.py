"""What every test may use: an embedded cloud for each pytest process."""

from collections.abc import Iterator

import pytest

from runtime.local.emulator import Emulator


@pytest.fixture(scope="session")
def cloud() -> Iterator[Emulator]:
    """A MiniStack of this pytest process's own; tests keep apart by using names of their own in it."""
    with Emulator() as emulator:
        yield emulator
