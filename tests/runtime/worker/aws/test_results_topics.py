"""Results go to the topic of their client's shard and then to their distribution's, as many in a call as SNS takes."""

import json
import uuid
from collections.abc import Iterator
from typing import Any

import pytest

from runtime.contracts.messages import encode_result
from runtime.contracts.shard_topics import ShardTopics
from runtime.contracts.traceparent import Context
from runtime.worker.aws.results_topics import ResultMessage, ResultsTopics
from tests.runtime.worker.site import Shared, Site
from tests.runtime.worker.test_once import finished


class Counting:
    """A proxy of the real SNS that counts calls, and refuses one job's result on a topic as SNS does."""

    def __init__(self, sns: Any, refusing: str = "", job_id: str = "") -> None:
        self._sns = sns
        self._refusing, self._job_id = refusing, job_id
        self.calls: list[tuple[str, int]] = []

    def publish_batch(self, **arguments: Any) -> Any:
        topic, entries = arguments["TopicArn"], arguments.pop("PublishBatchRequestEntries")
        self.calls.append((topic, len(entries)))
        wrong = [each for each in entries if (topic, each["MessageGroupId"]) == (self._refusing, self._job_id)]
        right = [each for each in entries if each not in wrong]
        answer = self._sns.publish_batch(PublishBatchRequestEntries=right, **arguments) if right else {}
        failed = [{"Id": each["Id"], "Code": "InternalError"} for each in wrong]
        return {**answer, "Failed": [*answer.get("Failed", ()), *failed]}


