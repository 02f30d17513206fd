"""During an outage of something that jobs need, they wait in place; afterwards each is done once."""

import time
from collections.abc import Iterator

import pytest

from tests.runtime.worker.breaker import Breaker, breaker
from tests.runtime.worker.plugins import runs
from tests.runtime.worker.process import WorkerProcess
from tests.runtime.worker.site import LEASE, Site

SERVICES = ("S3", "SQS", "SNS", "DYNAMODB")
JOBS = 8


def announced(worker: WorkerProcess, event: str) -> list[str]:
    return [line["dependency"] for line in worker.log(event)]


@pytest.fixture
def line(site: Site) -> Iterator[Breaker]:
    with breaker(site.cloud.environment["AWS_ENDPOINT_URL"]) as connection:
        yield connection


@pytest.mark.parametrize("service", SERVICES)
def test_an_outage_of_several_leases_fails_no_job_and_costs_no_attempt(site: Site, line: Breaker, service: str) -> None:
    with site.worker(**{f"AWS_ENDPOINT_URL_{service}": line.url, "MAX_ATTEMPTS": "1"}) as worker:
        first = [site.send("sleep", tag="out", parameters={"seconds": 0.2}) for _ in range(JOBS)]
        worker.wait_run("out")
        line.cut()
        later = [site.send("sleep", tag="out", parameters={"seconds": 0.2}) for _ in range(JOBS)]
        time.sleep(2.5 * LEASE)
        assert len(worker.log("job_ended")) < 2 * JOBS
        line.mend()
        results = site.client.wait(*first, *later, seconds=60)
        site.wait_empty(30)
        site.client.poll(1)
        assert worker.process.poll() is None
        failing, recovered = announced(worker, "dependency_failing"), announced(worker, "dependency_recovered")
    assert {(result.status, result.attempts) for result in results} == {("succeeded", 1)}
    assert all(len(site.client.seen[job]) == 1 for job in (*first, *later))
    assert failing and sorted(failing) == sorted(recovered), "each is logged once, and again when it is over"
    assert sum(site.left(site.dead)) == 0


def test_what_is_computed_is_kept_until_it_can_be_stored(site: Site, line: Breaker) -> None:
    with site.worker(AWS_ENDPOINT_URL_S3=line.url) as worker:
        job_id = site.send("sleep", tag="kept", parameters={"seconds": 1})
        worker.wait_run("kept")
        line.cut()
        time.sleep(2 * LEASE)
        line.mend()
        (result,) = site.client.wait(job_id, seconds=40)
    assert result.status == "succeeded" and len(runs(site.runs_file, "kept")) == 1


def test_a_worker_that_cannot_reach_what_it_needs_gives_way(site: Site, line: Breaker) -> None:
    line.cut()
    with site.worker(AWS_ENDPOINT_URL_S3=line.url, PATIENCE_SECONDS="3") as sick:
        job_id = site.send(tag="moved")
        assert "the archive has failed for" in sick.wait_log("worker_sick")["reason"]
        assert sick.process.wait(60) == 1
    assert site.left() == (1, 0), "the jobs that it held are given back"
    with site.worker():
        (result,) = site.client.wait(job_id)
    assert (result.status, result.attempts) == ("succeeded", 1)


def test_a_worker_whose_bucket_is_missing_gives_way_soon(site: Site) -> None:
    jobs = [site.send("image", tag="moved") for _ in range(20)]
    with site.worker(OUTPUT_BUCKET="not-there-at-all", PATIENCE_SECONDS="15") as sick:
        assert "NoSuchBucket" in sick.wait_log("worker_sick")["reason"]
        assert sick.process.wait(60) == 1
    with site.worker():
        results = site.client.wait(*jobs, seconds=60)
    assert {(result.status, result.attempts) for result in results} == {("succeeded", 1)}


def test_a_sick_worker_beside_a_healthy_one_loses_nothing(site: Site) -> None:
    jobs = [site.send("image", tag="beside") for _ in range(40)]
    with site.worker(OUTPUT_BUCKET="not-there-at-all") as sick, site.worker():
        results = site.client.wait(*jobs, seconds=60)
        assert sick.log("job_given_back")
    assert {(result.status, result.attempts) for result in results} == {("succeeded", 1)}
    assert sum(site.left(site.dead)) == 0
