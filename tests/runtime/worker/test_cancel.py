"""A running job tells how far it is, and can be cancelled."""

import signal
import time

from tests.runtime.worker.conftest import Site, WorkerProcess, runs


def test_a_running_job_is_killed_when_its_client_cancels_it(served: tuple[Site, WorkerProcess]) -> None:
    site, worker = served
    job_id = site.send("loop", tag="cancel")
    worker.wait_run("cancel")
    site.update(job_id, cancel_requested={"BOOL": True})
    following = site.send()
    cancelled, done = site.client.wait(job_id, following, seconds=8)
    site.wait_empty()
    assert cancelled.status == "cancelled" and cancelled.error is not None and cancelled.error.code == "cancelled"
    assert cancelled.attempts == 1 and done.status == "succeeded"
    assert site.item(job_id)["state"] == "cancelled" and site.manifest(job_id).status == "cancelled"


def test_a_waiting_job_is_cancelled_at_once_whatever_is_before_it(served: tuple[Site, WorkerProcess]) -> None:
    site, worker = served
    first = site.send("loop", tag="first")
    second = site.send(tag="second")
    worker.wait_run("first")
    time.sleep(0.2)
    assert site.item(second)["state"] == "queued"  # though it waits in the worker
    site.update(second, cancel_requested={"BOOL": True})
    (result,) = site.client.wait(second, seconds=8)
    assert result.status == "cancelled" and site.item(first)["state"] == "running"
    site.update(first, cancel_requested={"BOOL": True})
    site.client.wait(first, seconds=8)
    site.wait_empty()
    assert runs(site.runs_file, "second") == []


def test_a_job_that_the_child_has_ahead_is_cancelled_at_once_as_well(site: Site) -> None:
    with site.worker() as worker:
        site.client.wait(*[site.send() for _ in range(12)])  # now jobs are expected to take a moment only
        worker.process.send_signal(signal.SIGSTOP)
        for _ in range(3):
            site.send()
        first = site.send("sleep", tag="long", parameters={"seconds": 6})
        second = site.send(tag="ahead")
        worker.process.send_signal(signal.SIGCONT)
        worker.wait_run("long")
        site.update(second, cancel_requested={"BOOL": True})
        (cancelled,) = site.client.wait(second, seconds=5)
        assert cancelled.status == "cancelled" and site.item(first)["state"] == "running"
        (done,) = site.client.wait(first)
        assert done.status == "succeeded" and len(runs(site.runs_file, "long")) == 1
        following = site.send()
        assert site.client.wait(second, following)[1].status == "succeeded"


def test_progress_reaches_the_table(served: tuple[Site, WorkerProcess]) -> None:
    site, _ = served
    seen = set[float]()
    job_id = site.send("progress", parameters={"seconds": 4})
    while site.item(job_id)["state"] not in ("succeeded", "failed"):
        seen.add(float(site.item(job_id).get("progress", 0)))
        time.sleep(0.1)
    assert site.item(job_id)["state"] == "succeeded"
    between = sorted(value for value in seen if 0 < value < 1)
    assert 2 <= len(between) <= 6  # about one a second, although the algorithm reports ten times


def test_a_job_that_somebody_else_ended_is_stopped_and_not_told_again(served: tuple[Site, WorkerProcess]) -> None:
    site, worker = served
    job_id = site.send("loop", tag="stopped")
    worker.wait_run("stopped")
    site.update(job_id, state={"S": "failed"}, t_published={"N": "1"})
    line = worker.wait_log("job_abandoned", 8)
    assert line["reason"] == "ended"
    site.wait_empty()
    site.client.poll(1)
    assert job_id not in site.client.seen
