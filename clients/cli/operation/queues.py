"""An algorithm's queues and tasks, as SQS and ECS count them."""

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, Final

from clients.cli.operation.system import System
from runtime.contracts import keys
from runtime.contracts.items import pack, unpack

THREADS: Final = 8
SERVICES: Final = 10  # that ECS describes at once
COUNTS: Final = ("ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible")


@dataclass(frozen=True, slots=True)
class Load:
    """How many jobs wait, how many the workers hold, how many tasks run, and how many the scaler wants."""

    waiting: int
    held: int
    running: int
    wanted: int


def loads(system: System) -> dict[str, Load]:
    """Return the load of each deployed algorithm, in the order of their names."""
    table = system.boto3_client("dynamodb")
    records = {name: found for name in system.algorithms if (found := _record(table, system.table, name))}
    tasks = _tasks(system.boto3_client("ecs"), records)
    sqs = system.boto3_client("sqs")
    with ThreadPoolExecutor(THREADS) as pool:
        messages = dict(zip(records, pool.map(lambda each: _messages(sqs, each), records.values()), strict=True))
    return {name: Load(*messages[name], *tasks.get(each["service"], (0, 0))) for name, each in records.items()}


def _record(table: Any, name: str, algorithm: str) -> dict[str, Any] | None:
    answer = table.get_item(TableName=name, Key=pack({"pk": keys.service_record(algorithm)}))
    return unpack(answer["Item"]) if "Item" in answer else None


def _messages(sqs: Any, service_record: Mapping[str, Any]) -> tuple[int, int]:
    waiting = held = 0
    for url in filter(None, (service_record["queue_url"], service_record.get("overflow_queue_url"))):
        counts = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=list(COUNTS))["Attributes"]
        waiting += int(counts[COUNTS[0]])
        held += int(counts[COUNTS[1]])
    return waiting, held


def _tasks(ecs: Any, records: Mapping[str, Mapping[str, Any]]) -> dict[str, tuple[int, int]]:
    clusters: dict[str, list[str]] = {}
    for each in records.values():
        clusters.setdefault(each["cluster"], []).append(each["service"])
    found: dict[str, tuple[int, int]] = {}
    for cluster, services in clusters.items():
        for group in _groups(services):
            for each in ecs.describe_services(cluster=cluster, services=group)["services"]:
                found[each["serviceName"]] = (each["runningCount"], each["desiredCount"])
    return found


def _groups(services: Sequence[str]) -> list[list[str]]:
    return [list(services[start : start + SERVICES]) for start in range(0, len(services), SERVICES)]
