"""The real Lambda functions from the built zip, behind the embedded cloud's HTTP API."""

import json
import time
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any

import httpx
import pytest

from algorithms.declaration import Algorithm
from algorithms.parameters import Parameter, parameters_schema
from algorithms.registered import Registered, Registry
from components.job_store import ATTRIBUTES
from imaging import Image
from runtime.bundle import build
from runtime.contracts import keys, shard_topics
from runtime.contracts.answers import Problem
from runtime.contracts.routes import ROUTES
from runtime.local.emulator.emulator import Emulator

PER_SHARD = 3
SHARDS = 4


def smooth(
    image: Image,
    sigma: Annotated[float, Parameter("width", gt=0, le=20, unit="mm")] = 1.0,
    mode: Annotated[str, Parameter("edge", pattern="^[a-z]+$")] = "near",
) -> Image:
    """Smooth an image."""
    return image


def grow(image: Image, seeds: Annotated[int, Parameter("how many", ge=1, le=9)]) -> Image:
    """Grow from seeds."""
    return image


def registry() -> Registry:
    """Algorithms that differ in scope, parameters and in whether their service is deployed."""
    declared = [
        Algorithm("smooth", "Smooth.", smooth, ("image",), reference="[1] Smith."),
        Algorithm("grow-region", "Grow.", grow, ("series",), needs="any"),
        Algorithm("undeployed", "Smooth, but there is no service yet.", smooth),
    ]
    return Registry(
        Registered(each, "demo-plugin", "1.2", each.name, parameters_schema(each.run), each.run.__doc__ or "")
        for each in declared
    )


@dataclass
class Caller:
    """A provisioned client."""

    http: httpx.Client
    client_id: str
    token: str
    queue: str
    headers: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        self.headers = {"x-client-token": self.token}

    def call(self, method: str, path: str, **arguments: Any) -> httpx.Response:
        headers = {**self.headers, **arguments.pop("headers", {})}
        return self.http.request(method, path, headers=headers, **arguments)

    def body(self, **changes: Any) -> dict[str, Any]:
        body = {
            "pacs": {"study_id": "1.2.3", "series_id": "1.2.3.4", "image_id": "1.2.3.4.5"},
            "parameters": {"sigma": 2},
            "callback": {"client_id": self.client_id},
        }
        return body | changes

    def process(self, algorithm: str = "smooth", headers: dict[str, str] | None = None, **changes: Any) -> str:
        answer = self.call("POST", f"/process/{algorithm}", json=self.body(**changes), headers=headers or {})
        assert answer.status_code == 202, answer.text
        return answer.json()["job_id"]

    def poll(self, wait: int = 0) -> list[dict[str, Any]]:
        answer = self.call("GET", "/proxy-sqs", params={"queue": self.queue, "wait": wait})
        assert answer.status_code == 200, answer.text
        return answer.json()["messages"]

    def acknowledge(self, receipt: str, queue: str = "") -> httpx.Response:
        return self.call("DELETE", "/proxy-sqs", params={"queue": queue or self.queue, "receipt": receipt})


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
        typed = {
            name: {"BOOL": value}
            if isinstance(value, bool)
            else {"N": str(value)}
            if isinstance(value, int)
            else {"S": value}
            for name, value in item.items()
        }
        self.cloud.boto3_client("dynamodb").put_item(TableName=self.name, Item=typed)

    def change(self, key: str, **values: Any) -> None:
        """Play the worker's writes on a job."""
        self.cloud.boto3_client("dynamodb").update_item(
            TableName=self.name,
            Key={"pk": {"S": key}},
            UpdateExpression="SET " + ", ".join(f"#{name} = :{name}" for name in values),
            ExpressionAttributeNames={f"#{name}": name for name in values},
            ExpressionAttributeValues={
                f":{name}": {"N": str(value)} if isinstance(value, int) else {"S": value}
                for name, value in values.items()
            },
        )

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

    def route(self, api: str, key: str, function: str) -> None:
        gateway = self.cloud.boto3_client("apigatewayv2")
        integration = gateway.create_integration(
            ApiId=api, IntegrationType="AWS_PROXY", IntegrationUri=function, PayloadFormatVersion="2.0"
        )
        gateway.create_route(ApiId=api, RouteKey=key, Target=f"integrations/{integration['IntegrationId']}")


