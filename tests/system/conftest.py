"""The deployed system as a client sees it: addresses, a real series in the archive, clients of one's own."""

from collections.abc import Iterator
from uuid import uuid4

import httpx
import pytest

from clients.cli.client import Client
from clients.cli.local import sample
from clients.cli.local.sample import SampleImage
from runtime.local.cloud import LocalCloud


@pytest.fixture(scope="session")
def api(deployed: LocalCloud) -> str:
    """The processing API's address."""
    return deployed.outputs["ProcessingApiEndpoint"].rstrip("/")


@pytest.fixture(scope="session")
def images(deployed: LocalCloud) -> list[SampleImage]:
    """The real MR series, in the archive."""
    return sample.put(deployed.emulator.boto3_client("s3"), deployed.outputs["PacsBucket"])


@pytest.fixture(scope="session")
def slice_reference(images: list[SampleImage]) -> dict[str, str]:
    """The `pacs` part of a request for one slice in the middle."""
    image = images[len(images) // 2]
    return {"study_id": image.study_id, "series_id": image.series_id, "image_id": image.image_id, "scope": "image"}


@pytest.fixture(scope="session")
def series_reference(slice_reference: dict[str, str]) -> dict[str, str]:
    """The `pacs` part of a request for the whole series."""
    return {"study_id": slice_reference["study_id"], "series_id": slice_reference["series_id"], "scope": "series"}


@pytest.fixture
def client(api: str) -> Iterator[Client]:
    """A client of this test's own."""
    with Client(api) as mine:
        yield mine


@pytest.fixture
def http(api: str, client: Client) -> Iterator[httpx.Client]:
    """Plain HTTP with this test's client's token, for what a well-behaved client would not send."""
    with httpx.Client(base_url=api, headers={"X-Client-Token": client.token}, timeout=40) as plain:
        yield plain


@pytest.fixture
def name() -> str:
    """A name that no other test uses."""
    return uuid4().hex
