"""What the handlers of these tests run on."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from runtime.contracts import items, keys
from runtime.local.emulator.emulator import Emulator
from tests.runtime.handlers.caller import Caller

PER_SHARD = 3


SHARDS = 4


@dataclass
class Deployment:
    """What the handlers run on."""

    cloud: Emulator
    name: str
    http: httpx.Client
    topics: list[str]
    distribution_topic: str
    queues: dict[str, str]
    dead_letters: str
    bundle: Path

    @property
    def undelivered_arn(self) -> str:
        queue = self.queues["undelivered"]
        found = self.cloud.boto3_client("sqs").get_queue_attributes(QueueUrl=queue, AttributeNames=["QueueArn"])
        return found["Attributes"]["QueueArn"]

    @property
    def environment(self) -> dict[str, str]:
        return {
            "TABLE_NAME": self.name,
            "OUTPUT_BUCKET": self.name,
            "RESULTS_TOPIC_PREFIX": self.topics[0].removesuffix("000.fifo"),
            "RESULT_SHARDS": str(SHARDS),
            "CLIENT_QUEUE_PREFIX": f"{self.name}-",
            "CLIENTS_PER_SHARD": str(PER_SHARD),
            "UNDELIVERED_QUEUE_ARN": self.undelivered_arn,
            "SCALER_FUNCTION": "nobody",  # no service is at zero here
        }

    def client(self) -> Caller:
        """Provision a client."""
        answer = self.http.post("/provision")
        assert answer.status_code == 201, answer.text
        return self.caller(answer.json())

    def caller(self, provisioned: dict[str, str]) -> Caller:
        return Caller(self.http, provisioned["client_id"], provisioned["client_token"], provisioned["queue_url"])

    def item(self, key: str) -> dict[str, Any] | None:
        found = self.cloud.boto3_client("dynamodb").get_item(TableName=self.name, Key={"pk": {"S": key}})
        return {name: next(iter(value.values())) for name, value in found["Item"].items()} if "Item" in found else None

    def put(self, **item: Any) -> None:
        self.cloud.boto3_client("dynamodb").put_item(TableName=self.name, Item=items.pack(item))

    def change(self, key: str, **values: Any) -> None:
        """Play the worker's writes on a job."""
        self.cloud.boto3_client("dynamodb").update_item(
            TableName=self.name,
            Key={"pk": {"S": key}},
            UpdateExpression="SET " + ", ".join(f"#{name} = :{name}" for name in values),
            ExpressionAttributeNames={f"#{name}": name for name in values},
            ExpressionAttributeValues=items.pack({f":{name}": value for name, value in values.items()}),
        )

    def forget_unpublished(self) -> None:
        """Take all that is there out of the index that the sweeper reads."""
        dynamodb = self.cloud.boto3_client("dynamodb")
        for each in dynamodb.scan(TableName=self.name, IndexName=keys.UNPUBLISHED)["Items"]:
            dynamodb.update_item(TableName=self.name, Key={"pk": each["pk"]}, UpdateExpression="REMOVE untold_to")

    def results(self, job_id: str) -> list[dict[str, Any]]:
        """Return what the algorithm's results queue was told of a job, and empty the queue."""
        told = [json.loads(message["Body"]) for message in self.requests("results", wait=1)]
        return [result for result in told if result["job_id"] == job_id]

    def requests(self, algorithm: str = "smooth", wait: int = 0) -> list[dict[str, Any]]:
        """Take everything that waits on the algorithm's queue."""
        sqs = self.cloud.boto3_client("sqs")
        taken: list[dict[str, Any]] = []
        while True:
            found = sqs.receive_message(
                QueueUrl=self.queues[algorithm],
                MaxNumberOfMessages=10,
                WaitTimeSeconds=wait,
                MessageSystemAttributeNames=["All"],
            ).get("Messages", [])
            for message in found:
                sqs.delete_message(QueueUrl=self.queues[algorithm], ReceiptHandle=message["ReceiptHandle"])
            if not found:
                return taken
            taken += found

    def publish(self, result: dict[str, Any], shard: int = 0) -> None:
        """Publish a result as a worker does."""
        self.cloud.boto3_client("sns").publish(
            TopicArn=self.topics[shard],
            Message=json.dumps(result),
            MessageGroupId=result["job_id"],
            MessageDeduplicationId=f"{result['job_id']}-{result['status']}",
            MessageAttributes={
                name: {"DataType": "String", "StringValue": result[name]}
                for name in ("client_id", "algorithm", "status")
            },
        )

    def function(self, handler: str, name: str = "", **variables: str) -> str:
        """Make a Lambda function of the bundle; return its ARN."""
        made = self.cloud.boto3_client("lambda").create_function(
            FunctionName=name or f"{self.name}-{handler}",
            Runtime="python3.13",
            Role="arn:aws:iam::000000000000:role/any",
            Handler=f"runtime.handlers.{handler}.handler",
            Code={"ZipFile": self.bundle.read_bytes()},
            Timeout=29,
            Environment={"Variables": {**self.environment, **variables}},
        )
        return made["FunctionArn"]

    def invoke(self, name: str, event: dict[str, Any]) -> dict[str, Any]:
        answer = self.cloud.boto3_client("lambda").invoke(FunctionName=name, Payload=json.dumps(event))
        return json.loads(answer["Payload"].read())

    def route(self, api: str, key: str, function: str, authorization: str = "NONE") -> None:
        gateway = self.cloud.boto3_client("apigatewayv2")
        integration = gateway.create_integration(
            ApiId=api, IntegrationType="AWS_PROXY", IntegrationUri=function, PayloadFormatVersion="2.0"
        )
        target = f"integrations/{integration['IntegrationId']}"
        gateway.create_route(ApiId=api, RouteKey=key, Target=target, AuthorizationType=authorization)
