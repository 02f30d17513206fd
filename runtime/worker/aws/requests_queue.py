"""The algorithm's requests queue: receive, renew, give back, delete, in batches."""

import uuid
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TypeVar

from runtime.worker.jobs.held_job import HeldJob
from runtime.worker.jobs.prefetch import BATCH

T = TypeVar("T")
# The codes with which SQS refuses a receipt whose lease has ended; any other failure of one entry may pass.
GONE = {"ReceiptHandleIsInvalid", "InvalidParameterValue", "MessageNotInflight"}
LONGEST = 43_200  # seconds for which SQS keeps a message invisible at most


class RequestsQueue:
    """One requests queue. Threads may share it, as they may share `sqs`; `polling` is another, for long polls."""

    def __init__(self, sqs: Any, url: str, lease_seconds: int, poll_seconds: int, *, polling: Any = None) -> None:
        self._sqs = sqs
        self._polling = polling or sqs
        self._url = url
        self._lease = lease_seconds
        self._poll = poll_seconds

    def receive(self, count: int) -> list[dict[str, Any]]:
        """Long-poll for at most `count` messages. Never interrupt it: SQS would lease a message to nobody."""
        answer = self._polling.receive_message(
            QueueUrl=self._url,
            MaxNumberOfMessages=count,
            WaitTimeSeconds=self._poll,
            VisibilityTimeout=self._lease,
            MessageSystemAttributeNames=["ApproximateReceiveCount", "MessageGroupId", "SentTimestamp"],
            # After an answer that the network lost, botocore's repeated call gets the same messages.
            ReceiveRequestAttemptId=uuid.uuid4().hex,
        )
        return list(answer.get("Messages", ()))

    def renew(self, jobs: Sequence[HeldJob]) -> list[str | None]:
        """Renew at most ten leases; return for each job None if SQS renewed it, else the code of its refusal."""
        failed = self._change((job.receipt, self._lease) for job in jobs)
        return [failed.get(index) for index in range(len(jobs))]

    def give_back(self, delays: Sequence[tuple[str, float]]) -> None:
        """Make messages visible again, each after a delay: pairs of receipt and seconds."""
        for chunk in chunks(delays, BATCH):
            self._change((receipt, min(LONGEST, round(delay))) for receipt, delay in chunk)

    def delete(self, receipts: Sequence[str]) -> int:
        """Delete messages; return how many SQS refused to delete because their leases had ended."""
        failed = 0
        for chunk in chunks(receipts, BATCH):
            entries = [{"Id": str(index), "ReceiptHandle": receipt} for index, receipt in enumerate(chunk)]
            failed += len(self._sqs.delete_message_batch(QueueUrl=self._url, Entries=entries).get("Failed", ()))
        return failed

    def _change(self, timeouts: Iterable[tuple[str, int]]) -> dict[int, str]:
        entries = [
            {"Id": str(index), "ReceiptHandle": receipt, "VisibilityTimeout": seconds}
            for index, (receipt, seconds) in enumerate(timeouts)
        ]
        answer = self._sqs.change_message_visibility_batch(QueueUrl=self._url, Entries=entries)
        return {int(each["Id"]): str(each["Code"]) for each in answer.get("Failed", ())}


def chunks(items: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    """Cut a sequence into pieces of at most `size`."""
    for start in range(0, len(items), size):
        yield items[start : start + size]
