"""Each algorithm's queues, workers and permissions."""

import json

import pytest

from algorithms.registry import load_registry
from algorithms.shares import fair_groups, fair_share
from components.parts.names import logical_name
from runtime.local.emulator.emulator import REGION
from runtime.local.program.project import configuration
from tests.components.stack import Stack

REGISTRY = load_registry()
CONFIG = configuration("dev")
NAMES = pytest.mark.parametrize("name", list(REGISTRY))


def kebab(name: str) -> str:
    """Return the algorithm's name as logical names have it."""
    return name.replace("_", "-")


def topic_of(stack: Stack, name: str) -> str:
    """Return the ARN of the topic of the algorithm's distribution."""
    return stack.one("Topic", f"{logical_name(REGISTRY[name].distribution)}-results").outputs["arn"]


@NAMES
def test_requests_are_high_throughput_fifo_and_dead_lettered(dev: Stack, name: str) -> None:
    requests, overflow = (dev.one("Queue", f"{kebab(name)}-{role}") for role in ("requests", "requests-overflow"))
    dead = dev.one("Queue", f"{kebab(name)}-dead-letters")
    for queue in (requests, overflow, dead, dev.one("Queue", f"{kebab(name)}-results")):
        assert queue.inputs["fifoQueue"] is True
        assert queue.inputs["deduplicationScope"] == "messageGroup"
        assert queue.inputs["fifoThroughputLimit"] == "perMessageGroupId"
        assert queue.inputs["sqsManagedSseEnabled"] is True
    for queue in (requests, overflow):
        redrive = {"deadLetterTargetArn": dead.outputs["arn"], "maxReceiveCount": 1000}
        assert json.loads(queue.inputs["redrivePolicy"]) == redrive
    assert requests.inputs["visibilityTimeoutSeconds"] == overflow.inputs["visibilityTimeoutSeconds"]
    allowed = json.loads(dev.one("RedriveAllowPolicy", f"{kebab(name)}-dead-letters-from").inputs["redriveAllowPolicy"])
    sources = [requests.outputs["arn"], overflow.outputs["arn"]]
    assert allowed == {"redrivePermission": "byQueue", "sourceQueueArns": sources}


@NAMES
def test_results_come_from_the_distributions_topic_and_from_nobody_else(production: Stack, name: str) -> None:
    topic = topic_of(production, name)
    results = production.one("Queue", f"{kebab(name)}-results")
    policy = json.loads(production.one("QueuePolicy", f"{kebab(name)}-results-policy").inputs["policy"])
    (statement,) = policy["Statement"]
    assert statement["Principal"] == {"Service": "sns.amazonaws.com"}
    assert statement["Resource"] == [results.outputs["arn"]]
    assert statement["Condition"] == {"ArnEquals": {"aws:SourceArn": topic}}
    (subscription,) = [
        each for each in production.of("TopicSubscription") if each.inputs["endpoint"] == results.outputs["arn"]
    ]
    assert subscription.inputs["topic"] == topic
    assert subscription.inputs["rawMessageDelivery"] is True
    assert json.loads(subscription.inputs["filterPolicy"]) == {"algorithm": [name]}


@NAMES
def test_the_task_is_what_the_declaration_says(production: Stack, name: str) -> None:
    resources = REGISTRY[name].algorithm.resources
    task = production.one("TaskDefinition", f"{kebab(name)}-service")
    assert task.inputs["cpu"] == str(int(resources.vcpu * 1024))
    assert task.inputs["memory"] == str(resources.memory_mib)
    assert task.inputs["runtimePlatform"]["cpuArchitecture"] == "X86_64"
    service = production.one("Service", f"{kebab(name)}-service")
    assert service.inputs["desiredCount"] == resources.min_tasks
    first, *beyond = service.inputs["capacityProviderStrategies"]
    assert first["capacityProvider"] == "FARGATE"
    if resources.spot:
        assert (first["base"], beyond) == (1, [{"capacityProvider": "FARGATE_SPOT", "weight": 1000}])
    else:
        assert beyond == []
    assert service.inputs["waitForSteadyState"] is False
    assert service.inputs["deploymentCircuitBreaker"] == {"enable": True, "rollback": True}


