"""Results go to the topic of their client's shard, as many in a call as SNS takes."""

import json
import uuid
from typing import Any

from runtime.contracts.messages import encode_result
from runtime.worker.publish import Letter, Publisher
from tests.runtime.worker.conftest import Shared, Site
from tests.runtime.worker.test_once import finished


class Counting:
    """Counts the calls on their way to the real SNS."""

    def __init__(self, sns: Any) -> None:
        self._sns = sns
        self.sizes: list[int] = []

    def publish_batch(self, **arguments: Any) -> Any:
        self.sizes.append(len(arguments["PublishBatchRequestEntries"]))
        return self._sns.publish_batch(**arguments)


def letters(site: Site, count: int, text: str = "", shard: int = 1) -> list[Letter]:
    results = [finished(site.job(), measurements={"text": text}) for _ in range(count)]
    return [Letter(shard, result, encode_result(result)) for result in results]


def test_ten_results_are_one_call(site: Site, shared: Shared) -> None:
    sns = Counting(site.cloud.client("sns"))
    sent = letters(site, 12)
    assert Publisher(sns, shared.topics).publish(sent) == {}
    assert sns.sizes == [10, 2]
    site.client.wait(*(letter.result.job_id for letter in sent))


def test_large_results_are_spread_over_calls(site: Site, shared: Shared) -> None:
    sns = Counting(site.cloud.client("sns"))
    sent = letters(site, 5, text="x" * 90_000)
    assert Publisher(sns, shared.topics).publish(sent) == {}
    assert sns.sizes == [2, 2, 1]
    site.client.wait(*(letter.result.job_id for letter in sent))


def test_a_result_for_a_shard_that_is_not_there_is_refused_alone(site: Site, shared: Shared) -> None:
    good, bad = letters(site, 1), letters(site, 1, shard=2)
    refused = Publisher(site.cloud.client("sns"), shared.topics).publish(good + bad)
    assert list(refused) == [bad[0].result.job_id]
    site.client.wait(good[0].result.job_id)


def test_the_message_carries_what_subscriptions_filter_by(site: Site, shared: Shared) -> None:
    sqs = site.cloud.client("sqs")
    name = f"all-{uuid.uuid4().hex[:8]}.fifo"
    queue = sqs.create_queue(QueueName=name, Attributes={"FifoQueue": "true"})["QueueUrl"]
    arn = sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    policy = {"algorithm": [site.algorithm], "status": ["partial"], "client_id": [site.client.client_id]}
    site.cloud.client("sns").subscribe(
        TopicArn=shared.topics[1],
        Protocol="sqs",
        Endpoint=arn,
        Attributes={"RawMessageDelivery": "true", "FilterPolicy": json.dumps(policy)},
    )
    result = finished(site.job(), status="partial")
    sent = [Letter(1, result, encode_result(result)), *letters(site, 1)]
    Publisher(site.cloud.client("sns"), shared.topics).publish(sent)
    (message,) = sqs.receive_message(
        QueueUrl=queue, WaitTimeSeconds=2, MaxNumberOfMessages=10, MessageSystemAttributeNames=["All"]
    )["Messages"]
    assert json.loads(message["Body"])["job_id"] == result.job_id
    assert message["Attributes"]["MessageGroupId"] == result.job_id
    assert message["Attributes"]["MessageDeduplicationId"] == f"{result.job_id}-partial"
