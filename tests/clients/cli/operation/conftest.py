"""A system with two algorithms, as its operator finds it, and jobs in its table."""

import json
import uuid
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from runtime.contracts import items
from runtime.local.emulator.emulator import Emulator
from runtime.operation.system import System
from tests.runtime.handlers.deploy import make_table

Put = Callable[..., None]


@pytest.fixture(scope="module")
def stack(cloud: Emulator) -> Iterator[System]:
    """A system with two algorithms, of which one has two tasks and two queues."""
    name = f"operation-{uuid.uuid4().hex[:8]}"
    make_table(cloud, name)
    sqs, ecs, table = cloud.boto3_client("sqs"), cloud.boto3_client("ecs"), cloud.boto3_client("dynamodb")
    cluster = ecs.create_cluster(clusterName=name)["cluster"]["clusterArn"]
    task = {"name": "worker", "image": "worker"}
    ecs.register_task_definition(family=name, containerDefinitions=[task])
    for algorithm, tasks in (("busy", 2), ("idle", 0)):
        ecs.create_service(cluster=cluster, serviceName=f"{name}-{algorithm}", taskDefinition=name, desiredCount=tasks)
        record = {"pk": f"route#{algorithm}", "cluster": cluster, "service": f"{name}-{algorithm}"}
        roles = ("queue_url", "overflow_queue_url") if algorithm == "busy" else ("queue_url",)
        letters = sqs.create_queue(QueueName=f"{name}-{algorithm}-dead.fifo", Attributes={"FifoQueue": "true"})
        redrive = {"maxReceiveCount": 5, "deadLetterTargetArn": _arn(sqs, letters["QueueUrl"])}
        attributes = {"FifoQueue": "true", "RedrivePolicy": json.dumps(redrive)}
        if algorithm == "busy":
            sqs.send_message(
                QueueUrl=letters["QueueUrl"], MessageBody="{}", MessageGroupId="d", MessageDeduplicationId="d"
            )
        for role in roles:
            made = sqs.create_queue(QueueName=f"{name}-{algorithm}-{role}.fifo", Attributes=attributes)
            record[role] = made["QueueUrl"]
            for number in range(3 if algorithm == "busy" else 0):
                group = f"{role}{number}"
                sqs.send_message(
                    QueueUrl=made["QueueUrl"], MessageBody="{}", MessageGroupId=group, MessageDeduplicationId=group
                )
        table.put_item(TableName=name, Item=items.pack(record))
        if algorithm == "busy":
            sqs.receive_message(QueueUrl=record["queue_url"], VisibilityTimeout=600)
    yield System(cloud.boto3_client, name, ("busy", "idle", "not-deployed"))


@pytest.fixture
def put(stack: System, cloud: Emulator) -> Iterator[Put]:
    """Write a job; all that a test wrote are removed after it."""
    table, written = cloud.boto3_client("dynamodb"), list[str]()

    def write(algorithm: str, state: str, accepted: int, **more: Any) -> None:
        written.append(f"job#{uuid.uuid4().hex}")
        client = {"client_id": "c", **({"untold_to": "c"} if state in ("queued", "running") else {})}
        job = {"pk": written[-1], "algorithm": algorithm, "state": state, "t_accepted": accepted, **client, **more}
        table.put_item(TableName=stack.table, Item=items.pack(job))

    yield write
    for pk in written:
        table.delete_item(TableName=stack.table, Key=items.pack({"pk": pk}))


def _arn(sqs: Any, url: str) -> str:
    return sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
