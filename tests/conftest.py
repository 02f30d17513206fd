"""What every test may use: an embedded cloud for each pytest process, empty or with the program deployed to it."""

import os
from collections.abc import Iterator

import pytest

from runtime.local.cloud import LocalCloud
from runtime.local.emulator.emulator import Emulator

# What the tests start with `imaging up` needs no page, which would be built from scratch in every clone.
os.environ.setdefault("IMAGING_WEB", "0")

# Begun first, so that the many short ones fill the time of all processes to the end.
LONG = (
    "engine",
    "test_generated_clients.py",
    "test_docs.py",
    "test_demo.py",
    "test_every_file.py",
    "test_plugins.py",
    "test_kill.py",
    "test_workflows.py",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put long tests first; each process has the same order."""
    items.sort(key=lambda item: LONG.index(place) if (place := _place(item)) in LONG else len(LONG))


def _place(item: pytest.Item) -> str:
    return item.path.parent.name if item.path.parent.name in LONG else item.path.name


@pytest.fixture(scope="session")
def cloud() -> Iterator[Emulator]:
    """A MiniStack of this pytest process's own; tests keep apart by using names of their own in it."""
    with Emulator() as emulator:
        yield emulator


@pytest.fixture(scope="session")
def deployed() -> Iterator[LocalCloud]:
    """The whole system of the dev stack, running; one for each pytest process."""
    # A killed worker's job comes back after the lease: short enough to wait for, long enough for a busy machine.
    with LocalCloud(config={"leaseSeconds": 20}) as cloud:
        yield cloud
