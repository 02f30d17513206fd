"""A lease counts as renewed only if SQS says so; a job whose lease is gone is stopped."""

import time
from types import SimpleNamespace
from typing import Any

import pytest

from runtime.contracts.models import InputReference, JobMessage
from runtime.worker.aws.requests_queue import RequestsQueue
from runtime.worker.jobs.held_job import HeldJob, Receipt, Stop
from runtime.worker.jobs.held_jobs import HeldJobs
from runtime.worker.jobs.prefetch import Prefetch
from runtime.worker.steps.heartbeat import Heartbeat

SECONDS = 60


class Sqs:
    """An SQS that refuses single entries, by receipt, and calls with the receipt `broken`."""

    def __init__(self, refused: dict[str, str], broken: str = "") -> None:
        self._refused = refused
        self._broken = broken

    def change_message_visibility_batch(self, QueueUrl: str, Entries: list[dict[str, Any]]) -> Any:  # noqa: N803
        receipts = [entry["ReceiptHandle"] for entry in Entries]
        if self._broken in receipts:
            raise TimeoutError("SQS is silent")
        return {
            "Failed": [{"Id": str(i), "Code": self._refused[r]} for i, r in enumerate(receipts) if r in self._refused]
        }


def jobs(count: int, seconds: float = 5.0) -> list[HeldJob]:
    pacs = InputReference(study_id="1", series_id="2", image_id="3")
    batch: list[HeldJob] = []
    for number in range(count):
        message = JobMessage(
            job_id=f"{number:032x}",
            client_id="0" * 16,
            shard=0,
            algorithm="a",
            pacs=pacs,
            parameters={},
            outputs=("preview",),
            accepted_at=1,
        )
        batch.append(
            HeldJob(message, Receipt(f"r{number}"), str(number), 1, time.monotonic() + seconds, {"started": 1})
        )
    return batch


def beat(sqs: Sqs, batch: list[HeldJob]) -> dict[str, Stop]:
    """Renew all leases and return which jobs were stopped, by receipt."""
    stopped: dict[str, Stop] = {}
    computer: Any = SimpleNamespace(interrupt=lambda job, stop: stopped.update({job.receipt.handle: stop}))
    hold = HeldJobs(Prefetch(1))
    hold.add(batch)
    Heartbeat(RequestsQueue(sqs, "queue", SECONDS, 5), hold, computer, SECONDS)._renew(batch)  # pyright: ignore[reportPrivateUsage]
    return stopped


def renewed(job: HeldJob) -> bool:
    return job.lease_until > time.monotonic() + SECONDS / 2


def test_leases_that_sqs_renewed_count_and_no_others() -> None:
    batch = jobs(3)
    assert beat(Sqs({"r0": "InternalError", "r2": "ThrottlingException"}), batch) == {}
    assert [renewed(job) for job in batch] == [False, True, False]


def test_a_job_whose_lease_is_gone_is_stopped() -> None:
    assert beat(Sqs({"r1": "ReceiptHandleIsInvalid"}), jobs(2)) == {"r1": Stop.LOST}


@pytest.mark.parametrize("sqs", [Sqs({"r0": "InternalError"}), Sqs({}, broken="r0")])
def test_a_lease_that_ends_while_sqs_fails_is_gone(sqs: Sqs) -> None:
    assert beat(sqs, jobs(1, seconds=-0.1)) == {"r0": Stop.LOST}


def test_a_call_that_fails_costs_no_other_call_its_leases() -> None:
    batch = jobs(15)
    assert beat(Sqs({}, broken="r0"), batch) == {}
    assert [renewed(job) for job in batch] == [False] * 10 + [True] * 5


def test_each_call_is_a_sign_of_life_because_many_that_hang_last_longer_than_a_thread_may() -> None:
    batch, signs, nothing = jobs(25), list[bool](), HeldJobs(Prefetch(1))
    computer: Any = SimpleNamespace()
    queue = RequestsQueue(Sqs({}), "queue", SECONDS, 5)
    Heartbeat(queue, nothing, computer, SECONDS, lambda: signs.append(True))._renew(batch)  # pyright: ignore[reportPrivateUsage]
    assert len(signs) == 3
