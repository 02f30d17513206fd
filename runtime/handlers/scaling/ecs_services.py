"""What the scaler reads and writes: service records and memories, services in ECS, counts of messages in SQS."""

import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, fields
from typing import Final, NamedTuple

from algorithms.scaling import Memory
from runtime.contracts import keys
from runtime.handlers.boto3_clients import boto3_client
from runtime.handlers.scaling import usage
from runtime.handlers.scaling.looks import Look
from runtime.handlers.scaling.usage import Usage
from runtime.handlers.table import many, store

SERVICES: Final = 10  # that ECS describes at once
READS: Final = 8  # of the same items, if DynamoDB is busy
MEMORY_TTL_SECONDS: Final = 24 * 3600
COUNTS: Final = ("ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible")


@dataclass(frozen=True, slots=True)
class DeployedAlgorithm:
    """A deployed algorithm: its queues, its ECS service, the scaler's memory of it, how long its tasks have run."""

    algorithm: str
    queue_url: str
    overflow_queue_url: str | None
    cluster: str
    service: str
    memory: Memory | None
    usage: Usage | None = None


@dataclass(frozen=True, slots=True)
class Service:
    """How many tasks run, and how many are wanted."""

    running: int
    desired: int


class Messages(NamedTuple):
    """Messages that wait on the requests queue and on the overflow queue (None if not read), and that tasks hold."""

    requests: int
    overflow: int | None
    held: int

    @property
    def waiting(self) -> int:
        """All that wait."""
        return self.requests + (self.overflow or 0)


def read(names: Iterable[str]) -> dict[str, DeployedAlgorithm]:
    """Return the algorithms among `names` that are deployed: those that have a service record."""
    algorithms = list(names)
    pks = [key(name) for name in algorithms for key in (keys.service_record, keys.scale)]
    items = many.read(pks, consistent=False, tries=READS)
    known: dict[str, DeployedAlgorithm] = {}
    for name in algorithms:
        if record := items.get(keys.service_record(name)):
            kept = items.get(keys.scale(name))
            known[name] = DeployedAlgorithm(
                name,
                record["queue_url"],
                record.get("overflow_queue_url"),
                record["cluster"],
                record["service"],
                _memory(kept),
                usage.of_item(kept),
            )
    return known


def batches(known: Mapping[str, DeployedAlgorithm]) -> Iterator[dict[str, DeployedAlgorithm]]:
    """Yield batches of at most ten services of one cluster, as DescribeServices takes them."""
    clusters: defaultdict[str, list[DeployedAlgorithm]] = defaultdict(list)
    for each in known.values():
        clusters[each.cluster].append(each)
    for members in clusters.values():
        for start in range(0, len(members), SERVICES):
            yield {each.algorithm: each for each in members[start : start + SERVICES]}


def describe(batch: Mapping[str, DeployedAlgorithm]) -> dict[str, Service]:
    """Return the services of a batch that are there."""
    algorithms = {each.service: each.algorithm for each in batch.values()}
    (cluster,) = {each.cluster for each in batch.values()}
    services = boto3_client("ecs").describe_services(cluster=cluster, services=list(algorithms))["services"]
    return {
        algorithms[each["serviceName"]]: Service(each["runningCount"], each["desiredCount"])
        for each in services
        if each["status"] == "ACTIVE"
    }


def messages(known: DeployedAlgorithm, *, overflow: bool = True) -> Messages:
    """Return how many messages there are; without `overflow`, on the requests queue alone."""
    waiting, held = _count(known.queue_url)
    if not overflow:
        return Messages(waiting, None, held)
    more, more_held = _count(known.overflow_queue_url) if known.overflow_queue_url else (0, 0)
    return Messages(waiting, more, held + more_held)


def _count(url: str) -> tuple[int, int]:
    answer = boto3_client("sqs").get_queue_attributes(QueueUrl=url, AttributeNames=list(COUNTS))
    return int(answer["Attributes"][COUNTS[0]]), int(answer["Attributes"][COUNTS[1]])


def set_count(known: DeployedAlgorithm, tasks: int) -> None:
    """Have ECS run that many tasks."""
    boto3_client("ecs").update_service(cluster=known.cluster, service=known.service, desiredCount=tasks)


def write(algorithm: str, memory: Memory, look: Look, used: Usage) -> None:
    """Keep what was seen for the next round, for estimates, and for what operators see."""
    values = {name: value for name, value in asdict(memory).items() if value is not None}
    values |= look.attributes() | used.attributes()
    store.put({"pk": keys.scale(algorithm), **values, "expires": store.expires(MEMORY_TTL_SECONDS)})


def _memory(item: store.Item | None) -> Memory | None:
    if item is None or item["expires"] < time.time():
        return None
    return Memory(**{each.name: item[each.name] for each in fields(Memory) if each.name in item})
