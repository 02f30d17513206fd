"""Deploys the handlers: table, bucket, topics, queues, functions and API."""

import uuid
from pathlib import Path

import httpx

from components.jobs_table import ATTRIBUTES
from runtime.bundle import build
from runtime.contracts import keys, shard_topics
from runtime.contracts.routes import ROUTES
from runtime.local.emulator.emulator import Emulator
from tests.runtime.handlers.algorithms import registry
from tests.runtime.handlers.deployment import SHARDS, Deployment


def make_table(cloud: Emulator, name: str) -> None:
    """Make a jobs table."""
    cloud.boto3_client("dynamodb").create_table(
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


def deploy(cloud: Emulator, folder: Path) -> Deployment:
    """Make the table, bucket, topics, queues, functions and API."""
    name = f"h{uuid.uuid4().hex[:8]}"
    sqs, sns = cloud.boto3_client("sqs"), cloud.boto3_client("sns")
    make_table(cloud, name)
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
        deployed.route(api, route.key, functions[route.handler], "AWS_IAM" if route.operator else "NONE")
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
