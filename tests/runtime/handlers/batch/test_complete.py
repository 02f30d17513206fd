"""A batch whose router dies at any step, or whose messages SQS refuses in part, is sent whole, and each job once."""

import json
import uuid
from collections.abc import Iterator
from typing import Any

import pytest

from runtime.contracts import keys
from runtime.contracts.results import fit
from runtime.handlers import boto3_clients, compiled
from runtime.handlers.batch import accept, send
from runtime.handlers.batch import batch as batches
from runtime.handlers.batch.cancel import cancel_batch
from runtime.handlers.batch.mend import mend_batch
from runtime.handlers.client.leaving import cancel_open_jobs
from runtime.handlers.http.auth import Client
from runtime.handlers.job import mend
from runtime.handlers.log import Line
from runtime.handlers.table import indexes, service_records, store
from tests.runtime.handlers.deployment import Deployment

NUMBER, SHARE = 12, 5


class Died(BaseException):
    """The end of a process."""


class Router:
    """Accepts batches for an algorithm with two queues in this process, which dies before its n-th call of AWS."""

    def __init__(self, api: Deployment) -> None:
        self.api, self.name, self.left = api, f"a{uuid.uuid4().hex[:8]}", -1
        sqs = api.cloud.boto3_client("sqs")
        roles = ("requests", "overflow")
        fifo = {"FifoQueue": "true"}
        self.queues = [sqs.create_queue(QueueName=f"{self.name}-{each}.fifo", Attributes=fifo) for each in roles]
        requests, overflow = (each["QueueUrl"] for each in self.queues)
        share = {"fair_share": SHARE, "fair_groups": 1}
        urls = {"queue_url": requests, "overflow_queue_url": overflow, "results_queue_url": api.queues["results"]}
        topic = {"distribution_topic_arn": api.distribution_topic}
        api.put(pk=f"route#{self.name}", cluster="c", service="s", **urls, **topic, **share)
        for service in ("dynamodb", "sqs"):
            boto3_clients.boto3_client(service).meta.events.register("before-call", self._call)

    def _call(self, **_: Any) -> None:
        if self.left == 0:
            raise Died
        self.left -= 1

    def post(self, caller: Client, key: str | None = None) -> dict[str, Any]:
        pacs = [{"study_id": "1", "series_id": "2", "image_id": str(number)} for number in range(NUMBER)]
        body: dict[str, Any] = {"pacs": pacs, "parameters": {}, "outputs": [], "callback": {}}
        claim = accept.Claim(key, "") if key else None
        return accept.accept(caller, self.name, body, claim, Line("router", None), {})

    def taken(self) -> list[list[str]]:
        """Take all messages; return their jobs by queue."""
        sqs = self.api.cloud.boto3_client("sqs")
        taken: list[list[str]] = []
        for queue in self.queues:
            jobs = list[str]()
            while messages := sqs.receive_message(**queue_of(queue), MaxNumberOfMessages=10).get("Messages"):
                for each in messages:
                    jobs.append(json.loads(each["Body"])["job_id"])
                    sqs.delete_message(**queue_of(queue), ReceiptHandle=each["ReceiptHandle"])
            taken.append(jobs)
        return taken


def queue_of(made: dict[str, Any]) -> dict[str, str]:
    return {"QueueUrl": made["QueueUrl"]}


def somebody() -> Client:
    return Client(uuid.uuid4().hex[:16], 0, "", {})


def unpublished(caller: Client) -> list[store.Item]:
    return list(indexes.items([each["pk"] for each in indexes.entries(keys.UNPUBLISHED, caller.client_id)]).values())


@pytest.fixture
def router(api: Deployment, monkeypatch: pytest.MonkeyPatch) -> Iterator[Router]:
    """A router of an algorithm of its own."""
    for name, value in {**api.environment, **api.cloud.environment}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(compiled, "algorithms", dict)  # what the bundle's build generates
    boto3_clients.boto3_client.cache_clear()
    yield Router(api)
    boto3_clients.boto3_client.cache_clear()


