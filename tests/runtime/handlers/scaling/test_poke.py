"""The scaler hears of a job at once, and not of every one."""

import os
import subprocess
import sys
import uuid
from collections.abc import Iterator

import pytest

from runtime.contracts import keys
from runtime.handlers import boto3_clients
from runtime.handlers.http.auth import Client
from runtime.handlers.job.request import submit
from runtime.handlers.log import Line
from runtime.handlers.scaling.poke import poke
from runtime.handlers.table import store
from tests.runtime.handlers.deployment import Deployment


@pytest.fixture(autouse=True)
def surroundings(api: Deployment, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The environment of a function, for handlers called in this process."""
    for name, value in {**api.environment, **api.cloud.environment, "SCALER_FUNCTION": "nobody"}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr("runtime.handlers.scaling.poke.EVERY_SECONDS", 600)  # longer than any machine takes
    boto3_clients.boto3_client.cache_clear()
    yield
    boto3_clients.boto3_client.cache_clear()


@pytest.fixture
def name() -> str:
    """An algorithm that no other test uses."""
    return f"p{uuid.uuid4().hex[:8]}"


def submitted(api: Deployment, name: str) -> tuple[object, str]:
    """Submit a job; return what the log line would say of the scaler, and the job's state."""
    api.put(pk=f"route#{name}", queue_url=api.queues["smooth"], cluster="c", service=name)
    line = Line("router", None)
    body = {"pacs": {}, "parameters": {}, "outputs": [], "callback": {}, "ordering_key": None}
    _, state = submit.submit(Client("0" * 16, 0, "", {}), name, body, None, line)
    return line._fields["scaler"], state  # pyright: ignore[reportPrivateUsage]


def test_a_job_is_told_to_the_scaler(api: Deployment, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SCALER_FUNCTION", api.function("scaler", f"scaler-{name}"))
    assert submitted(api, name) == ("poked", "queued")
    assert submitted(api, name) == ("recent", "queued")
    assert store.get(keys.poke(name)) is not None


def test_nobody_pokes_twice_within_seconds(api: Deployment, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SCALER_FUNCTION", api.function("scaler", f"scaler-{name}"))
    assert poke(name) == "poked"
    monkeypatch.setattr("runtime.handlers.scaling.poke._poked", {})  # another process
    assert poke(name) == "recent"
    monkeypatch.setattr("runtime.handlers.scaling.poke._poked", {})
    api.change(keys.poke(name), expires=1)
    assert poke(name) == "poked"


def test_a_scaler_that_is_not_there_costs_nobody_the_answer(api: Deployment, name: str) -> None:
    said, state = submitted(api, name)
    assert "ResourceNotFoundException" in str(said)
    assert state == "queued"


def test_a_router_makes_its_clients_while_it_starts_so_that_no_caller_waits_for_them(api: Deployment) -> None:
    code = (
        "import runtime.handlers.router, runtime.handlers.boto3_clients as c;"
        "made = c.boto3_client.cache_info().misses;"
        "[c.boto3_client(each) for each in ('dynamodb', 'lambda', 'sqs')];"
        "assert c.boto3_client.cache_info().misses == made, c.boto3_client.cache_info()"
    )
    environment = {**os.environ, **api.cloud.environment, **api.environment}
    subprocess.run([sys.executable, "-c", code], env=environment, check=True)