def deploy(cloud: Emulator, folder: Path) -> Deployment:
    """Make the table, bucket, topics, queues, functions and API."""
    name = f"h{uuid.uuid4().hex[:8]}"
    dynamodb, sqs, sns = cloud.boto3_client("dynamodb"), cloud.boto3_client("sqs"), cloud.boto3_client("sns")
    dynamodb.create_table(
        TableName=name,
        KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": each, "AttributeType": kind} for each, kind in ATTRIBUTES.items()],
        GlobalSecondaryIndexes=[
            {
                "IndexName": index,
                "KeySchema": [
                    {"AttributeName": hash_key, "KeyType": "HASH"},
                    {"AttributeName": range_key, "KeyType": "RANGE"},
                ],
                "Projection": {"ProjectionType": "KEYS_ONLY"},
            }
            for index, (hash_key, range_key) in keys.INDEXES.items()
        ],
        BillingMode="PAY_PER_REQUEST",
    )
    cloud.boto3_client("s3").create_bucket(
        Bucket=name, CreateBucketConfiguration={"LocationConstraint": cloud.boto3_client("s3").meta.region_name}
    )
    topics = [
        sns.create_topic(Name=f"{name}-{shard_topics.suffix(shard)}", Attributes={"FifoTopic": "true"})["TopicArn"]
        for shard in range(SHARDS)
    ]
    distribution_topic = sns.create_topic(Name=f"{name}-plugin.fifo", Attributes={"FifoTopic": "true"})["TopicArn"]
    queues = {
        algorithm: sqs.create_queue(QueueName=f"{name}-{algorithm}.fifo", Attributes={"FifoQueue": "true"})["QueueUrl"]
        for algorithm in (*registry(), "dead", "results", "undelivered")
    }
    arn = sqs.get_queue_attributes(QueueUrl=queues["results"], AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    sns.subscribe(TopicArn=distribution_topic, Protocol="sqs", Endpoint=arn, Attributes={"RawMessageDelivery": "true"})
    gateway = cloud.boto3_client("apigatewayv2")
    api = gateway.create_api(Name=name, ProtocolType="HTTP")["ApiId"]
    gateway.create_stage(ApiId=api, StageName="$default", AutoDeploy=True)
    http = httpx.Client(base_url=f"{cloud.endpoint}/_aws/execute-api/{api}", timeout=40, trust_env=False)
    deployed = Deployment(
        cloud, name, http, topics, distribution_topic, queues, queues["dead"], build(registry(), folder)
    )
    functions = {handler: deployed.function(handler) for handler in sorted({route.handler for route in ROUTES})}
    for route in ROUTES:
        deployed.route(api, f"{route.method} {route.path}", functions[route.handler])
    deployed.route(api, "$default", functions["catalogue"])
    for algorithm in ("smooth", "grow-region"):
        deployed.put(
            pk=f"route#{algorithm}",
            queue_url=queues[algorithm],
            results_queue_url=queues["results"],
            distribution_topic_arn=distribution_topic,
            cluster="c",
            service="s",
        )
    return deployed


@pytest.fixture(scope="session")
def api(cloud: Emulator, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Deployment]:
    """The deployed handlers, shared by this process's tests; each test has clients of its own."""
    deployed = deploy(cloud, tmp_path_factory.mktemp("bundle"))
    with deployed.http, ThreadPoolExecutor() as pool:  # the functions start side by side
        token = {"x-client-token": "nobody"}
        for call in (("GET", "/algorithms"), ("DELETE", "/provision"), ("POST", "/process/smooth"), ("GET", "/sign")):
            pool.submit(deployed.http.request, *call, headers=token)
        yield deployed


@pytest.fixture
def alice(api: Deployment) -> Iterator[Caller]:
    """A client, removed after the test so that the shards do not fill up."""
    caller = api.client()
    yield caller
    caller.call("DELETE", "/provision")


@pytest.fixture
def bob(api: Deployment) -> Iterator[Caller]:
    """Another client."""
    caller = api.client()
    yield caller
    caller.call("DELETE", "/provision")


def result(job: dict[str, Any], status: str = "succeeded", outputs: int = 1) -> dict[str, Any]:
    """What a worker would publish for a request message."""
    prefix = f"results/{job['client_id']}/{job['job_id']}/"
    return {
        "version": 1,
        "job_id": job["job_id"],
        "client_id": job["client_id"],
        "algorithm": job["algorithm"],
        "distribution": "demo-plugin 1.2",
        "status": status,
        "pacs": job["pacs"],
        "parameters": job["parameters"],
        "outputs": [
            {
                "name": f"preview-{index:04}.png",
                "kind": "preview",
                "key": f"{prefix}preview-{index:04}.png",
                "media_type": "image/png",
                "bytes": 3,
                "sha256": "0" * 64,
                "plane": index,
            }
            for index in range(outputs)
        ],
        "outputs_complete": True,
        "measurements": {},
        "missing": [],
        "error": None,
        "attempts": 1,
        "hops": {"accepted": job["accepted_at"], "published": int(time.time() * 1000)},
    }


def refused(answer: httpx.Response, status: int, code: str) -> Problem:
    """Check that the answer is this problem, and return it."""
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    problem = Problem.model_validate(answer.json())
    assert (problem.code, problem.status, problem.type) == (code, status, f"urn:imaging:problem:{code}")
    assert problem.detail.endswith((".", "?"))
    return problem


def pointers(problem: Problem) -> list[str | None]:
    """Return where the faults are."""
    return [error.pointer for error in problem.errors]


def event(method: str, route: str, body: str = "", **headers: str) -> dict[str, Any]:
    """What API Gateway hands to a function."""
    return {
        "version": "2.0",
        "routeKey": f"{method} {route}",
        "rawPath": route,
        "headers": headers,
        "requestContext": {"http": {"method": method, "path": route}},
        "pathParameters": {"algorithm": "smooth"},
        "isBase64Encoded": False,
        **({"body": body} if body else {}),
    }
