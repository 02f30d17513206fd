"""An algorithm's queues and tasks, as SQS and ECS count them."""

import json
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from runtime.contracts import keys
from runtime.contracts.items import pack, unpack
from runtime.operation.system import System

THREADS: Final = 8
SERVICES: Final = 10  # that ECS describes at once
DEAD_LETTERS: Final = "dead letters"
COUNTS: Final = ("ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible")


@dataclass(frozen=True, slots=True)
class Load:
    """How many jobs wait, how many the workers hold, how many tasks run, and how many the scaler wants."""

    waiting: int
    held: int
    running: int
    wanted: int


@dataclass(frozen=True, slots=True)
class Queue:
    """One queue: whose it is, what it is for, and how many messages wait in it and are in flight."""

    algorithm: str
    role: str
    waiting: int
    in_flight: int


def loads(system: System) -> dict[str, Load]:
    """Return the load of each deployed algorithm, in the order of their names."""
    return _loads(system, dead_letters=False)[0]


def depths(system: System) -> list[Queue]:
    """Return the queues of each deployed algorithm: of requests, beyond the fair share, and of dead letters."""
    return _flat(_depths(system, _records(system), dead_letters=True))


def loads_and_depths(system: System) -> tuple[dict[str, Load], list[Queue]]:
    """Return what `loads` and `depths` return, of one look."""
    loads, depths = _loads(system, dead_letters=True)
    return loads, _flat(depths)


def _loads(system: System, *, dead_letters: bool) -> tuple[dict[str, Load], dict[str, list[Queue]]]:
    records = _records(system)
    tasks = _tasks(system.boto3_client("ecs"), records)
    depths = _depths(system, records, dead_letters=dead_letters)
    found: dict[str, Load] = {}
    for name, each in records.items():
        jobs = [queue for queue in depths[name] if queue.role != DEAD_LETTERS]
        waiting, held = sum(queue.waiting for queue in jobs), sum(queue.in_flight for queue in jobs)
        found[name] = Load(waiting, held, *tasks.get(each["service"], (0, 0)))
    return found, depths


def _depths(system: System, records: Mapping[str, Mapping[str, Any]], *, dead_letters: bool) -> dict[str, list[Queue]]:
    read = partial(_queues, system.boto3_client("sqs"), dead_letters=dead_letters)
    with ThreadPoolExecutor(THREADS) as pool:
        return dict(zip(records, pool.map(read, records, records.values()), strict=True))


def _flat(depths: Mapping[str, list[Queue]]) -> list[Queue]:
    return [queue for each in depths.values() for queue in each]


def _queues(sqs: Any, algorithm: str, service_record: Mapping[str, Any], *, dead_letters: bool) -> list[Queue]:
    names = [*COUNTS, "RedrivePolicy"] if dead_letters else list(COUNTS)
    requests = sqs.get_queue_attributes(QueueUrl=service_record["queue_url"], AttributeNames=names)["Attributes"]
    found = [Queue(algorithm, "requests", *_counts(requests))]
    others = {"overflow": service_record.get("overflow_queue_url")}
    if policy := requests.get("RedrivePolicy"):
        *_, account, name = json.loads(policy)["deadLetterTargetArn"].split(":")
        others[DEAD_LETTERS] = sqs.get_queue_url(QueueName=name, QueueOwnerAWSAccountId=account)["QueueUrl"]
    for role, url in others.items():
        if url:
            attributes = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=list(COUNTS))["Attributes"]
            found.append(Queue(algorithm, role, *_counts(attributes)))
    return found


def _counts(attributes: Mapping[str, str]) -> tuple[int, int]:
    return int(attributes[COUNTS[0]]), int(attributes[COUNTS[1]])


def _records(system: System) -> dict[str, dict[str, Any]]:
    table = system.boto3_client("dynamodb")
    return {name: found for name in system.algorithms if (found := _record(table, system.table, name))}


def _record(table: Any, name: str, algorithm: str) -> dict[str, Any] | None:
    answer = table.get_item(TableName=name, Key=pack({"pk": keys.service_record(algorithm)}))
    return unpack(answer["Item"]) if "Item" in answer else None


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
