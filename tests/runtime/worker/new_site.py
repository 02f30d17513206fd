"""Makes the surroundings of one worker on the embedded cloud."""

import json
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from runtime.local.emulator.emulator import Emulator
from tests.runtime.worker.client import Client
from tests.runtime.worker.plugins import install
from tests.runtime.worker.site import LEASE, Shared, Site


@contextmanager
def new_site(cloud: Emulator, shared: Shared, folder: Path, algorithm: str) -> Iterator[Site]:
    """Make a queue pair, a client on the second shard, and a folder with the plugin."""
    install(folder)
    client_id = uuid.uuid4().hex[:16]
    dead = _queue(cloud, f"dead-{client_id}")
    redrive = {"deadLetterTargetArn": _arn(cloud, dead), "maxReceiveCount": "100"}
    queue, overflow = (
        _queue(cloud, f"{role}-{client_id}", RedrivePolicy=json.dumps(redrive)) for role in ("requests", "overflow")
    )
    inbox = _queue(cloud, f"client-{client_id}")
    cloud.boto3_client("sns").subscribe(
        TopicArn=shared.topics[1],
        Protocol="sqs",
        Endpoint=_arn(cloud, inbox),
        Attributes={"RawMessageDelivery": "true", "FilterPolicy": json.dumps({"client_id": [client_id]})},
    )
    client = Client(client_id, inbox, 1, cloud.boto3_client("sqs"))
    yield Site(
        cloud, folder, **vars(shared), queue=queue, overflow=overflow, dead=dead, algorithm=algorithm, client=client
    )
    for url in (queue, overflow, dead, inbox):
        cloud.boto3_client("sqs").delete_queue(QueueUrl=url)


def _queue(cloud: Emulator, name: str, **attributes: str) -> str:
    settings = {"FifoQueue": "true", "VisibilityTimeout": str(LEASE), **attributes}
    return str(cloud.boto3_client("sqs").create_queue(QueueName=f"{name}.fifo", Attributes=settings)["QueueUrl"])


def _arn(cloud: Emulator, queue: str) -> str:
    attributes = cloud.boto3_client("sqs").get_queue_attributes(QueueUrl=queue, AttributeNames=["QueueArn"])[
        "Attributes"
    ]
    return str(attributes["QueueArn"])
