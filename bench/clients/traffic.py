"""Results for many clients: made, published as a worker does, and received by each client."""

import json
import time
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, Final

from bench.clients.tally import Tally
from clients.cli.client import Client
from runtime.contracts.messages import encode_result
from runtime.contracts.models import InputReference, JobResult
from runtime.worker.aws.results_topics import ResultMessage, ResultsTopics
from runtime.worker.jobs.prefetch import BATCH

PACS: Final = InputReference(study_id="1", series_id="2", image_id="3")
EMPTY_POLLS: Final = 2  # after which a client that has all is taken to get nothing more
WAIT_SECONDS: Final = 1


def result(client_id: str, job_id: str) -> JobResult:
    """Return a small result."""
    return JobResult(
        job_id=job_id,
        client_id=client_id,
        algorithm="bench",
        distribution="bench 1.0",
        status="succeeded",
        pacs=PACS,
        parameters={},
        measurements={"planes": 1},
        attempts=1,
        hops={"accepted": 1},
    )


def publish(topics: ResultsTopics, shards: Mapping[str, int], results: Sequence[tuple[str, str]]) -> dict[str, str]:
    """Publish the results (client, job) to the shards of their clients; return the codes of those refused, by job."""
    refused: dict[str, str] = {}
    each = iter(results)
    while batch := list(islice(each, BATCH)):
        messages = [result(*names) for names in batch]
        refused |= topics.to_clients(
            ResultMessage(shards[each.client_id], each, encode_result(each)) for each in messages
        )
    return refused


def receive(tally: Tally, client: Client, sqs: Any | None, deadline: float) -> None:
    """Receive and acknowledge a client's results until it has all and nothing more comes, or until `deadline`.

    With `sqs` they are read from the queue itself, so that one of another client would be seen: the API removes it.
    """
    empty = 0
    while time.monotonic() < deadline and not (empty >= EMPTY_POLLS and tally.has_all(client.client_id)):
        job_ids = list(_from_queue(sqs, client.queue_url) if sqs else _from_api(client))
        for job_id in job_ids:
            tally.receive(client.client_id, job_id)
        empty = 0 if job_ids else empty + 1


def _from_api(client: Client) -> Iterator[str]:
    messages = client.poll(wait=WAIT_SECONDS)
    yield from (message["result"]["job_id"] for message in messages)
    if messages:
        client.acknowledge(*messages)


def _from_queue(sqs: Any, url: str) -> Iterator[str]:
    answer = sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=BATCH, WaitTimeSeconds=WAIT_SECONDS)
    messages: list[Any] = answer.get("Messages", [])
    yield from (json.loads(message["Body"])["job_id"] for message in messages)
    if messages:
        entries = [{"Id": str(n), "ReceiptHandle": each["ReceiptHandle"]} for n, each in enumerate(messages)]
        sqs.delete_message_batch(QueueUrl=url, Entries=entries)
