"""What every test may use: an embedded cloud for each pytest process, empty or with the program deployed to it."""

import os
from collections.abc import Iterator

import pytest

from runtime.local.cloud import LocalCloud
from runtime.local.emulator.emulator import Emulator

# What the tests start with `imaging up` needs no page, which would be built from scratch in every clone.
os.environ.setdefault("IMAGING_WEB", "0")

# Groups and files that are begun first, so that many short tests fill the time of all processes to the end. A process
# is given two to begin with: behind the first three stand short ones.
FIRST = (
    *("engine", "systems", "judges", "archive", "install", "awsx"),
    *("generated", "files", "test_docs.py", "reload", "scale", "test_outages.py", "test_chaos.py", "test_attempts.py"),
    *("test_once.py", "test_budgets.py", "test_cloud.py", "test_enforced_permissions.py", "test_plugins.py"),
    *("test_trouble.py", "test_stop.py", "test_cancel.py"),
)
# Whole systems, by the names of their fixtures: each takes a core a quarter of a minute, so one process makes them all.
SYSTEMS = {"deployed", "production", "deployed_page", "system", "calls"}


@pytest.hookimpl(tryfirst=True)  # before xdist reads the groups
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put tests of whole systems into one group, and long tests first; each process has the same order."""
    for item in items:
        if isinstance(item, pytest.Function) and SYSTEMS.intersection(item.fixturenames):
            item.add_marker(pytest.mark.xdist_group("systems"))
    items.sort(key=lambda item: FIRST.index(place) if (place := _place(item)) in FIRST else len(FIRST))


def _place(item: pytest.Item) -> str:
    group = item.get_closest_marker("xdist_group")
    return group.args[0] if group else item.path.name


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
