"""How much is tried: a little, the same each time, with every run of the tests; more with `make fuzz`."""

import os
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings
from starlette.testclient import TestClient

from runtime.pacs.app import create_app
from runtime.pacs.settings import Settings
from tests.fuzz.bucket import Bucket

EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "0"))


def bounded(examples: int) -> settings:
    """Return settings for a test that by default tries so many examples."""
    return settings(
        max_examples=EXAMPLES or examples,
        derandomize=not EXAMPLES,
        deadline=None,
        print_blob=True,
        suppress_health_check=(HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.function_scoped_fixture),
    )


@pytest.fixture(scope="module")
def bucket() -> Bucket:
    """An empty bucket."""
    return Bucket()


@pytest.fixture(scope="module")
def pacs(bucket: Bucket) -> Iterator[TestClient]:
    """The PACS API with its real processes, over that bucket."""
    given = Settings(bucket="fuzz", decoders=1, processing_api="http://processing.invalid", uploads=True)
    with TestClient(create_app(given, bucket), raise_server_exceptions=False) as client:
        yield client
