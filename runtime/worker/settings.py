"""Reads the worker's settings from the environment, and checks them as a whole."""

from collections.abc import Mapping
from dataclasses import dataclass

from runtime.contracts import keys, shard_topics
from runtime.contracts.shard_topics import ShardTopics
from runtime.contracts.variables import worker_variables

LONGEST_POLL = 20  # seconds that SQS lets a receive wait
REQUIRED = (
    worker_variables.ALGORITHM,
    worker_variables.REQUESTS_QUEUE_URL,
    worker_variables.TABLE_NAME,
    worker_variables.OUTPUT_BUCKET,
    worker_variables.PACS_BUCKET,
    worker_variables.DISTRIBUTION_TOPIC_ARN,
)


class SettingsError(Exception):
    """An environment with which a worker cannot run; the message names every fault."""


@dataclass(frozen=True, slots=True)
class Settings:
    """The worker's settings.

    `shards` are the clients' results topics; the algorithm's results queue subscribes to `distribution_topic_arn`.
    Jobs beyond their clients' shares come from `overflow_queue_url`, if there is one. `lease_seconds` is the queues'
    visibility timeout, `max_attempts` how often a job may begin, `stop_timeout_seconds` how long ECS waits between
    SIGTERM and SIGKILL. `poll_seconds` is how long one receive waits if there is one queue: it is shorter than SQS
    allows because a stop waits for it. `patience_seconds` is how long a dependency may fail before the worker ends.
    """

    algorithm: str
    requests_queue_url: str
    table_name: str
    output_bucket: str
    pacs_bucket: str
    shards: ShardTopics
    distribution_topic_arn: str
    overflow_queue_url: str | None = None
    pacs_key_pattern: str = keys.PACS_KEY_PATTERN
    lease_seconds: int = 60
    max_attempts: int = 3
    stop_timeout_seconds: int = 110
    poll_seconds: int = 5
    patience_seconds: int = 900
    ecs_agent_uri: str | None = None

    @property
    def receive_seconds(self) -> int:
        """How long one receive waits: two queues, each polled for twice as long, cost an idle worker no more calls."""
        return min(LONGEST_POLL, 2 * self.poll_seconds) if self.overflow_queue_url else self.poll_seconds

    @property
    def silence_seconds(self) -> float:
        """How long a call may wait for AWS: the call and its one repetition end before a renewed lease does."""
        return max(1.0, min(10.0, self.lease_seconds / 6))


def from_environment(environment: Mapping[str, str]) -> Settings:
    """Return the settings; raise SettingsError with all faults if there are any."""
    faults = [f"{name} is not set" for name in REQUIRED if not environment.get(name)]
    shards, numbers = ShardTopics(0), dict[str, int]()
    try:
        shards = shard_topics.read(environment)
    except ValueError as error:
        faults.append(str(error))
    for name, default, low, high in (
        (worker_variables.LEASE_SECONDS, 60, 2, 43_200),
        (worker_variables.MAX_ATTEMPTS, 3, 1, 20),
        (worker_variables.STOP_TIMEOUT_SECONDS, 110, 2, 3_600),
        (worker_variables.POLL_SECONDS, 5, 1, 20),
        (worker_variables.PATIENCE_SECONDS, 900, 1, 43_200),
    ):
        text = environment.get(name, str(default))
        numbers[name] = int(text) if text.isascii() and text.isdigit() else -1
        if not low <= numbers[name] <= high:
            faults.append(f"{name} is {text!r}, not a whole number from {low} to {high}")
    if faults:
        raise SettingsError("; ".join(faults))
    return Settings(
        algorithm=environment[worker_variables.ALGORITHM],
        requests_queue_url=environment[worker_variables.REQUESTS_QUEUE_URL],
        table_name=environment[worker_variables.TABLE_NAME],
        output_bucket=environment[worker_variables.OUTPUT_BUCKET],
        pacs_bucket=environment[worker_variables.PACS_BUCKET],
        shards=shards,
        distribution_topic_arn=environment[worker_variables.DISTRIBUTION_TOPIC_ARN],
        overflow_queue_url=environment.get(worker_variables.OVERFLOW_QUEUE_URL) or None,
        pacs_key_pattern=environment.get(worker_variables.PACS_KEY_PATTERN) or keys.PACS_KEY_PATTERN,
        lease_seconds=numbers[worker_variables.LEASE_SECONDS],
        max_attempts=numbers[worker_variables.MAX_ATTEMPTS],
        stop_timeout_seconds=numbers[worker_variables.STOP_TIMEOUT_SECONDS],
        poll_seconds=numbers[worker_variables.POLL_SECONDS],
        patience_seconds=numbers[worker_variables.PATIENCE_SECONDS],
        ecs_agent_uri=environment.get(worker_variables.ECS_AGENT_URI),
    )
