"""Results to their two topics, ten in a call: first the client's shard, then the distribution's."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from runtime.contracts import keys
from runtime.contracts.models import JobResult
from runtime.worker.jobs.prefetch import BATCH

BATCH_BYTES = 240_000  # SNS takes 256 KiB in one call, with the attributes
Entry = dict[str, Any]


class Letter(NamedTuple):
    """One result on its way: the shard of its client, and its message."""

    shard: int
    result: JobResult
    text: str


class ResultsTopics:
    """The clients' shards and the distribution's topic. Threads may share it, as they may share `sns`."""

    def __init__(self, sns: Any, shards: Sequence[str], distribution: str) -> None:
        self._sns = sns
        self._shards = shards
        self._distribution = distribution

    def publish(self, letters: Iterable[Letter]) -> dict[str, str]:
        """Publish results; return the error code of each that one of its topics refused, by job_id.

        A result for a shard that is no longer there goes to the distribution's topic alone: its client is gone with it,
        and reads how the job ended from the API.
        A result that is refused may be published again as a whole: a topic that has it drops it for five minutes.
        """
        refused: dict[str, str] = {}
        by_shard: dict[str, list[Entry]] = {}
        accepted: list[Entry] = []
        for index, letter in enumerate(letters):
            shard = self._shards[letter.shard : letter.shard + 1]
            entries = by_shard.setdefault(shard[0], []) if shard else accepted
            entries.append(_entry(str(index), letter))
        accepted += [entry for topic, entries in by_shard.items() for entry in self._send(topic, entries, refused)]
        self._send(self._distribution, accepted, refused)
        return refused

    def _send(self, topic: str, entries: Sequence[Entry], refused: dict[str, str]) -> list[Entry]:
        """Publish on one topic; add what is refused to `refused`, return the rest."""
        for batch in _batches(entries):
            answer = self._sns.publish_batch(TopicArn=topic, PublishBatchRequestEntries=batch)
            job_ids = {entry["Id"]: entry["MessageGroupId"] for entry in batch}
            for failure in answer.get("Failed", ()):
                refused[job_ids[failure["Id"]]] = str(failure.get("Code"))
        return [entry for entry in entries if entry["MessageGroupId"] not in refused]


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


def _entry(identifier: str, letter: Letter) -> Entry:
    result = letter.result
    return {
        "Id": identifier,
        "Message": letter.text,
        "MessageGroupId": result.job_id,
        "MessageDeduplicationId": keys.result_dedup_id(result.job_id, result.status),
        "MessageAttributes": {
            name: {"DataType": "String", "StringValue": str(getattr(result, name))} for name in keys.RESULT_ATTRIBUTES
        },
    }
