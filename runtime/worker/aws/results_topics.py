"""Publishes results to their two topics, ten in a call: the client's shard and the distribution's topic."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from botocore.exceptions import ClientError

from runtime.contracts import aws_codes, headers, keys, traceparent
from runtime.contracts.models import JobResult
from runtime.contracts.shard_topics import ShardTopics
from runtime.contracts.traceparent import Context
from runtime.worker.aws.trouble import Trouble, trouble
from runtime.worker.jobs.prefetch import BATCH

BATCH_BYTES = 240_000  # SNS takes 256 KiB in one call, attributes included
MISSING = {"NotFound", "NotFoundException"}  # what SNS answers if there is no such topic
Entry = dict[str, Any]


class ResultMessage(NamedTuple):
    """A result to publish: its client's shard, the text of its message, its callback and its trace if it has them."""

    shard: int
    result: JobResult
    text: str
    callback_id: str | None = None
    parent: Context | None = None


class ResultsTopics:
    """The clients' shards and the distribution's topic. Threads may share it, as they may share `sns`."""

    def __init__(self, sns: Any, shards: ShardTopics, distribution: str) -> None:
        self._sns = sns
        self._shards = shards
        self._distribution = distribution

    def to_clients(self, messages: Iterable[ResultMessage]) -> dict[str, str]:
        """Publish results to the shards of their clients; return the error code of each that was refused, by job_id.

        A result for a shard that no longer exists is not published: its client is gone too, and reads the job's end
        from the API. A shard beyond those that this worker knows may be new, so its topic is tried all the same. A
        topic drops a repeated result that it had in the last five minutes.
        """
        by_shard: dict[int, list[Entry]] = {}
        for index, message in enumerate(messages):
            by_shard.setdefault(message.shard, []).append(_entry(str(index), message))
        refused: dict[str, str] = {}
        for number, entries in by_shard.items():
            topic = self._shards.arn(number)
            answers = self._send(topic, entries) if topic else {}
            gone = MISSING if self._shards.is_removed(number) else frozenset[str]()
            refused |= {job_id: code for job_id, code in answers.items() if code not in gone}
        return refused

    def to_distribution(self, messages: Iterable[ResultMessage]) -> dict[str, str]:
        """Publish results to the distribution's topic; return the error code of each that was refused, by job_id."""
        return self._send(self._distribution, [_entry(str(index), message) for index, message in enumerate(messages)])

    def _send(self, topic: str, entries: Sequence[Entry]) -> dict[str, str]:
        refused: dict[str, str] = {}
        for batch in _batches(entries):
            job_ids = {entry["Id"]: entry["MessageGroupId"] for entry in batch}
            try:
                answer = self._sns.publish_batch(TopicArn=topic, PublishBatchRequestEntries=batch)
            except ClientError as error:
                if trouble(error) is Trouble.PASSING:
                    raise
                # Only this topic fails: results for the others are still published.
                code = aws_codes.code(error.response)
                refused |= dict.fromkeys(job_ids.values(), code)
                continue
            for failure in answer.get("Failed", ()):
                refused[job_ids[failure["Id"]]] = str(failure.get("Code"))
        return refused


def _batches(entries: Sequence[Entry]) -> Iterator[list[Entry]]:
    batch: list[Entry] = []
    size = 0
    for entry in entries:
        if batch and (len(batch) == BATCH or size + len(entry["Message"]) > BATCH_BYTES):
            yield batch
            batch, size = [], 0
        batch.append(entry)
        size += len(entry["Message"])
    if batch:
        yield batch


def _entry(identifier: str, message: ResultMessage) -> Entry:
    result = message.result
    attributes = {name: str(getattr(result, name)) for name in keys.RESULT_ATTRIBUTES}
    if message.callback_id:
        attributes[keys.CALLBACK_ATTRIBUTE] = message.callback_id
    if message.parent:
        attributes[headers.TRACEPARENT] = str(traceparent.own(result.job_id, message.parent))
    return {
        "Id": identifier,
        "Message": message.text,
        "MessageGroupId": result.job_id,
        "MessageDeduplicationId": keys.result_dedup_id(result.job_id),
        "MessageAttributes": {name: {"DataType": "String", "StringValue": value} for name, value in attributes.items()},
    }
