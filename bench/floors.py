"""The bare calls below which no job can go, on the same emulator and in the same run."""

import io
import json
import queue
import threading
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import httpx

from bench.instruments.measure import Action
from runtime.local.emulator.emulator import Emulator

# One line of log as every handler writes: the emulator waits 50 ms for a function that says nothing.
NO_OP = 'def handler(event, context):\n    print("{}")\n    return {"statusCode": 200, "body": "{}"}\n'
ROLE = "arn:aws:iam::000000000000:role/bench"
# How often the way from POST to result needs each, one after another. The POST and the GET that brings the result;
# of the client's record twice; of the idempotency key and the job; queued, running, delivered (the end state is
# written after the result is published); the outputs go up side by side, then the manifest.
NEEDED = {
    "API call": 2,
    "DynamoDB get": 2,
    "DynamoDB put": 2,
    "DynamoDB update": 3,
    "SQS send to receive": 1,
    "S3 get": 1,
    "S3 put": 2,
    "SNS publish to receive": 1,
}


@contextmanager
def floors(emulator: Emulator, body: bytes) -> Iterator[dict[str, Action]]:
    """The bare calls by name; `body` is an object as large as a slice."""
    s3, table = emulator.boto3_client("s3"), emulator.boto3_client("dynamodb")
    s3.create_bucket(Bucket="bench", CreateBucketConfiguration={"LocationConstraint": s3.meta.region_name})
    s3.put_object(Bucket="bench", Key="slice", Body=body)
    table.create_table(
        TableName="bench",
        BillingMode="PAY_PER_REQUEST",
        AttributeDefinitions=[{"AttributeName": "pk", "AttributeType": "S"}],
        KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}],
    )
    item = {"pk": {"S": "item"}, "text": {"S": "x" * 600}}
    table.put_item(TableName="bench", Item=item)
    address = _api(emulator)
    stop = threading.Event()
    with httpx.Client(timeout=30) as http:
        calls: dict[str, Callable[[], Any]] = {
            "API call": lambda: http.post(address, json={"text": "x" * 300}).raise_for_status(),
            "DynamoDB get": lambda: table.get_item(TableName="bench", Key={"pk": item["pk"]}, ConsistentRead=True),
            "DynamoDB put": lambda: table.put_item(TableName="bench", Item=item),
            "DynamoDB update": lambda: table.update_item(
                TableName="bench",
                Key={"pk": item["pk"]},
                UpdateExpression="SET t = :t",
                ConditionExpression="attribute_exists(pk)",
                ExpressionAttributeValues={":t": {"N": "1"}},
            ),
            "S3 get": lambda: s3.get_object(Bucket="bench", Key="slice")["Body"].read(),
            "S3 put": lambda: s3.put_object(Bucket="bench", Key="out", Body=body),
            "SQS send to receive": _sending(emulator, stop),
            "SNS publish to receive": _publishing(emulator, stop),
        }
        try:
            yield {name: _discarding(call) for name, call in calls.items()}
        finally:
            stop.set()


def _discarding(call: Callable[[], Any]) -> Action:
    def action() -> None:
        call()

    return action


def _api(emulator: Emulator) -> str:
    code = io.BytesIO()
    with zipfile.ZipFile(code, "w") as archive:
        archive.writestr("noop.py", NO_OP)
    function = emulator.boto3_client("lambda").create_function(
        FunctionName="bench-noop", Runtime="python3.13", Handler="noop.handler", Role=ROLE, MemorySize=512,
        Code={"ZipFile": code.getvalue()},
    )["FunctionArn"]  # fmt: skip
    gateway = emulator.boto3_client("apigatewayv2")
    api = gateway.create_api(Name="bench", ProtocolType="HTTP")["ApiId"]
    integration = gateway.create_integration(
        ApiId=api, IntegrationType="AWS_PROXY", IntegrationUri=function, PayloadFormatVersion="2.0"
    )["IntegrationId"]
    gateway.create_route(ApiId=api, RouteKey="POST /noop", Target=f"integrations/{integration}")
    gateway.create_stage(ApiId=api, StageName="$default", AutoDeploy=True)
    return f"{emulator.endpoint}/_aws/execute-api/{api}/noop"


def _fifo_queue(emulator: Emulator, name: str) -> str:
    """Make a FIFO queue as the algorithms' are and return its URL."""
    attributes = {"FifoQueue": "true", "DeduplicationScope": "messageGroup", "FifoThroughputLimit": "perMessageGroupId"}
    return emulator.boto3_client("sqs").create_queue(QueueName=f"{name}.fifo", Attributes=attributes)["QueueUrl"]


def _sending(emulator: Emulator, stop: threading.Event) -> Callable[[], None]:
    sqs, url = emulator.boto3_client("sqs"), _fifo_queue(emulator, "bench-requests")
    arrived, numbers = _receiving(emulator, url, stop), iter(range(1_000_000))

    def send() -> None:
        number = str(next(numbers))
        sqs.send_message(QueueUrl=url, MessageBody="x" * 600, MessageGroupId=number, MessageDeduplicationId=number)
        arrived.get()

    return send


def _publishing(emulator: Emulator, stop: threading.Event) -> Callable[[], None]:
    sns, sqs, url = emulator.boto3_client("sns"), emulator.boto3_client("sqs"), _fifo_queue(emulator, "bench-results")
    topic = sns.create_topic(Name="bench.fifo", Attributes={"FifoTopic": "true"})["TopicArn"]
    arn = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    attributes = {"RawMessageDelivery": "true", "FilterPolicy": json.dumps({"client_id": ["me"]})}
    sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=arn, Attributes=attributes)
    arrived, numbers = _receiving(emulator, url, stop), iter(range(1_000_000))

    def publish() -> None:
        number = str(next(numbers))
        sns.publish(
            TopicArn=topic, Message="x" * 1500, MessageGroupId=number, MessageDeduplicationId=number,
            MessageAttributes={"client_id": {"DataType": "String", "StringValue": "me"}},
        )  # fmt: skip
        arrived.get()

    return publish


def _receiving(emulator: Emulator, url: str, stop: threading.Event) -> "queue.Queue[None]":
    """Long-poll the queue in a thread and tell of each message as it arrives."""
    sqs = emulator.boto3_client("sqs")
    arrived: queue.Queue[None] = queue.Queue()

    def receive() -> None:
        while not stop.is_set():
            for message in sqs.receive_message(QueueUrl=url, WaitTimeSeconds=2).get("Messages", []):
                arrived.put(None)
                sqs.delete_message(QueueUrl=url, ReceiptHandle=message["ReceiptHandle"])

    threading.Thread(target=receive, daemon=True).start()
    return arrived
