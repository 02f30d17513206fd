"""Which queue takes a job: a client's share of an algorithm, what is beyond it, and ordered jobs."""

import json
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import pytest

from algorithms.declaration import Resources
from algorithms.shares import fair_groups, fair_share
from runtime.contracts import keys
from runtime.handlers import boto3_clients
from runtime.handlers.http.auth import Client
from runtime.handlers.job import mend
from runtime.handlers.job.request import submit
from runtime.handlers.job.request.claim import Claim
from runtime.handlers.log import Line
from runtime.handlers.table import store
from tests.runtime.handlers.deployment import Deployment

SHARE, GROUPS = 4, 2


@dataclass
class Service:
    """An algorithm with two queues, called in this process."""

    api: Deployment
    name: str
    requests: str
    overflow: str

    def post(self, client: str, ordering_key: str | None = None, key: str | None = None) -> str:
        """Submit a job; return its id."""
        shared = {"pacs": {}, "parameters": {}, "outputs": [], "callback": {}}
        body: dict[str, Any] = {**shared, "ordering_key": ordering_key}
        caller = Client(client, 0, "", {})
        claim = Claim(key, "") if key else None
        return submit.submit(caller, self.name, body, claim, Line("router", None))[0]

    def end(self, *job_ids: str, attempts: int = 1, state: str = "succeeded") -> None:
        """Play the worker that ends jobs."""
        for job_id in job_ids:
            store.change(keys.job(job_id), {"state": state, "attempts": attempts}, remove=("untold_to",))

    def taken(self, queue: str) -> list[tuple[str, str]]:
        """Take all messages of a queue; return each one's job and deduplication id."""
        sqs = self.api.cloud.boto3_client("sqs")
        taken: list[tuple[str, str]] = []
        while messages := sqs.receive_message(
            QueueUrl=queue, MaxNumberOfMessages=10, MessageSystemAttributeNames=["All"]
        ).get("Messages"):
            for each in messages:
                taken.append((json.loads(each["Body"])["job_id"], each["Attributes"]["MessageDeduplicationId"]))
                sqs.delete_message(QueueUrl=queue, ReceiptHandle=each["ReceiptHandle"])
        return taken

    def jobs(self, queue: str) -> list[str]:
        """Take all messages of a queue; return their jobs."""
        return [job_id for job_id, _ in self.taken(queue)]


@pytest.fixture
def service(api: Deployment, monkeypatch: pytest.MonkeyPatch) -> Iterator[Service]:
    """An algorithm of its own for each test."""
    for name, value in {**api.environment, **api.cloud.environment}.items():
        monkeypatch.setenv(name, value)
    boto3_clients.boto3_client.cache_clear()
    name = f"a{uuid.uuid4().hex[:8]}"
    sqs = api.cloud.boto3_client("sqs")
    queues = [
        sqs.create_queue(QueueName=f"{name}-{role}.fifo", Attributes={"FifoQueue": "true"})["QueueUrl"]
        for role in ("requests", "overflow")
    ]
    api.put(
        pk=keys.service_record(name),
        queue_url=queues[0],
        overflow_queue_url=queues[1],
        fair_share=SHARE,
        fair_groups=GROUPS,
        cluster="c",
        service="s",
    )
    yield Service(api, name, *queues)
    boto3_clients.boto3_client.cache_clear()


@pytest.fixture
def alice() -> str:
    return uuid.uuid4().hex[:16]


@pytest.fixture
def bob() -> str:
    return uuid.uuid4().hex[:16]


def test_what_a_client_has_beyond_its_share_goes_to_the_overflow_queue(service: Service, alice: str, bob: str) -> None:
    flood = [service.post(alice) for _ in range(SHARE + 3)]
    single = service.post(bob)
    assert sorted(service.jobs(service.requests)) == sorted([*flood[:SHARE], single])
    assert sorted(service.jobs(service.overflow)) == sorted(flood[SHARE:])
    service.end(*flood)
    within = service.post(alice)
    assert service.jobs(service.requests) == [within]


