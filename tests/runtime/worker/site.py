"""The surroundings of one worker: its queues, jobs table, buckets and topics."""

import json
import os
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from runtime.contracts import keys
from runtime.contracts.messages import encode_job
from runtime.contracts.models import InputReference, JobMessage, JobResult
from runtime.local.emulator.emulator import Emulator
from runtime.local.processes import guard
from tests.runtime.worker.client import Client
from tests.runtime.worker.process import WorkerProcess

LEASE = 3


IMAGE = InputReference(study_id="1.2.3", series_id="1.2.3.4", image_id="1.2.3.4.5", scope="image")


@dataclass
class Site:
    """The surroundings of one algorithm's workers; each test has its own queue in the shared cloud."""

    cloud: Emulator
    folder: Path
    table: str
    output_bucket: str
    pacs_bucket: str
    topics: list[str]
    distribution_topic: str
    queue: str
    overflow: str
    dead: str
    algorithm: str
    client: Client

    @property
    def runs_file(self) -> Path:
        """The file in which the algorithm notes each run."""
        return self.folder / "runs"

    def job(self, mood: str = "nothing", *, tag: str = "", **changes: Any) -> JobMessage:
        """Return a job whose algorithm runs in this mood."""
        parameters = {"mood": mood, "tag": tag, **changes.pop("parameters", {})}
        defaults = {
            "job_id": uuid.uuid4().hex,
            "client_id": self.client.client_id,
            "shard": self.client.shard,
            "algorithm": self.algorithm,
            "pacs": IMAGE,
            "parameters": parameters,
            "outputs": ("preview", "mosaic", "values"),
            "accepted_at": time.time_ns() // 1_000_000,
        }
        return JobMessage(**{**defaults, **changes})

    def put_item(self, job: JobMessage, state: str = "queued", **more: Any) -> None:
        """Write a job's item as the router does."""
        item = {
            "pk": {"S": keys.job(job.job_id)},
            "state": {"S": state},
            "client_id": {"S": job.client_id},
            "algorithm": {"S": job.algorithm},
            "shard": {"N": str(job.shard)},
            "request": {"S": encode_job(job)},
            "untold_to": {"S": job.client_id},
            **more,
        }
        self.cloud.boto3_client("dynamodb").put_item(TableName=self.table, Item=item)

    def send(self, mood: str = "nothing", *, group: str | None = None, overflow: bool = False, **changes: Any) -> str:
        """Ask for a job as the router does, and return its id."""
        return self.send_job(self.job(mood, **changes), group, overflow=overflow)

    def send_job(self, job: JobMessage, group: str | None = None, *, overflow: bool = False) -> str:
        """Ask for a job as the router does, and return its id."""
        self.put_item(job)
        self.send_body(encode_job(job), group or job.job_id, overflow=overflow)
        return job.job_id

    def send_body(self, body: str, group: str = "any", *, overflow: bool = False) -> None:
        """Put a message on the requests queue, or on the overflow queue."""
        self.cloud.boto3_client("sqs").send_message(
            QueueUrl=self.overflow if overflow else self.queue,
            MessageBody=body,
            MessageGroupId=group,
            MessageDeduplicationId=uuid.uuid4().hex,
        )

    def item(self, job_id: str) -> dict[str, Any]:
        """Return a job's item, flat."""
        answer = self.cloud.boto3_client("dynamodb").get_item(
            TableName=self.table, Key={"pk": {"S": keys.job(job_id)}}, ConsistentRead=True
        )
        return {name: next(iter(value.values())) for name, value in answer["Item"].items()}

    def update(self, job_id: str, **values: Any) -> None:
        """Set attributes of a job's item."""
        self.cloud.boto3_client("dynamodb").update_item(
            TableName=self.table,
            Key={"pk": {"S": keys.job(job_id)}},
            UpdateExpression="SET " + ", ".join(f"#{name} = :{name}" for name in values),
            ExpressionAttributeNames={f"#{name}": name for name in values},
            ExpressionAttributeValues={f":{name}": value for name, value in values.items()},
        )

    def manifest(self, job_id: str) -> JobResult:
        """Return a job's manifest."""
        key = keys.manifest(self.client.client_id, job_id)
        body = self.cloud.boto3_client("s3").get_object(Bucket=self.output_bucket, Key=key)["Body"].read()
        return JobResult.model_validate_json(body)

    def left(self, queue: str | None = None) -> tuple[int, int]:
        """Return how many messages are visible and in flight."""
        names = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"]
        answer = self.cloud.boto3_client("sqs").get_queue_attributes(QueueUrl=queue or self.queue, AttributeNames=names)
        return int(answer["Attributes"][names[0]]), int(answer["Attributes"][names[1]])

    def wait_empty(self, seconds: float = 30, queue: str | None = None) -> None:
        """Wait until the requests queue, or another, holds nothing."""
        deadline = time.monotonic() + seconds
        while self.left(queue) != (0, 0):
            assert time.monotonic() < deadline, self.left(queue)
            time.sleep(0.05)

    @contextmanager
    def worker(self, **variables: str) -> Iterator[WorkerProcess]:
        """A worker process, killed at the end if it still runs."""
        output = self.folder / f"worker-{uuid.uuid4().hex}.log"
        environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("AWS_")},
            **self.cloud.environment,
            "PYTHONPATH": str(self.folder / "plugin"),
            "MOODY_RUNS": str(self.runs_file),
            "ALGORITHM": self.algorithm,
            "REQUESTS_QUEUE_URL": self.queue,
            "TABLE_NAME": self.table,
            "OUTPUT_BUCKET": self.output_bucket,
            "PACS_BUCKET": self.pacs_bucket,
            "RESULTS_TOPIC_ARNS": json.dumps(self.topics),
            "DISTRIBUTION_TOPIC_ARN": self.distribution_topic,
            "LEASE_SECONDS": str(LEASE),
            "STOP_TIMEOUT_SECONDS": "10",
            "POLL_SECONDS": "1",
            "TMPDIR": str(self.folder / "tmp"),
            **variables,
        }
        with output.open("wb") as log:
            process = subprocess.Popen(
                guard.command(sys.executable, "-m", "runtime.worker"),
                env=environment,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        worker = WorkerProcess(process, output, self.runs_file)
        try:
            yield worker
        finally:
            if process.poll() is None:
                process.kill()
                process.wait()


@dataclass(frozen=True)
class Shared:
    """The resources that all tests of this process share."""

    table: str
    output_bucket: str
    pacs_bucket: str
    topics: list[str]
    distribution_topic: str
