"""The surroundings of a worker, all real: its queue, jobs table, buckets and topics; and worker processes."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from pydicom.data import get_testdata_file

from runtime.contracts import keys
from runtime.contracts.messages import encode_job
from runtime.contracts.models import InputReference, JobMessage, JobResult
from runtime.local.emulator.emulator import REGION, Emulator
from runtime.local.processes import guard

LEASE = 3
PLUGIN = Path(__file__).parent / "plugin" / "moody.py"
IMAGE = InputReference(study_id="1.2.3", series_id="1.2.3.4", image_id="1.2.3.4.5", scope="image")


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

    def wait(self, *job_ids: str, seconds: float = 25) -> list[JobResult]:
        """Return the results of jobs, each of which must have exactly one."""
        deadline = time.monotonic() + seconds
        while any(job_id not in self.seen for job_id in job_ids):
            assert time.monotonic() < deadline, f"no result of {[j for j in job_ids if j not in self.seen]}"
            self.poll()
        assert all(len(self.seen[job_id]) == 1 for job_id in job_ids)
        return [self.seen[job_id][0] for job_id in job_ids]


@dataclass
class WorkerProcess:
    """A process of `python -m runtime.worker`, its log, and the file of its runs."""

    process: subprocess.Popen[bytes]
    output: Path
    runs_file: Path

    def log(self, event: str | None = None) -> list[dict[str, Any]]:
        """Return the lines that the worker itself logged."""
        lines = [line for line in self.output.read_text().splitlines() if line.startswith('{"time"')]
        return [line for line in map(json.loads, lines) if event in (None, line["event"])]

    def wait_log(self, event: str, seconds: float = 20) -> dict[str, Any]:
        """Wait for a line of this event, and return the first."""
        deadline = time.monotonic() + seconds
        while not (lines := self.log(event)):
            assert time.monotonic() < deadline and self.process.poll() is None, self.output.read_text()
            time.sleep(0.02)
        return lines[0]

    def wait_run(self, tag: str, seconds: float = 20) -> int:
        """Wait until the job with this tag runs and return the process that runs it."""
        deadline = time.monotonic() + seconds
        while not (processes := runs(self.runs_file, tag)):
            assert time.monotonic() < deadline, self.output.read_text()
            time.sleep(0.02)
        return processes[-1]

    def stop(self, seconds: float = 20) -> int:
        """Send SIGTERM and return the exit status."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(seconds)


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

    def wait_empty(self, seconds: float = 10, queue: str | None = None) -> None:
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


def runs(file: Path, tag: str) -> list[int]:
    """Return the processes that ran the job with this tag, one for each time it ran."""
    lines = [line.split() for line in file.read_text().splitlines()] if file.exists() else []
    return [int(line[1]) for line in lines if len(line) == 3 and line[0] == tag]


def install(folder: Path) -> None:
    """Install the moody and the hostile algorithm, each as a distribution of its own."""
    plugin = folder / "plugin"
    for name in ("moody", "hostile"):
        info = plugin / f"{name}-1.0.dist-info"
        info.mkdir(parents=True)
        shutil.copy(PLUGIN.with_stem(name), plugin)
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
        (info / "entry_points.txt").write_text(f"[imaging.algorithms]\n{name} = {name}\n")
    (folder / "tmp").mkdir()


@dataclass(frozen=True)
class Shared:
    """The resources that all tests of this process share."""

    table: str
    output_bucket: str
    pacs_bucket: str
    topics: list[str]
    distribution_topic: str


@pytest.fixture(scope="session")
def shared(cloud: Emulator) -> Shared:
    """The jobs table, buckets, two shards for clients and the topic of the plugin's distribution."""
    name = f"worker-{uuid.uuid4().hex[:8]}"
    cloud.boto3_client("dynamodb").create_table(
        TableName=name,
        KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "pk", "AttributeType": "S"}],
        BillingMode="PAY_PER_REQUEST",
    )
    s3 = cloud.boto3_client("s3")
    for bucket in (f"{name}-out", f"{name}-pacs"):
        s3.create_bucket(Bucket=bucket, CreateBucketConfiguration={"LocationConstraint": REGION})
    file = get_testdata_file("CT_small.dcm")
    assert isinstance(file, str)
    key = f"{IMAGE.study_id}/{IMAGE.series_id}/{IMAGE.image_id}.dcm"
    s3.put_object(Bucket=f"{name}-pacs", Key=key, Body=Path(file).read_bytes())
    topics = [
        cloud.boto3_client("sns").create_topic(Name=f"{name}-{topic}.fifo", Attributes={"FifoTopic": "true"})[
            "TopicArn"
        ]
        for topic in (0, 1, "moody")
    ]
    return Shared(name, f"{name}-out", f"{name}-pacs", topics[:2], topics[2])


@contextmanager
def new_site(cloud: Emulator, shared: Shared, folder: Path, algorithm: str) -> Iterator[Site]:
    """Make a queue pair, a client on the second shard, and a folder with the plugin."""
    install(folder)
    client_id = uuid.uuid4().hex[:16]
    dead = _queue(cloud, f"dead-{client_id}")
    redrive = {"deadLetterTargetArn": _arn(cloud, dead), "maxReceiveCount": "100"}
    queue, overflow = (
        _queue(cloud, f"{role}-{client_id}", RedrivePolicy=json.dumps(redrive)) for role in ("requests", "overflow")
    )
    inbox = _queue(cloud, f"client-{client_id}")
    cloud.boto3_client("sns").subscribe(
        TopicArn=shared.topics[1],
        Protocol="sqs",
        Endpoint=_arn(cloud, inbox),
        Attributes={"RawMessageDelivery": "true", "FilterPolicy": json.dumps({"client_id": [client_id]})},
    )
    client = Client(client_id, inbox, 1, cloud.boto3_client("sqs"))
    yield Site(
        cloud, folder, **vars(shared), queue=queue, overflow=overflow, dead=dead, algorithm=algorithm, client=client
    )
    for url in (queue, overflow, dead, inbox):
        cloud.boto3_client("sqs").delete_queue(QueueUrl=url)


@pytest.fixture
def site(cloud: Emulator, shared: Shared, tmp_path: Path) -> Iterator[Site]:
    """A site of the algorithm with time."""
    with new_site(cloud, shared, tmp_path, "moody_long") as own:
        yield own


@pytest.fixture(scope="module")
def served(
    cloud: Emulator, shared: Shared, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Site, WorkerProcess]]:
    """A site of the algorithm with time, and one worker for all tests of the module."""
    folder: Path = tmp_path_factory.mktemp("served")
    with new_site(cloud, shared, folder, "moody_long") as own, own.worker() as running:
        yield own, running
        assert running.stop() == 0


def _queue(cloud: Emulator, name: str, **attributes: str) -> str:
    settings = {"FifoQueue": "true", "VisibilityTimeout": str(LEASE), **attributes}
    return str(cloud.boto3_client("sqs").create_queue(QueueName=f"{name}.fifo", Attributes=settings)["QueueUrl"])


def _arn(cloud: Emulator, queue: str) -> str:
    attributes = cloud.boto3_client("sqs").get_queue_attributes(QueueUrl=queue, AttributeNames=["QueueArn"])[
        "Attributes"
    ]
    return str(attributes["QueueArn"])