def test_a_job_that_was_never_sent_is_sent_to_its_own_queue(
    service: Service, alice: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    flood = [service.post(alice) for _ in range(SHARE)]
    with monkeypatch.context() as crash, pytest.raises(RuntimeError):
        crash.setattr(submit, "send", lambda *_: (_ for _ in ()).throw(RuntimeError))
        service.post(alice, key="k")
    lost = store.get(keys.idempotency(alice, "k"))
    assert lost is not None
    service.end(*flood)  # within its share a new one would go elsewhere
    job = store.get(keys.job(lost["job_id"]))
    assert job is not None and job["state"] == "accepted"
    service.jobs(service.requests)
    old = job["t_accepted"] - mend.GRACE_MS - 1
    assert mend.mend({**job, "t_accepted": old}, job["t_accepted"]) == mend.RESENT
    store.change(job["pk"], {"state": "accepted"})
    assert service.post(alice, key="k") == lost["job_id"]
    assert service.taken(service.overflow) == [(lost["job_id"], lost["job_id"])], "the repetition is dropped"
    assert service.jobs(service.requests) == []


def test_a_service_of_a_release_with_one_queue_takes_all_jobs_there(service: Service, alice: str) -> None:
    service.api.put(pk=keys.service_record(service.name), queue_url=service.requests, cluster="c", service="s")
    sent = [service.post(alice, ordering_key=key) for key in ["a", None] * SHARE]
    assert sorted(service.jobs(service.requests)) == sorted(sent)
    assert store.get(keys.group(alice, service.name, "a")) is None


def test_an_ordering_key_that_begins_within_the_share_stays_on_the_requests_queue(service: Service, alice: str) -> None:
    ordered = [service.post(alice, "a")]
    for _ in range(SHARE + 2):
        service.post(alice)
    ordered += [service.post(alice, "a"), service.post(alice, "a")]
    assert [each for each in service.jobs(service.requests) if each in ordered] == ordered


def test_more_ordering_keys_than_the_share_begin_on_the_overflow_queue(service: Service, alice: str) -> None:
    sent = [service.post(alice, f"key-{number}") for number in range(GROUPS + 2)]
    assert sorted(service.jobs(service.requests)) == sorted(sent[:GROUPS])
    assert sorted(service.jobs(service.overflow)) == sorted(sent[GROUPS:])


def test_an_ordering_key_changes_queues_when_its_last_job_has_run(service: Service, alice: str) -> None:
    flood = [service.post(alice) for _ in range(SHARE)]
    beyond = [service.post(alice, "a"), service.post(alice, "a")]
    service.end(*flood, beyond[0])
    beyond.append(service.post(alice, "a"))  # the second is open
    service.end(*beyond)
    within = service.post(alice, "a")
    assert [each for each in service.jobs(service.overflow) if each in beyond] == beyond
    assert service.jobs(service.requests)[-1] == within
    service.end(within)
    more = [service.post(alice) for _ in range(SHARE)]
    back = service.post(alice, "a")
    assert service.jobs(service.overflow) == [back]
    service.end(*more, back)


@pytest.mark.parametrize("state", ["cancelled", "failed"])
def test_a_last_job_that_ended_before_it_ran_says_nothing_of_those_before_it(
    service: Service, alice: str, state: str
) -> None:
    flood = [service.post(alice) for _ in range(SHARE)]
    first, last = service.post(alice, "a"), service.post(alice, "a")
    service.end(*flood)
    service.end(last, attempts=0, state=state)
    following = service.post(alice, "a")
    assert service.jobs(service.overflow) == [first, last, following]


def test_posts_at_the_same_time_do_not_split_a_group(service: Service, alice: str) -> None:
    with ThreadPoolExecutor(6) as pool:
        sent = list(pool.map(lambda _: service.post(alice, "a"), range(12)))
    assert sorted(service.jobs(service.requests)) == sorted(sent)
    assert service.jobs(service.overflow) == []


def test_the_share_keeps_every_task_busy_and_groups_hold_half_of_them() -> None:
    resources = [Resources(max_tasks=tasks) for tasks in (1, 4, 10)]
    assert [(fair_share(each), fair_groups(each)) for each in resources] == [(4, 1), (8, 2), (20, 5)]