def test_whatever_step_the_router_dies_before_all_jobs_are_sent_or_none_is(router: Router) -> None:
    deaths, sent = 0, list[str]()
    for calls in range(100):
        caller = somebody()
        router.left = calls
        try:
            router.post(caller)
            died = False
        except Died:
            died = True
        router.left = -1
        deaths += died
        left = [item for item in unpublished(caller) if item["pk"].startswith("batch#")]
        for batch in left:
            assert mend_batch(batch, lambda: True) == "resent"
            assert "untold_to" not in (store.get(batch["pk"]) or {})
        jobs = unpublished(caller)
        assert {job["state"] for job in jobs} <= {"queued"}
        sent = [job_id for queue in router.taken() for job_id in queue]
        assert sorted(sent) == sorted(job["pk"].removeprefix("job#") for job in jobs)
        assert len(sent) == len(set(sent)) and len(sent) in (0, NUMBER)
        if not died:
            break
    assert deaths >= 6 and len(sent) == NUMBER


def test_a_repeated_call_continues_where_the_first_died(router: Router) -> None:
    caller, calls = somebody(), 4
    router.left = calls
    with pytest.raises(Died):
        router.post(caller, key="k")
    router.left = -1
    batch = router.post(caller, key="k")
    assert batch["state"] == "queued"
    assert sorted(job for queue in router.taken() for job in queue) == sorted(batch["job_ids"])


def test_a_job_that_a_worker_has_is_not_made_anew(router: Router) -> None:
    caller = somebody()
    batch = router.post(caller)
    begun, ended = batch["job_ids"][:2]
    before = store.get(keys.batch(batch["batch_id"]))
    assert before is not None
    store.change(keys.job(begun), {"state": "running", "attempts": 1})
    store.change(keys.job(ended), {"state": "succeeded"})
    router.taken()
    references = batches._pack([{"study_id": "1"}] * NUMBER)
    assert mend_batch(before, lambda: True) is None, "all of its jobs are queued"
    left = {name: value for name, value in before.items() if name != "t_queued"}
    assert mend_batch({**left, "references": references}, lambda: True) == "resent"
    assert (store.get(keys.job(begun)) or {})["attempts"] == 1
    assert (store.get(keys.job(ended)) or {})["state"] == "succeeded"
    assert router.taken() == [[], []]


def test_what_is_beyond_the_share_goes_to_the_overflow_queue(router: Router) -> None:
    caller = somebody()
    batch = router.post(caller)
    requests, overflow = router.taken()
    assert (sorted(requests), sorted(overflow)) == (
        sorted(batch["job_ids"][:SHARE]),
        sorted(batch["job_ids"][SHARE:]),
    )
    again = router.post(caller)
    assert sorted(router.taken()[1]) == sorted(again["job_ids"]), "the share is used up"


def test_the_longest_list_fits_into_one_item() -> None:
    names = ("study_id", "series_id", "image_id")
    pacs = [{name: uuid.uuid4().hex * 2 for name in names} for _ in range(fit.MOST_JOBS)]
    body = {"pacs": pacs, "parameters": {"text": "a" * accept.SHARED_BYTES}, "outputs": [], "callback": {}}
    batch = batches.item(somebody(), "a" * 24, body, f"b-{'0' * 32}", {}, 0, {})
    assert sum(map(len, map(str, batch.values()))) < 300_000, "an item of DynamoDB has 400 KB at most"
    jobs = batches.jobs(batch)
    assert [json.loads(job["request"])["pacs"] for job in jobs] == pacs
    assert len({job["pk"] for job in jobs}) == fit.MOST_JOBS


