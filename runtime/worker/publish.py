"""Results to the results topic, ten in a call."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from runtime.contracts import keys
from runtime.contracts.models import JobResult
from runtime.worker.pace import BATCH

BATCH_BYTES = 240_000  # SNS takes 256 KiB in one call, with the attributes


class Letter(NamedTuple):
    """One result on its way: the shard of its client, and its message."""

    shard: int
    result: JobResult
    text: str


class Publisher:
    """The results topic's shards. Threads may share it, as they may share `sns`."""

    def __init__(self, sns: Any, topics: Sequence[str]) -> None:
        self._sns = sns
        self._topics = topics

    def publish(self, letters: Iterable[Letter]) -> dict[str, str]:
        """Publish results; return the error code of each that was refused, by job_id."""
        refused: dict[str, str] = {}
        by_shard: dict[int, list[Letter]] = {}
        for letter in letters:
            if letter.shard >= len(self._topics):
                refused[letter.result.job_id] = "UnknownShard"
            else:
                by_shard.setdefault(letter.shard, []).append(letter)
        for shard, group in by_shard.items():
            for batch in _batches(group):
                answer = self._sns.publish_batch(
                    TopicArn=self._topics[shard],
                    PublishBatchRequestEntries=[_entry(str(index), letter) for index, letter in enumerate(batch)],
                )
                for failure in answer.get("Failed", ()):
                    refused[batch[int(failure["Id"])].result.job_id] = str(failure.get("Code"))
        return refused


def _batches(letters: Sequence[Letter]) -> Iterator[list[Letter]]:
    batch: list[Letter] = []
    size = 0
    for letter in letters:
        if batch and (len(batch) == BATCH or size + len(letter.text) > BATCH_BYTES):
            yield batch
            batch, size = [], 0
        batch.append(letter)
        size += len(letter.text)
    if batch:
        yield batch


def _entry(identifier: str, letter: Letter) -> dict[str, Any]:
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
