"""The life of a stack on the real engine: up, used, up again without a change, mended after an outside change."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from algorithms.registry import load_registry
from clients.cli import sample
from clients.cli.client import Client
from runtime.local.emulator import Emulator
from runtime.local.supervisor import Supervisor
from tests.engine.stack import Answer, Stack


@pytest.fixture(scope="module")
def stack(new_stack: Callable[..., Stack]) -> Stack:
    return new_stack()


@pytest.fixture(scope="module")
def up(stack: Stack) -> Answer:
    """The first deployment."""
    return stack.run("up")


@contextmanager
def running(account: Emulator, folder: Path) -> Iterator[None]:
    """Run the services of the account, as ECS would."""
    folder.mkdir(parents=True)
    supervisor = Supervisor(cache(account.client), account.environment, load_registry(), folder)
    supervisor.start()
    try:
        yield
    finally:
        supervisor.stop()


def process(account: Emulator, outputs: dict[str, Any], algorithm: str) -> str:
    """Send one slice through the deployed system; return how the job ended."""
    image = sample.put(account.client("s3"), outputs["PacsBucket"])[9]
    reference = {"study_id": image.study_id, "series_id": image.series_id, "image_id": image.image_id}
    with Client(outputs["ProcessingApiEndpoint"]) as client:
        job = client.submit(algorithm, {**reference, "scope": "image"}, {})
        message = client.wait_for(job)
        client.acknowledge(message)
        return message["result"]["status"]


def test_a_deployed_stack_does_a_real_job(up: Answer, account: Emulator, tmp_path: Path) -> None:
    assert not up.error
    with running(account, tmp_path / "services"):
        assert process(account, up.outputs, "gaussian") == "succeeded"


def test_a_second_up_changes_nothing(up: Answer, stack: Stack) -> None:
    again = stack.run("up")
    assert not again.error
    assert again.changes == {}


def test_what_changed_outside_is_drift_but_the_scaled_count_is_not(up: Answer, stack: Stack, account: Emulator) -> None:
    ecs, queue = account.client("ecs"), up.outputs["RequestQueues"]["median"]
    cluster = ecs.list_clusters()["clusterArns"][0]
    service = next(arn for arn in ecs.list_services(cluster=cluster)["serviceArns"] if "median" in arn)
    ecs.update_service(cluster=cluster, service=service, desiredCount=3)
    account.client("sqs").set_queue_attributes(QueueUrl=queue, Attributes={"VisibilityTimeout": "7"})
    drift = stack.run("refresh")
    assert "visibilityTimeoutSeconds" in drift.printed
    mended = stack.run("up")
    assert [urn.rsplit("::", 1)[-1] for urn in mended.urns("update")] == ["median-requests"]
    assert ecs.describe_services(cluster=cluster, services=[service])["services"][0]["desiredCount"] == 3
