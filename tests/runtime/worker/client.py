"""A client of one worker, with a client queue of its own."""

import time
from dataclasses import dataclass, field
from typing import Any

from runtime.contracts.models import JobResult


@dataclass
class Client:
    """A client, with a client queue of its own."""

    client_id: str
    queue: str
    shard: int
    sqs: Any
    seen: dict[str, list[JobResult]] = field(default_factory=dict[str, list[JobResult]])

    def poll(self, wait: int = 1) -> None:
        """Receive and acknowledge once."""
        for message in self.sqs.receive_message(QueueUrl=self.queue, MaxNumberOfMessages=10, WaitTimeSeconds=wait).get(
            "Messages", []
        ):
            result = JobResult.model_validate_json(message["Body"])
            self.seen.setdefault(result.job_id, []).append(result)
            self.sqs.delete_message(QueueUrl=self.queue, ReceiptHandle=message["ReceiptHandle"])

    def wait(self, *job_ids: str, seconds: float = 60) -> list[JobResult]:
        """Return the results of jobs, each of which must have exactly one."""
        deadline = time.monotonic() + seconds
        while any(job_id not in self.seen for job_id in job_ids):
            assert time.monotonic() < deadline, f"no result of {[j for j in job_ids if j not in self.seen]}"
            self.poll()
        assert all(len(self.seen[job_id]) == 1 for job_id in job_ids)
        return [self.seen[job_id][0] for job_id in job_ids]
