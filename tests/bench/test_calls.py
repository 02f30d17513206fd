"""What one job calls of AWS, and what AWS bills for it: a change that adds a call is seen here."""

from collections import Counter
from collections.abc import Iterator

import pytest

from bench.calls import count
from bench.instruments.billing import together
from bench.instruments.call import Call
from bench.instruments.recorded import RecordedCloud
from bench.instruments.system import system
from clients.cli.cost.bill import JOB

# One job of one image, sent to an idle worker and alone: so the router tells the scaler, too.
EXPECTED = {
    "client apigateway POST /process/gaussian": 1,
    "router dynamodb GetItem": 1,  # the client
    "router dynamodb Query": 1,  # how many open jobs the client has
    "router dynamodb PutItem": 3,  # idempotency key, job, that the scaler was told
    "router sqs SendMessage": 1,
    "router lambda Invoke": 1,  # of the scaler
    "router dynamodb UpdateItem": 1,  # queued
    "scaler dynamodb BatchGetItem": 1,
    "scaler ecs DescribeServices": 1,
    "scaler sqs GetQueueAttributes": 1,
    "scaler dynamodb PutItem": 1,
    "worker sqs ReceiveMessage": 1,
    "worker s3 GetObject": 1,
    "worker dynamodb UpdateItem": 1,  # running
    "worker s3 PutObject": 4,  # image, picture before, picture after, manifest
    "worker sns PublishBatch": 2,  # the client's shard, the distribution
    "worker dynamodb BatchExecuteStatement": 2,  # how it ended, that its topics have it
    "worker sqs DeleteMessageBatch": 1,
    "client apigateway GET /proxy-sqs": 1,
    "proxy dynamodb GetItem": 2,  # the client, at the poll and at the acknowledgement
    "proxy sqs ReceiveMessage": 1,
    "proxy dynamodb UpdateItem": 2,  # delivered, acknowledged
    "client apigateway DELETE /proxy-sqs": 1,
    "proxy sqs DeleteMessage": 1,
}


@pytest.fixture(scope="module")
def calls() -> Iterator[list[Call]]:
    """The calls of one job alone, without those that time makes."""
    cloud = RecordedCloud()
    with system(cloud) as running:
        yield [call for call in count(cloud, running, "gaussian") if not call.timed]


def test_one_job_takes_these_calls_and_no_other(calls: list[Call]) -> None:
    assert Counter(map(str, calls)) == EXPECTED


def test_imaging_cost_reckons_with_what_is_billed(calls: list[Call]) -> None:
    units = together(calls)
    # What DynamoDB does by itself in the indexes: a job enters two of them, and leaves one.
    units["table_write"] += 3
    assert dict(units) == pytest.approx(JOB, rel=0.05)
