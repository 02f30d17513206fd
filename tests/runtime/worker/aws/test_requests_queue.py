"""What SQS refuses of a batch for a while is asked for again: until its lease ends, its whole group waits."""

from collections.abc import Callable
from typing import Any

import pytest

from runtime.errors import TransientError
from runtime.worker.aws.requests_queue import RequestsQueue
from runtime.worker.aws.trouble import Trouble, trouble
from runtime.worker.jobs.held_job import Receipt

RECEIPTS = [Receipt(f"r{number}") for number in range(12)]


class Busy:
    """An SQS that refuses each of some receipts once, with its code."""

    def __init__(self, codes: dict[str, str]) -> None:
        self._codes = codes
        self.calls: list[list[str]] = []

    def _batch(self, QueueUrl: str, Entries: list[dict[str, Any]]) -> Any:  # noqa: N803
        self.calls.append([entry["ReceiptHandle"] for entry in Entries])
        refused = {entry["Id"]: self._codes.pop(entry["ReceiptHandle"], None) for entry in Entries}
        return {"Failed": [{"Id": each, "Code": code} for each, code in refused.items() if code]}

    delete_message_batch: Callable[..., Any] = _batch
    change_message_visibility_batch: Callable[..., Any] = _batch


def test_a_message_that_could_not_be_deleted_now_is_deleted_by_the_next_try() -> None:
    sqs = Busy({"r3": "ThrottlingException", "r11": "InternalError"})
    queue = RequestsQueue(sqs, "queue", 60, 5)
    with pytest.raises(TransientError, match="InternalError, ThrottlingException") as raised:
        queue.delete(RECEIPTS)
    assert trouble(raised.value) is Trouble.PASSING
    assert [len(each) for each in sqs.calls] == [10, 2], "what comes after a refusal is deleted all the same"
    queue.delete(RECEIPTS)


def test_a_message_whose_lease_has_ended_is_anothers() -> None:
    RequestsQueue(Busy({"r3": "ReceiptHandleIsInvalid"}), "queue", 60, 5).delete(RECEIPTS)


def test_what_could_not_be_given_back_now_is_given_back_at_once_and_nothing_else_is() -> None:
    sqs = Busy({"r1": "ThrottlingException", "r2": "ReceiptHandleIsInvalid"})
    RequestsQueue(sqs, "queue", 60, 5).give_back([(receipt, 0.0) for receipt in RECEIPTS[:4]])
    assert sqs.calls == [["r0", "r1", "r2", "r3"], ["r1"]]