def test_an_entry_that_sqs_refuses_is_sent_again(router: Router, monkeypatch: pytest.MonkeyPatch) -> None:
    refused = list[str]()

    def refuse(parsed: dict[str, Any], **_: Any) -> None:
        # As SQS answers: the call succeeds, one of its entries does not.
        if "Successful" in parsed and not refused:
            entry = parsed["Successful"].pop()
            refused.append(entry["Id"])
            parsed["Failed"] = [{"Id": entry["Id"], "SenderFault": False, "Code": "InternalError"}]

    boto3_clients.boto3_client("sqs").meta.events.register("after-call.sqs.SendMessageBatch", refuse)
    batch = router.post(somebody())
    assert refused and batch["state"] == "queued"
    sent = [job for queue in router.taken() for job in queue]
    assert sorted(sent) == sorted(batch["job_ids"])


def test_if_sqs_refuses_for_long_the_batch_is_accepted_and_left_to_the_sweeper(
    router: Router, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(send, "TRIES", 0)
    caller = somebody()
    batch = router.post(caller)
    assert (batch["state"], router.taken()) == ("accepted", [[], []])
    monkeypatch.setattr(send, "TRIES", 1)
    (left,) = [item for item in unpublished(caller) if item["pk"].startswith("batch#")]
    assert mend_batch(left, lambda: True) == "resent"
    assert sorted(job for queue in router.taken() for job in queue) == sorted(batch["job_ids"])


def test_a_batch_is_accepted_though_the_table_does_not_tell_its_jobs(
    router: Router, monkeypatch: pytest.MonkeyPatch
) -> None:
    def silent(*_: Any, **__: Any) -> None:
        raise TimeoutError

    monkeypatch.setattr(accept, "complete", silent)
    assert router.post(somebody())["state"] == "accepted"


def test_the_jobs_of_a_batch_whose_service_is_gone_end_by_their_age(router: Router) -> None:
    caller = somebody()
    router.left = 3
    with pytest.raises(Died):
        router.post(caller)
    router.left = -1
    store.delete(keys.service_record(router.name))
    service_records._known.clear()  # pyright: ignore[reportPrivateUsage]
    (batch,) = [item for item in unpublished(caller) if item["pk"].startswith("batch#")]
    assert mend_batch(batch, lambda: True) is None and len(unpublished(caller)) == 1
    old = {**batch, "t_accepted": batch["t_accepted"] - mend.max_age_ms() - 1}
    assert mend_batch(old, lambda: True) is None
    jobs = unpublished(caller)
    assert len(jobs) == NUMBER == sum(job["pk"].startswith("job#") for job in jobs)
    later = batch["t_accepted"] + mend.max_age_ms() + 1
    assert mend.mend(jobs[0], later) == mend.TIMED_OUT


@pytest.mark.parametrize("by", ["itself", "its client's leaving"])
def test_a_batch_that_is_cancelled_before_its_jobs_are_made_starts_none(router: Router, by: str) -> None:
    caller = somebody()
    router.left = 3
    with pytest.raises(Died):
        router.post(caller)
    router.left = -1
    (batch,) = [item for item in unpublished(caller) if item["pk"].startswith("batch#")]
    assert cancel_batch(batch) == NUMBER if by == "itself" else cancel_open_jobs(caller.client_id) == 0
    assert {(store.get(keys.job(each)) or {})["state"] for each in batches.job_ids(batch)} == {"cancelled"}
    assert [item for item in unpublished(caller) if item["pk"].startswith("batch#")] == []
    assert router.taken() == [[], []]


def test_the_jobs_of_a_batch_are_under_its_span() -> None:
    under = {"traceparent": f"00-{'1' * 32}-{'2' * 16}-01"}
    pacs = [{"study_id": str(number)} for number in range(3)]
    body = {"pacs": pacs, "parameters": {}, "outputs": [], "callback": {}}
    batch = batches.item(somebody(), "a", body, f"b-{'0' * 32}", {}, 0, under)
    assert [json.loads(job["request"])["traceparent"] for job in batches.jobs(batch)] == [under["traceparent"]] * 3
