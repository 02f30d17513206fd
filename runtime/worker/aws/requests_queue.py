"""The algorithm's requests queue and overflow queue: receive, renew, give back, delete, in batches."""

import uuid
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TypeVar

from runtime.errors import TransientError
from runtime.worker.aws.trouble import Trouble, of_code
from runtime.worker.jobs.held_job import HeldJob, Receipt
from runtime.worker.jobs.prefetch import BATCH

T = TypeVar("T")
# The codes with which SQS refuses a receipt whose lease has ended; any other failure of one entry may pass.
GONE = {"ReceiptHandleIsInvalid", "InvalidParameterValue", "MessageNotInflight"}
LONGEST = 43_200  # seconds for which SQS keeps a message invisible at most


class RequestsQueue:
    """The two queues, or one. Threads may share it, as they may share `sqs`; `polling` is another, for long polls.

    A receipt is valid for the queue that gave it, and says which that was.
    """

    def __init__(
        self,
        sqs: Any,
        url: str,
        lease_seconds: int,
        poll_seconds: int,
        *,
        overflow_url: str | None = None,
        polling: Any = None,
    ) -> None:
        self._sqs = sqs
        self._polling = polling or sqs
        self._urls = (url, overflow_url)
        self._lease = lease_seconds
        self._poll = poll_seconds

    @property
    def has_overflow(self) -> bool:
        """Whether there is an overflow queue: a release that had one queue may have deployed the worker."""
        return self._urls[True] is not None

    def receive(self, count: int, *, overflow: bool = False, wait: bool = True) -> list[dict[str, Any]]:
        """Receive at most `count` messages, by a long poll or at once.

        Never interrupt it: SQS would lease a message to nobody.
        """
        answer = (self._polling if wait else self._sqs).receive_message(
            QueueUrl=self._urls[overflow],
            MaxNumberOfMessages=count,
            WaitTimeSeconds=self._poll if wait else 0,
            VisibilityTimeout=self._lease,
            MessageSystemAttributeNames=["ApproximateReceiveCount", "MessageGroupId", "SentTimestamp"],
            # After an answer that the network lost, botocore's repeated call gets the same messages.
            ReceiveRequestAttemptId=uuid.uuid4().hex,
        )
        return list(answer.get("Messages", ()))

    def renew(self, jobs: Sequence[HeldJob]) -> list[str | None]:
        """Renew at most ten leases; return for each job None if SQS renewed it, else the code of its refusal."""
        failed = self._change([(job.receipt, self._lease) for job in jobs])
        return [failed.get(job.receipt) for job in jobs]

    def give_back(self, delays: Sequence[tuple[Receipt, float]]) -> None:
        """Make messages visible again, each after a delay: pairs of receipt and seconds."""
        for chunk in chunks(delays, BATCH):
            timeouts = [(receipt, min(LONGEST, round(delay))) for receipt, delay in chunk]
            refused = self._change(timeouts)
            # Once more what may pass: otherwise the others of its group wait for the end of its lease.
            self._change([each for each in timeouts if of_code(refused.get(each[0], "")) is Trouble.PASSING])

    def delete(self, receipts: Sequence[Receipt]) -> None:
        """Delete messages; one whose lease has ended is left to whoever has it now. May be repeated.

        Raises TransientError if SQS refuses some for a while: nobody gets the others of their groups until then.
        """
        passing: set[str] = set()
        for url, group in self._by_queue((receipt, receipt) for receipt in receipts):
            for chunk in chunks(group, BATCH):
                entries = [{"Id": str(index), "ReceiptHandle": each.handle} for index, (each, _) in enumerate(chunk)]
                answer = self._sqs.delete_message_batch(QueueUrl=url, Entries=entries)
                codes = [str(each["Code"]) for each in answer.get("Failed", ())]
                passing |= {code for code in codes if of_code(code) is Trouble.PASSING}
        if passing:
            raise TransientError(f"SQS refused to delete messages: {', '.join(sorted(passing))}")

    def _change(self, timeouts: Sequence[tuple[Receipt, int]]) -> dict[Receipt, str]:
        """Set what is left of leases; return the codes of the receipts that SQS refused."""
        codes: dict[Receipt, str] = {}
        for url, group in self._by_queue(timeouts):
            entries = [
                {"Id": str(index), "ReceiptHandle": receipt.handle, "VisibilityTimeout": seconds}
                for index, (receipt, seconds) in enumerate(group)
            ]
            answer = self._sqs.change_message_visibility_batch(QueueUrl=url, Entries=entries)
            codes |= {group[int(each["Id"])][0]: str(each["Code"]) for each in answer.get("Failed", ())}
        return codes

    def _by_queue(self, pairs: Iterable[tuple[Receipt, T]]) -> Iterator[tuple[str, list[tuple[Receipt, T]]]]:
        """Yield the address of each queue with its own of the pairs, in their order."""
        known = list(pairs)
        for overflow, url in enumerate(self._urls):
            if url and (group := [(receipt, value) for receipt, value in known if receipt.overflow == bool(overflow)]):
                yield url, group


def chunks(items: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    """Cut a sequence into pieces of at most `size`."""
    for start in range(0, len(items), size):
        yield items[start : start + size]
