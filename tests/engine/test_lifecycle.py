"""The life of a stack on the real engine: up, used, up again without a change, mended after an outside change."""

import json
from pathlib import Path

from runtime.local.emulator.emulator import Emulator
from tests.engine.stack import Answer, Stack
from tests.engine.work import process, running


def test_a_deployed_stack_does_a_real_job(dev_up: Answer, dev_account: Emulator, tmp_path: Path) -> None:
    with running(dev_account, tmp_path / "services"):
        assert process(dev_account, dev_up.outputs, "gaussian") == "succeeded"


def test_images_stay_in_the_registry_when_others_follow(dev_up: Answer, dev_stack: Stack) -> None:
    state = json.loads(dev_stack.shell("pulumi stack export").stdout)["deployment"]["resources"]
    images = [each for each in state if each["type"] == "docker-build:index:Image"]
    assert images and all(each["retainOnDelete"] for each in images)


def test_a_second_up_changes_nothing(dev_up: Answer, dev_stack: Stack) -> None:
    again = dev_stack.run("up")
    assert not again.error
    assert again.changes == {}


def test_what_changed_outside_is_drift_but_the_scaled_count_is_not(
    dev_up: Answer, dev_stack: Stack, dev_account: Emulator
) -> None:
    ecs, queue = dev_account.boto3_client("ecs"), dev_up.outputs["RequestQueues"]["median"]
    cluster = ecs.list_clusters()["clusterArns"][0]
    service = next(arn for arn in ecs.list_services(cluster=cluster)["serviceArns"] if "median" in arn)
    ecs.update_service(cluster=cluster, service=service, desiredCount=3)  # as scaling does under load
    sqs = dev_account.boto3_client("sqs")
    sqs.set_queue_attributes(QueueUrl=queue, Attributes={"VisibilityTimeout": "7"})
    drift = dev_stack.run("refresh")
    assert drift.drift() == ["median-requests visibilityTimeoutSeconds"]
    mended = dev_stack.run("up")
    assert mended.changes == {"update": 1}
    assert [urn.rsplit("::", 1)[-1] for urn in mended.urns("update")] == ["median-requests"]
    asked = {"QueueUrl": queue, "AttributeNames": ["VisibilityTimeout"]}
    assert (
        sqs.get_queue_attributes(**asked)["Attributes"]["VisibilityTimeout"] == dev_stack.config["imaging:leaseSeconds"]
    )
