"""The life of a stack on the real engine: up, used, up again, an algorithm more, an algorithm less, gone."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import httpx
import pytest

from algorithms.registry import load_registry
from clients.cli import sample
from clients.cli.client import Client
from runtime.local.emulator import Emulator
from runtime.local.project import ROOT
from runtime.local.supervisor import Supervisor
from tests.engine.stack import Answer, Stack

PLUGIN = "processing_1"
# What else an installed algorithm changes: the bundle that all functions share, what two of them may reach, how many
# clients there is room for, and the dashboard.
FUNCTIONS = {"catalogue", "cleanup", "dead-letters", "jobs", "provision", "proxy", "router", "sign"}
UPDATED = {*FUNCTIONS, "router-policy", "dead-letters-policy", "dashboard"}


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The environment in which the example distribution is installed."""
    target = tmp_path_factory.mktemp("installed")
    options = ["--quiet", "--no-deps", "--no-index", "--no-build-isolation", "--disable-pip-version-check"]
    command = [sys.executable, "-m", "pip", "install", *options, "--target", str(target)]
    subprocess.run([*command, str(ROOT / "examples/processing-1")], check=True)
    return {"PYTHONPATH": f"{ROOT}:{target}"}


@pytest.fixture(scope="module")
def stack(new_stack: Callable[..., Stack]) -> Stack:
    return new_stack()


@pytest.fixture(scope="module")
def up(stack: Stack) -> Answer:
    """The first deployment."""
    return stack.run("up")


@pytest.fixture(scope="module")
def with_plugin(up: Answer, stack: Stack, installed: dict[str, str]) -> Answer:
    """The deployment after the example was installed."""
    assert not up.error
    return stack.run("up", installed)


@pytest.fixture(scope="module")
def without_plugin(with_plugin: Answer, stack: Stack) -> Answer:
    """The deployment after it was uninstalled again."""
    assert not with_plugin.error
    return stack.run("up")


@contextmanager
def running(account: Emulator, folder: Path, environment: dict[str, str]) -> Iterator[None]:
    """Run the services of the account, as ECS would."""
    folder.mkdir(parents=True)
    supervisor = Supervisor(cache(account.client), {**account.environment, **environment}, load_registry(), folder)
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
    with running(account, tmp_path / "services", {}):
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


def test_an_installed_algorithm_adds_its_own_resources_only(
    with_plugin: Answer, stack: Stack, account: Emulator, installed: dict[str, str], tmp_path: Path
) -> None:
    created, changed = with_plugin.urns("create"), with_plugin.urns("update", "replace")
    assert created
    assert all("processing-1" in urn.rsplit("::", 1)[-1] for urn in created)
    assert {urn.rsplit("::", 1)[-1] for urn in changed} == UPDATED
    with running(account, tmp_path / "services", installed):
        assert process(account, with_plugin.outputs, PLUGIN) == "succeeded"


def test_an_uninstalled_algorithm_takes_exactly_its_own_away(with_plugin: Answer, without_plugin: Answer) -> None:
    assert not without_plugin.error
    assert without_plugin.urns("delete") == with_plugin.urns("create")


def test_destroy_leaves_nothing_but_the_bucket_that_is_not_ours(
    without_plugin: Answer, stack: Stack, account: Emulator
) -> None:
    provisioned = httpx.post(f"{without_plugin.outputs['ProcessingApiEndpoint']}/provision").raise_for_status().json()
    gone = stack.run("destroy")
    assert not gone.error
    with pytest.raises(account.client("sqs").exceptions.QueueDoesNotExist):
        account.client("sqs").get_queue_attributes(QueueUrl=provisioned["queue_url"])
    left = {
        "queues": account.client("sqs").list_queues().get("QueueUrls", []),
        "topics": account.client("sns").list_topics()["Topics"],
        "subscriptions": account.client("sns").list_subscriptions()["Subscriptions"],
        "tables": account.client("dynamodb").list_tables()["TableNames"],
        "functions": account.client("lambda").list_functions()["Functions"],
        "apis": account.client("apigatewayv2").get_apis()["Items"],
        "clusters": account.client("ecs").list_clusters()["clusterArns"],
        "roles": account.client("iam").list_roles()["Roles"],
        "log groups": account.client("logs").describe_log_groups()["logGroups"],
    }
    assert {kind: found for kind, found in left.items() if found} == {}
    buckets = [bucket["Name"] for bucket in account.client("s3").list_buckets()["Buckets"]]
    assert buckets == ["imaging-dev-pacs"]
    assert account.client("s3").list_objects_v2(Bucket=buckets[0])["KeyCount"] > 0
