"""The scaler on real services and queues of the embedded cloud; its decisions are tested in tests/algorithms."""

import json
import time
import uuid
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from algorithms.declaration import Resources
from algorithms.scaling import IDLE_SECONDS
from runtime.contracts import keys
from runtime.handlers import boto3_clients, compiled, scaler
from runtime.handlers.scaling import ecs_services, looks
from runtime.handlers.table import many, store
from tests.runtime.handlers.deployment import Deployment

RESOURCES = Resources(acceptable_latency=10, typical_seconds=5, min_tasks=0, max_tasks=4)


class Park:
    """Services with queues of their own, in one cluster."""

    def __init__(self, api: Deployment) -> None:
        self.api = api
        self.cluster = f"c{uuid.uuid4().hex[:8]}"
        self.ecs, self.sqs = api.cloud.boto3_client("ecs"), api.cloud.boto3_client("sqs")
        self.ecs.create_cluster(clusterName=self.cluster)
        self.ecs.register_task_definition(family=self.cluster, containerDefinitions=[{"name": "w", "image": "any"}])
        self.resources: dict[str, Resources] = {}
        self.queues: dict[str, str] = {}

    def add(self, name: str, desired: int = 0, resources: Resources = RESOURCES) -> str:
        """Deploy an algorithm."""
        self.ecs.create_service(
            cluster=self.cluster, serviceName=name, taskDefinition=self.cluster, desiredCount=desired
        )
        self.queues[name] = self.sqs.create_queue(QueueName=f"{self.cluster}-{name}")["QueueUrl"]
        self.api.put(pk=keys.service_record(name), queue_url=self.queues[name], cluster=self.cluster, service=name)
        self.resources[name] = resources
        return name

    def send(self, name: str, jobs: int = 1) -> None:
        """Put jobs on its queue."""
        for number in range(jobs):
            self.sqs.send_message(QueueUrl=self.queues[name], MessageBody=str(number))

    def desired(self, name: str) -> int:
        """Return what ECS was told."""
        return self.ecs.describe_services(cluster=self.cluster, services=[name])["services"][0]["desiredCount"]


@pytest.fixture
def park(api: Deployment, monkeypatch: pytest.MonkeyPatch) -> Iterator[Park]:
    """The environment of the function, called in this process; nothing is installed but what a test adds."""
    for name, value in {**api.environment, **api.cloud.environment, "METRICS_NAMESPACE": "imaging/test"}.items():
        monkeypatch.setenv(name, value)
    boto3_clients.boto3_client.cache_clear()
    made = Park(api)
    monkeypatch.setattr(compiled, "resources", lambda: made.resources)
    yield made
    boto3_clients.boto3_client.cache_clear()


@pytest.fixture
def name() -> str:
    """An algorithm that no other test uses."""
    return f"s{uuid.uuid4().hex[:8]}"


def lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_a_job_starts_the_first_task_without_a_poke(park: Park, name: str) -> None:
    park.add(name)
    park.send(name)
    assert scaler.handler({}, None) == {name: 1}
    assert park.desired(name) == 1
    assert scaler.handler({}, None) == {}, "the same look gives the same count"


def test_a_poke_counts_as_a_job_that_the_queue_does_not_show_yet(park: Park, name: str) -> None:
    park.add(name)
    assert scaler.handler({"algorithm": name}, None) == {name: 1}


def test_a_poke_looks_after_one_service_alone(park: Park, name: str) -> None:
    park.add(name)
    other = park.add(f"{name}-other")
    park.send(other)
    assert scaler.handler({"algorithm": name}, None) == {name: 1}
    assert park.desired(other) == 0


def test_a_backlog_starts_tasks_and_never_more_than_declared(park: Park, name: str) -> None:
    park.add(name)
    park.send(name, 30)
    assert scaler.handler({}, None) == {name: 4}


def test_the_last_task_stays_for_the_idle_time_and_then_goes(park: Park, name: str) -> None:
    park.add(name, desired=1)
    assert scaler.handler({}, None) == {}
    (known,) = ecs_services.read([name]).values()
    assert known.memory is not None and known.memory.idle_since is not None
    park.api.change(keys.scale(name), idle_since=int(time.time() - IDLE_SECONDS))
    assert scaler.handler({}, None) == {name: 0}