@NAMES
def test_the_container_is_hardened_and_knows_its_surroundings(dev: Stack, name: str) -> None:
    (container,) = json.loads(dev.one("TaskDefinition", f"{kebab(name)}-service").inputs["containerDefinitions"])
    assert container["command"] == ["python", "-m", "runtime.worker"]
    assert container["user"] == "10001:10001"
    assert container["readonlyRootFilesystem"] is True
    assert container["healthCheck"]["command"] == ["CMD", "python", "-m", "runtime.worker.health"]
    assert container["mountPoints"] == [{"containerPath": "/tmp", "sourceVolume": "scratch"}]
    assert container["portMappings"] == []
    environment = {entry["name"]: entry["value"] for entry in container["environment"]}
    assert environment == {
        "ALGORITHM": name,
        "REQUESTS_QUEUE_URL": dev.outputs["RequestQueues"][name],
        "OVERFLOW_QUEUE_URL": dev.one("Queue", f"{kebab(name)}-requests-overflow").outputs["url"],
        "TABLE_NAME": dev.outputs["JobsTable"],
        "OUTPUT_BUCKET": dev.outputs["OutputBucket"],
        "PACS_BUCKET": dev.outputs["PacsBucket"],
        "PACS_KEY_PATTERN": "{study_id}/{series_id}/{image_id}.dcm",
        "RESULTS_TOPIC_PREFIX": dev.outputs["ImageResultsTopicArn"].removesuffix("000.fifo"),
        "RESULT_SHARDS": str(len(dev.outputs["ImageResultsTopicArns"])),
        "RESULTS_TOPIC_ARNS": "[]",  # an earlier release's
        "DISTRIBUTION_TOPIC_ARN": topic_of(dev, name),
        "LEASE_SECONDS": str(dev.one("Queue", f"{kebab(name)}-requests").inputs["visibilityTimeoutSeconds"]),
        "MAX_ATTEMPTS": CONFIG["imaging:maxAttempts"],
        "STOP_TIMEOUT_SECONDS": CONFIG["imaging:stopTimeoutSeconds"],
        "METRICS_NAMESPACE": "imaging/dev",
    }
    logs = dev.one("LogGroup", f"{kebab(name)}-service-logs")
    assert container["logConfiguration"]["options"] == {
        "awslogs-group": logs.outputs["name"],
        "awslogs-region": REGION,
        "awslogs-stream-prefix": "worker",
        "mode": "non-blocking",  # or an outage of CloudWatch Logs would hold up whoever prints
        "max-buffer-size": "25m",
    }
    assert logs.inputs["retentionInDays"] == int(CONFIG["imaging:logRetentionDays"])


@NAMES
def test_tasks_cannot_be_called(production: Stack, name: str) -> None:
    network = production.one("Service", f"{kebab(name)}-service").inputs["networkConfiguration"]
    assert network["assignPublicIp"] is False
    (group,) = network["securityGroups"]
    rules = [each for each in production.of("SecurityGroupIngressRule") if each.inputs["securityGroupId"] == group]
    assert rules == []
    (out,) = [each for each in production.of("SecurityGroupEgressRule") if each.inputs["securityGroupId"] == group]
    assert (out.inputs["fromPort"], out.inputs["toPort"]) == (443, 443)


@NAMES
def test_the_route_tells_the_router_where_jobs_go(dev: Stack, name: str) -> None:
    key = {"pk": {"S": f"route#{name}"}}
    item = dev.emulator.boto3_client("dynamodb").get_item(TableName=dev.outputs["JobsTable"], Key=key)["Item"]
    resources = REGISTRY[name].algorithm.resources
    assert {name: next(iter(value.values())) for name, value in item.items()} == {
        "pk": f"route#{name}",
        "queue_url": dev.outputs["RequestQueues"][name],
        "overflow_queue_url": dev.one("Queue", f"{kebab(name)}-requests-overflow").outputs["url"],
        "fair_share": str(fair_share(resources)),
        "fair_groups": str(fair_groups(resources)),
        "results_queue_url": dev.outputs["ResultQueues"][name],
        "distribution_topic_arn": topic_of(dev, name),
        "cluster": dev.one("Cluster", "cluster").outputs["name"],
        "service": dev.one("Service", f"{kebab(name)}-service").outputs["name"],
    }


def test_protection_reaches_every_queue(production: Stack) -> None:
    table = production.one("Table", "jobs")
    assert table.inputs["deletionProtectionEnabled"] is True
