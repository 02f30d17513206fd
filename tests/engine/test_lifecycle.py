"""The life of a stack on the real engine: up, used, up again without a change, mended after an outside change."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from runtime.local.emulator.emulator import Emulator
from tests.engine.stack import Answer, Stack
from tests.engine.work import process, running


@pytest.fixture(scope="module")
def stack(new_stack: Callable[..., Stack]) -> Stack:
    return new_stack()


@pytest.fixture(scope="module")
def up(stack: Stack) -> Answer:
    """The first deployment."""
    return stack.run("up")


def test_a_deployed_stack_does_a_real_job(up: Answer, account: Emulator, tmp_path: Path) -> None:
    assert not up.error
    with running(account, tmp_path / "services"):
        assert process(account, up.outputs, "gaussian") == "succeeded"


def test_images_stay_in_the_registry_when_others_follow(up: Answer, stack: Stack) -> None:
    state = json.loads(stack.shell("pulumi stack export").stdout)["deployment"]["resources"]
    images = [each for each in state if each["type"] == "docker-build:index:Image"]
    assert images and all(each["retainOnDelete"] for each in images)


def test_a_second_up_changes_nothing(up: Answer, stack: Stack) -> None:
    again = stack.run("up")
    assert not again.error
    assert again.changes == {}


def test_what_changed_outside_is_drift_but_the_scaled_count_is_not(up: Answer, stack: Stack, account: Emulator) -> None:
    ecs, queue = account.boto3_client("ecs"), up.outputs["RequestQueues"]["median"]
    cluster = ecs.list_clusters()["clusterArns"][0]
    service = next(arn for arn in ecs.list_services(cluster=cluster)["serviceArns"] if "median" in arn)
    ecs.update_service(cluster=cluster, service=service, desiredCount=3)  # as scaling does under load
    sqs = account.boto3_client("sqs")
    sqs.set_queue_attributes(QueueUrl=queue, Attributes={"VisibilityTimeout": "7"})
    drift = stack.run("refresh")
    assert drift.drift() == ["median-requests visibilityTimeoutSeconds"]
    mended = stack.run("up")
    assert mended.changes == {"update": 1}
    assert [urn.rsplit("::", 1)[-1] for urn in mended.urns("update")] == ["median-requests"]
    asked = {"QueueUrl": queue, "AttributeNames": ["VisibilityTimeout"]}
    assert sqs.get_queue_attributes(**asked)["Attributes"]["VisibilityTimeout"] == stack.config["imaging:leaseSeconds"]