def test_a_job_that_comes_in_that_very_moment_keeps_the_task(
    park: Park, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    park.add(name, desired=1)
    scaler.handler({}, None)
    park.api.change(keys.scale(name), idle_since=int(time.time() - IDLE_SECONDS))
    answers = iter([ecs_services.Messages(0, 0, 0), ecs_services.Messages(1, 0, 0)])
    monkeypatch.setattr(ecs_services, "messages", lambda _, **__: next(answers))
    assert scaler.handler({}, None) == {}
    assert park.desired(name) == 1


def test_what_it_sees_is_kept_for_estimates(park: Park, name: str) -> None:
    park.add(name, desired=1)
    park.send(name)
    scaler.handler({}, None)
    look = looks.read([name])[name]
    assert look is not None and (look.waiting, look.overflow, look.held) == (1, 0, 0)
    assert abs(look.at - time.time()) < 60


def test_how_long_tasks_have_run_is_kept_for_operators(park: Park, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    park.add(name, desired=2)
    noon = time.time() // 86400 * 86400 + 43200
    monkeypatch.setattr(ecs_services, "describe", lambda batch: dict.fromkeys(batch, ecs_services.Service(2, 2)))
    for now in (noon, noon + 60, noon + 90):
        monkeypatch.setattr(scaler.time, "time", lambda now=now: now)
        scaler.handler({}, None)
    (known,) = ecs_services.read([name]).values()
    assert known.usage is not None and known.usage.task_seconds == 180


def test_a_service_at_rest_is_not_written_of(park: Park, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    park.add(name)
    scaler.handler({}, None)
    assert store.get(keys.scale(name)) is None
    assert [line for line in lines(capsys) if "Algorithm" in line] == []


def test_one_that_fails_holds_up_no_other(park: Park, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    for each in ("a", "b", "c", "d"):
        park.add(f"{each}{name}")
        park.send(f"{each}{name}")
    park.sqs.delete_queue(QueueUrl=park.queues[f"b{name}"])
    park.api.put(
        pk=keys.service_record(f"c{name}"), queue_url=park.queues[f"c{name}"], cluster=park.cluster, service="not-there"
    )
    with pytest.raises(scaler.ScalingError, match="2 of 4 services"):
        scaler.handler({}, None)
    assert (park.desired(f"a{name}"), park.desired(f"d{name}")) == (1, 1)
    told = lines(capsys)[-1]
    assert set(told["failed"]) == {f"b{name}", f"c{name}"}
    assert told["looked"] == 2


def test_one_that_is_not_deployed_yet_is_no_fault(park: Park, name: str) -> None:
    park.resources[name] = RESOURCES
    assert scaler.handler({}, None) == {}


def test_each_look_at_all_reports_how_many_are_short_of_tasks(
    park: Park, name: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    park.add(name, desired=2, resources=Resources(min_tasks=2))
    monkeypatch.setattr(
        ecs_services, "describe", lambda batch: dict.fromkeys(batch, ecs_services.Service(running=1, desired=2))
    )
    scaler.handler({}, None)
    assert lines(capsys)[-1]["UnsteadyServices"] == 0
    park.api.change(keys.scale(name), short_since=int(time.time() - 901))
    scaler.handler({}, None)
    short, told = lines(capsys)
    assert (short["Algorithm"], short["Tasks"], short["WantedTasks"]) == (name, 1, 2)
    assert (told["UnsteadyServices"], told["unsteady"]) == (1, [name])
    (described,) = told["_aws"]["CloudWatchMetrics"]
    assert described["Namespace"] == "imaging/test"
    scaler.handler({"algorithm": name}, None)
    assert "UnsteadyServices" not in lines(capsys)[-1], "a poke is no sign that the schedule is alive"


def test_two_at_once_come_to_the_same_count(park: Park, name: str) -> None:
    park.add(name)
    park.send(name, 6)
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda event: scaler.handler(event, None), [{}, {"algorithm": name}] * 2))
    assert park.desired(name) == 3


class Late:
    """The context of a function that is about to be stopped."""

    aws_request_id = "r"

    def get_remaining_time_in_millis(self) -> int:
        return 1000


def test_what_there_is_no_time_for_is_said_and_left(park: Park, name: str) -> None:
    park.add(name)
    park.send(name)
    with pytest.raises(scaler.ScalingError, match="no time left"):
        scaler.handler({}, Late())
    assert park.desired(name) == 0


class Counting:
    """AWS with so many algorithms at rest; counts the calls."""

    def __init__(self, names: list[str]) -> None:
        self.names = names
        self.calls: dict[str, int] = {}

    def client(self, service: str) -> Any:
        return self

    def _count(self, call: str) -> None:
        self.calls[call] = self.calls.get(call, 0) + 1

    def batch_get_item(self, **arguments: Any) -> dict[str, Any]:
        self._count("BatchGetItem")
        (table,) = arguments["RequestItems"]
        keys_ = [each["pk"]["S"] for each in arguments["RequestItems"][table]["Keys"]]
        assert len(keys_) <= 100
        items = [
            store.pack({"pk": key, "queue_url": key[6:], "cluster": "c", "service": key[6:]})
            for key in keys_
            if key.startswith("route#")
        ]
        return {"Responses": {table: items}, "UnprocessedKeys": {}}

    def describe_services(self, cluster: str, services: list[str]) -> dict[str, Any]:
        self._count("DescribeServices")
        assert len(services) <= 10
        counts = {"runningCount": 0, "desiredCount": 0, "status": "ACTIVE"}
        return {"services": [{"serviceName": each, **counts} for each in services]}

    def get_queue_attributes(self, QueueUrl: str, AttributeNames: list[str]) -> dict[str, Any]:  # noqa: N803
        self._count("GetQueueAttributes")
        return {"Attributes": dict.fromkeys(AttributeNames, "0")}


@pytest.mark.parametrize(
    ("algorithms", "reads", "described"), [(0, 0, 0), (1, 1, 1), (10, 1, 1), (100, 2, 10), (500, 10, 50)]
)
def test_what_a_look_at_services_at_rest_calls(
    park: Park, monkeypatch: pytest.MonkeyPatch, algorithms: int, reads: int, described: int
) -> None:
    names = [f"n{number}" for number in range(algorithms)]
    park.resources = dict.fromkeys(names, RESOURCES)
    cloud = Counting(names)
    for module in (many, ecs_services, store):
        monkeypatch.setattr(module, "boto3_client", cloud.client)
    assert scaler.handler({}, None) == {}
    expected = {"BatchGetItem": reads, "DescribeServices": described, "GetQueueAttributes": algorithms}
    assert cloud.calls == {call: count for call, count in expected.items() if count}


def with_overflow(park: Park, name: str, jobs: int, desired: int = 0) -> None:
    """Deploy an algorithm with jobs on its overflow queue."""
    park.add(name, desired)
    overflow = park.sqs.create_queue(QueueName=f"{park.cluster}-{name}-overflow")["QueueUrl"]
    for number in range(jobs):
        park.sqs.send_message(QueueUrl=overflow, MessageBody=str(number))
    queues = {"queue_url": park.queues[name], "overflow_queue_url": overflow}
    park.api.put(pk=keys.service_record(name), **queues, cluster=park.cluster, service=name)


def test_jobs_beyond_shares_count_as_jobs(park: Park, name: str) -> None:
    with_overflow(park, name, 6)
    assert scaler.handler({}, None) == {name: 3}


def test_a_poke_for_a_job_within_its_share_asks_one_queue_and_takes_no_task(park: Park, name: str) -> None:
    with_overflow(park, name, 6, desired=3)
    assert scaler.handler({"algorithm": name}, None) == {}
    assert park.desired(name) == 3


def test_a_poke_for_a_job_beyond_its_share_counts_both_queues(park: Park, name: str) -> None:
    with_overflow(park, name, 6)
    assert scaler.handler({"algorithm": name, "overflow": True}, None) == {name: 3}


def test_a_new_function_makes_one_client_of_each_service(
    park: Park, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(12):  # described in two calls, counted in twelve
        park.add(f"{name}-{number}")
    made: Counter[str] = Counter()
    make = boto3_clients.boto3.client

    def slow(service: str, **options: Any) -> Any:
        made[service] += 1
        time.sleep(0.1)  # so that threads that make one would meet
        return make(service, **options)  # pyright: ignore

    monkeypatch.setattr(boto3_clients.boto3, "client", slow)
    boto3_clients.boto3_client.cache_clear()
    scaler.handler({}, None)
    assert made == {"dynamodb": 1, "ecs": 1, "sqs": 1}
