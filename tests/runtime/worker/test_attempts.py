"""An attempt is a begun computation: nothing else that happens to a job or its message costs one."""

import json
import signal
import time

from runtime.contracts.messages import encode_job
from runtime.worker.aws.attempts import MOST_TAKEN_BACK, Attempts
from runtime.worker.jobs.held_job import HeldJob, Receipt
from tests.runtime.worker.plugins import runs
from tests.runtime.worker.site import LEASE, Site
from tests.runtime.worker.test_once import receive_and_give_back


def test_a_job_whose_worker_dies_each_time_ends_after_its_attempts_and_costs_the_others_none(site: Site) -> None:
    poison = site.send("sleep", tag="poison", parameters={"seconds": 50})
    innocent = [site.send(tag="innocent") for _ in range(5)]
    for number in range(1, 3):
        with site.worker(MAX_ATTEMPTS="2") as worker:
            deadline = time.monotonic() + 20
            while len(runs(site.runs_file, "poison")) < number:
                assert time.monotonic() < deadline, worker.output.read_text()
                time.sleep(0.05)
            worker.process.send_signal(signal.SIGKILL)
            worker.process.wait()
        time.sleep(LEASE + 0.5)
    with site.worker(MAX_ATTEMPTS="2"):
        ended, *others = site.client.wait(poison, *innocent)
        site.wait_empty()
    assert ended.error is not None and (ended.status, ended.error.code) == ("failed", "dead_lettered")
    assert ended.attempts == 2 and len(runs(site.runs_file, "poison")) == 2
    assert {(other.status, other.attempts) for other in others} == {("succeeded", 1)}


def test_a_job_that_was_received_many_times_is_done_at_the_first_attempt(site: Site) -> None:
    job_id = site.send(tag="often")
    for _ in range(6):
        receive_and_give_back(site)
    with site.worker():
        (result,) = site.client.wait(job_id)
    assert (result.status, result.attempts) == ("succeeded", 1)
    assert site.item(job_id)["attempts"] == "1"


def test_a_job_that_was_begun_as_often_as_it_may_be_is_not_begun_again(site: Site) -> None:
    spent, last = site.job(tag="spent"), site.job(tag="last")
    site.put_item(spent, "running", attempts={"N": "3"})
    site.put_item(last, "running", attempts={"N": "2"})
    for job in (spent, last):
        site.send_body(encode_job(job), job.job_id)
    with site.worker():
        ended, done = site.client.wait(spent.job_id, last.job_id)
    assert (ended.status, ended.attempts) == ("failed", 3) and runs(site.runs_file, "spent") == []
    assert (done.status, done.attempts) == ("succeeded", 3)
    assert json.loads(site.item(spent.job_id)["error"])["code"] == "dead_lettered"


def test_stopping_costs_neither_the_running_job_an_attempt_nor_those_that_wait(site: Site) -> None:
    running = site.send("sleep", tag="stopped", parameters={"seconds": 6})
    waiting = site.send(group="other")
    for number in (1, 2):
        with site.worker(STOP_TIMEOUT_SECONDS="2", MAX_ATTEMPTS="1", LEASE_SECONDS="60") as worker:
            while len(runs(site.runs_file, "stopped")) < number:
                time.sleep(0.05)
            assert worker.stop() == 0
        item = site.item(running)
        assert (item["state"], item["attempts"]) == ("queued", "0")
    with site.worker(MAX_ATTEMPTS="1"):
        results = site.client.wait(running, waiting)
    assert {(result.status, result.attempts) for result in results} == {("succeeded", 1)}


def test_a_job_that_may_have_killed_a_worker_runs_alone(site: Site) -> None:
    suspect = site.job("sleep", tag="suspect", parameters={"seconds": 4})
    site.put_item(suspect, "running", attempts={"N": "1"}, attempt={"S": "of a worker that is no more"})
    site.send_body(encode_job(suspect), suspect.job_id)
    receive_and_give_back(site)
    with site.worker() as worker:
        worker.wait_run("suspect")
        others = [site.send(tag="other") for _ in range(3)]
        time.sleep(1)
        assert site.left() == (3, 1), "nothing else is received"
        results = site.client.wait(suspect.job_id, *others)
    assert [result.attempts for result in results] == [2, 1, 1, 1]


def test_a_job_that_finds_no_room_on_the_disk_is_tried_elsewhere_but_not_for_ever(site: Site) -> None:
    job_id = site.send("full_disk", tag="full")
    with site.worker(MAX_ATTEMPTS="2") as worker:
        (result,) = site.client.wait(job_id)
        assert [line["dependency"] for line in worker.log("dependency_failing")][:1] == ["the disk"]
    assert result.error is not None and (result.error.code, result.attempts) == ("dead_lettered", 2)
    assert len(runs(site.runs_file, "full")) == 2


def test_a_job_that_ends_its_workers_without_their_death_pays_for_it_in_the_end(site: Site) -> None:
    attempts = Attempts(site.cloud.boto3_client("dynamodb"), site.table)
    job = HeldJob(site.job(), Receipt("r"), "group", 1, 0.0, {"started": 1}, attempt="mine")
    for times, left in ((MOST_TAKEN_BACK - 1, 0), (MOST_TAKEN_BACK, None)):
        site.put_item(job.message, "running", attempts={"N": "1"}, attempt={"S": "mine"}, taken_back={"N": str(times)})
        assert attempts.take_back(job) == left
    assert site.item(job.job_id)["attempts"] == "1"