class Inbox:
    """A queue on a topic."""

    def __init__(self, site: Site, topic: str, **policy: list[str]) -> None:
        self._sqs = site.cloud.boto3_client("sqs")
        name = f"inbox-{uuid.uuid4().hex[:8]}.fifo"
        self.url = self._sqs.create_queue(QueueName=name, Attributes={"FifoQueue": "true"})["QueueUrl"]
        arn = self._sqs.get_queue_attributes(QueueUrl=self.url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
        filtered = {"FilterPolicy": json.dumps(policy)} if policy else {}
        site.cloud.boto3_client("sns").subscribe(
            TopicArn=topic, Protocol="sqs", Endpoint=arn, Attributes={"RawMessageDelivery": "true", **filtered}
        )

    def messages(self) -> list[dict[str, Any]]:
        """Return all messages, and leave the queue empty."""
        messages: list[dict[str, Any]] = []
        while some := self._sqs.receive_message(
            QueueUrl=self.url, WaitTimeSeconds=1, MaxNumberOfMessages=10, MessageSystemAttributeNames=["All"]
        ).get("Messages", []):
            for message in some:
                self._sqs.delete_message(QueueUrl=self.url, ReceiptHandle=message["ReceiptHandle"])
            messages += some
        return messages

    def job_ids(self) -> list[str]:
        """Return the job_id of each result."""
        return [json.loads(message["Body"])["job_id"] for message in self.messages()]


@pytest.fixture
def results(site: Site, shared: Shared) -> Iterator[Inbox]:
    """The results queue of the site's algorithm."""
    yield Inbox(site, shared.distribution_topic, algorithm=[site.algorithm], client_id=[site.client.client_id])


def result_messages(site: Site, count: int, text: str = "", shard: int = 1) -> list[ResultMessage]:
    results = [finished(site.job(), measurements={"text": text}) for _ in range(count)]
    return [ResultMessage(shard, result, encode_result(result)) for result in results]


def ids(sent: list[ResultMessage]) -> list[str]:
    return [each.result.job_id for each in sent]


def topics(sns: Any, shared: Shared) -> ResultsTopics:
    return ResultsTopics(sns, ShardTopics(2, named=tuple(shared.topics)), shared.distribution_topic)


def publish(sns: Any, shared: Shared, sent: list[ResultMessage]) -> dict[str, str]:
    """Publish to both topics; return what either refuses."""
    both = topics(sns, shared)
    return both.to_clients(sent) | both.to_distribution(sent)


def test_ten_results_are_one_call_to_each_of_the_two_topics(site: Site, shared: Shared, results: Inbox) -> None:
    sns = Counting(site.cloud.boto3_client("sns"))
    sent = result_messages(site, 12)
    assert publish(sns, shared, sent) == {}
    mine, theirs = shared.distribution_topic, shared.topics[1]
    assert sns.calls == [(theirs, 10), (theirs, 2), (mine, 10), (mine, 2)]
    site.client.wait(*ids(sent))
    assert results.job_ids() == ids(sent)


def test_results_of_several_shards_are_one_call_to_the_distribution(site: Site, shared: Shared) -> None:
    sns = Counting(site.cloud.boto3_client("sns"))
    sent = [result_messages(site, 1, shard=shard)[0] for shard in (0, 1, 0, 1)]
    assert publish(sns, shared, sent) == {}
    assert sns.calls == [(shared.topics[0], 2), (shared.topics[1], 2), (shared.distribution_topic, 4)]


def test_large_results_are_spread_over_calls(site: Site, shared: Shared) -> None:
    sns = Counting(site.cloud.boto3_client("sns"))
    sent = result_messages(site, 5, text="x" * 90_000)
    assert publish(sns, shared, sent) == {}
    assert [size for _, size in sns.calls] == [2, 2, 1] * 2
    site.client.wait(*ids(sent))


def test_a_result_for_a_shard_that_is_gone_goes_to_the_distribution_alone(
    site: Site, shared: Shared, results: Inbox
) -> None:
    good, bad = result_messages(site, 1), result_messages(site, 1, shard=2)
    assert publish(site.cloud.boto3_client("sns"), shared, good + bad) == {}
    site.client.wait(ids(good)[0])
    assert sorted(results.job_ids()) == sorted(ids(good + bad))


def test_a_topic_that_is_gone_holds_up_no_other(site: Site, shared: Shared) -> None:
    there, gone = result_messages(site, 1), result_messages(site, 1, shard=0)
    missing = ShardTopics(2, named=(f"{shared.topics[0].removesuffix('.fifo')}-gone.fifo", shared.topics[1]))
    refused = ResultsTopics(site.cloud.boto3_client("sns"), missing, shared.distribution_topic).to_clients(gone + there)
    assert refused == {ids(gone)[0]: "NotFound"}
    site.client.wait(*ids(there))


def test_a_shard_that_is_newer_than_the_worker_gets_its_results(site: Site, shared: Shared) -> None:
    sns = site.cloud.boto3_client("sns")
    prefix = f"{shared.topics[0].removesuffix('.fifo')}-more-"
    made = sns.create_topic(Name=f"{prefix.rsplit(':', 1)[-1]}002.fifo", Attributes={"FifoTopic": "true"})["TopicArn"]
    inbox, known = Inbox(site, made), ShardTopics(2, prefix)
    new, removed = result_messages(site, 1, shard=2), result_messages(site, 1, shard=3)
    assert ResultsTopics(sns, known, shared.distribution_topic).to_clients(new + removed) == {}
    assert inbox.job_ids() == ids(new)


def test_what_the_distributions_topic_refuses_is_published_again_and_heard_once(
    site: Site, shared: Shared, results: Inbox
) -> None:
    sent = result_messages(site, 2)
    sns = Counting(site.cloud.boto3_client("sns"), shared.distribution_topic, ids(sent)[1])
    assert publish(sns, shared, sent) == {ids(sent)[1]: "InternalError"}
    assert publish(site.cloud.boto3_client("sns"), shared, sent) == {}
    site.client.wait(*ids(sent))
    site.client.poll(1)
    assert [len(site.client.seen[job_id]) for job_id in ids(sent)] == [1, 1]
    assert results.job_ids() == ids(sent)


def test_the_message_carries_what_subscriptions_filter_by(site: Site, shared: Shared) -> None:
    filtered = {"algorithm": [site.algorithm], "status": ["partial"], "client_id": [site.client.client_id]}
    inboxes = [Inbox(site, topic, **filtered) for topic in (shared.topics[1], shared.distribution_topic)]
    result = finished(site.job(), status="partial")
    sent = [ResultMessage(1, result, encode_result(result)), *result_messages(site, 1)]
    publish(site.cloud.boto3_client("sns"), shared, sent)
    for inbox in inboxes:
        (message,) = inbox.messages()
        assert json.loads(message["Body"])["job_id"] == result.job_id
        assert message["Attributes"]["MessageGroupId"] == result.job_id
        assert message["Attributes"]["MessageDeduplicationId"] == result.job_id


def standard_queue(site: Site, topic: str, **policy: list[dict[str, Any]]) -> str:
    """Make a standard queue that a FIFO topic delivers to by a filter; return its address."""
    sqs = site.cloud.boto3_client("sqs")
    url = sqs.create_queue(QueueName=f"standard-{uuid.uuid4().hex[:8]}")["QueueUrl"]
    arn = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    site.cloud.boto3_client("sns").subscribe(
        TopicArn=topic, Protocol="sqs", Endpoint=arn, Attributes={"FilterPolicy": json.dumps(policy)}
    )
    return url


def test_only_a_result_with_a_callback_comes_to_the_queue_of_callbacks(site: Site, shared: Shared) -> None:
    url = standard_queue(site, shared.distribution_topic, callback_id=[{"exists": True}])
    plain, told = result_messages(site, 2)
    publish(site.cloud.boto3_client("sns"), shared, [plain, told._replace(callback_id=told.result.job_id)])
    sqs = site.cloud.boto3_client("sqs")
    (message,) = sqs.receive_message(QueueUrl=url, WaitTimeSeconds=5, MaxNumberOfMessages=10)["Messages"]
    envelope = json.loads(message["Body"])
    assert json.loads(envelope["Message"])["job_id"] == told.result.job_id
    assert envelope["MessageAttributes"]["callback_id"]["Value"] == told.result.job_id


def test_only_a_recorded_trace_comes_to_the_queue_of_traces(site: Site, shared: Shared) -> None:
    url = standard_queue(site, shared.distribution_topic, traceparent=[{"suffix": "-01"}])
    plain, unrecorded, recorded = result_messages(site, 3)
    parent = Context("1" * 32, "2" * 16, True)
    messages = [
        plain,
        unrecorded._replace(parent=parent._replace(sampled=False)),
        recorded._replace(parent=parent),
    ]
    publish(site.cloud.boto3_client("sns"), shared, messages)
    sqs = site.cloud.boto3_client("sqs")
    (message,) = sqs.receive_message(QueueUrl=url, WaitTimeSeconds=5, MaxNumberOfMessages=10)["Messages"]
    own = json.loads(message["Body"])["MessageAttributes"]["traceparent"]["Value"]
    assert own == f"00-{'1' * 32}-{recorded.result.job_id[:16]}-01"
