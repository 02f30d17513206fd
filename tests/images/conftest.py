"""The images of the platform and of the example plugin, and a system whose tasks they are."""

import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack
from functools import cache
from pathlib import Path

import pytest

from clients.cli.local import sample
from runtime.containers import PLATFORM, build_context
from runtime.local.cloud import LocalCloud
from runtime.local.program.project import ROOT
from runtime.local.tasks.services import Service, read
from tests.engine.work import install, installed
from tests.images.root import Root
from tests.images.store import Store, bases

EXAMPLE = ROOT / "examples" / "processing-1"
IMAGES = {
    "imaging-services-worker": (PLATFORM, "worker"),
    "imaging-services-pacs": (PLATFORM, "pacs"),
    "processing-1-worker": ("processing-1", "worker"),
}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.parent == Path(__file__).parent:
            item.add_marker(pytest.mark.timeout(1200))
            if "IMAGING_IMAGES" not in os.environ:
                item.add_marker(pytest.mark.skip(reason="`make images` builds and runs the images"))


def tell(text: str) -> None:
    """Print a figure for whoever reads the run."""
    sys.stderr.write(f"  {text}\n")


@pytest.fixture(scope="session")
def plugins(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder with the example installed in it, which this process finds."""
    folder = tmp_path_factory.mktemp("plugins")
    install(EXAMPLE, folder)
    with installed(folder):
        yield folder


@pytest.fixture(scope="session")
def contexts(plugins: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """What each image is built from."""
    folder = tmp_path_factory.mktemp("contexts")
    return {name: build_context(*each, folder).folder for name, each in IMAGES.items()}


@pytest.fixture(scope="session")
def store(contexts: dict[str, Path]) -> Iterator[Store]:
    """A store with all images built."""
    store = Store(Path(tempfile.mkdtemp(prefix="imaging-images-")))
    try:
        started = time.monotonic()
        store.base(*sorted({base for context in contexts.values() for base in bases(context)}))
        tell(f"the base: {time.monotonic() - started:.0f} s")
        for name, context in contexts.items():
            started = time.monotonic()
            store.build(context, name)
            tell(f"{name}: built in {time.monotonic() - started:.0f} s")
        yield store
    finally:
        store.close()


@pytest.fixture(scope="session")
def roots(store: Store) -> dict[str, Root]:
    """The files of each image."""
    return {name: Root(store.mount(name), store.config(name)) for name in IMAGES}


class Unattended(LocalCloud):
    """The system without its tasks."""

    def _start_services(self) -> None:
        sample.put(self.emulator.boto3_client("s3"), self.outputs["PacsBucket"])

    def service(self, name: str) -> Service:
        """Return a service whose name begins so, as its task definition has it."""
        services = read(cache(self.emulator.boto3_client), self.emulator.environment, {})
        return next(each for each in services.values() if each.name.startswith(name))


@pytest.fixture(scope="session")
def system(plugins: Path, roots: dict[str, Root], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Unattended]:
    """The deployed system; its tasks are the images'."""
    tasks = {
        "gaussian": "imaging-services-worker",
        "curvature-flow": "imaging-services-worker",
        "processing-1": "processing-1-worker",
        "pacs-api": "imaging-services-pacs",
    }
    logs = tmp_path_factory.mktemp("logs")
    with Unattended(config={"leaseSeconds": 20}) as cloud, ExitStack() as stack:
        for service, image in tasks.items():
            container = cloud.service(service).container
            log = stack.enter_context((logs / f"{service}.log").open("wb"))
            running = roots[image].running(list(container.command), container.environment, log)
            stack.enter_context(running)
        yield cloud
