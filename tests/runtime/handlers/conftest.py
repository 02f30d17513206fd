"""The real Lambda functions from the built zip, behind the embedded cloud's HTTP API."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from runtime.local.emulator.emulator import Emulator
from tests.runtime.handlers.caller import Caller
from tests.runtime.handlers.deploy import deploy
from tests.runtime.handlers.deployment import Deployment


@pytest.fixture(scope="session")
def api(cloud: Emulator, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Deployment]:
    """The deployed handlers, shared by this process's tests; each test has clients of its own."""
    deployed = deploy(cloud, tmp_path_factory.mktemp("bundle"))
    with deployed.http, ThreadPoolExecutor() as pool:  # the functions start side by side
        token = {"x-client-token": "nobody"}
        for call in (("GET", "/algorithms"), ("DELETE", "/provision"), ("POST", "/process/smooth"), ("GET", "/sign")):
            pool.submit(deployed.http.request, *call, headers=token)
        yield deployed


@pytest.fixture
def alice(api: Deployment) -> Iterator[Caller]:
    """A client, removed after the test so that the shards do not fill up; no request waits for the next test."""
    caller = api.client()
    yield caller
    caller.call("DELETE", "/provision")
    for algorithm in api.queues:
        api.requests(algorithm)


@pytest.fixture
def bob(api: Deployment) -> Iterator[Caller]:
    """Another client."""
    caller = api.client()
    yield caller
    caller.call("DELETE", "/provision")


@pytest.fixture(scope="session")
def sweeper(api: Deployment) -> str:
    """The sweeper's name; a day is a job's longest time."""
    api.function("sweeper", METRICS_NAMESPACE="n", JOB_MAX_AGE_SECONDS="86400")
    return f"{api.name}-sweeper"


@pytest.fixture
def sweep(api: Deployment, sweeper: str) -> Any:
    """Call the sweeper, which finds nothing that earlier tests left."""
    api.forget_unpublished()

    def call(event: dict[str, Any] | None = None) -> dict[str, int]:
        answer = api.invoke(sweeper, event or {})
        assert "errorMessage" not in answer, answer
        return answer

    return call
