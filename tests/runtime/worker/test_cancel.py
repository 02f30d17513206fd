"""A running job tells how far it is, and can be cancelled."""

import time

from tests.runtime.worker.plugins import runs
from tests.runtime.worker.process import WorkerProcess
from tests.runtime.worker.site import Site


def test_a_running_job_is_killed_when_its_client_cancels_it(served: tuple[Site, WorkerProcess]) -> None:
    site, worker = served
    job_id = site.send("loop", tag="cancel")
    worker.wait_run("cancel")
    site.update(job_id, cancel_requested={"BOOL": True})
    following = site.send()
    cancelled, done = site.client.wait(job_id, following)
    site.wait_empty()
    assert cancelled.status == "cancelled" and cancelled.error is not None and cancelled.error.code == "cancelled"
    assert cancelled.attempts == 1 and done.status == "succeeded"
    assert site.item(job_id)["state"] == "cancelled" and site.manifest(job_id).status == "cancelled"


def test_jobs_that_wait_behind_one_that_takes_too_long_are_left_to_others(site: Site) -> None:
    with site.worker() as busy:
        first = site.send("sleep", tag="long", parameters={"seconds": 12})
        waiting = [site.send(tag="waits") for _ in range(9)]
        busy.wait_run("long")
        with site.worker():
            site.client.wait(*waiting, seconds=10)
        assert site.item(first)["state"] == "running"
        assert len(busy.log("job_ended")) == 0
        (result,) = site.client.wait(first)
    assert result.attempts == 1 and len(runs(site.runs_file, "waits")) == 9


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


def test_a_job_that_somebody_else_ended_is_stopped_and_not_published_again(served: tuple[Site, WorkerProcess]) -> None:
    site, worker = served
    job_id = site.send("loop", tag="stopped")
    worker.wait_run("stopped")
    site.update(job_id, state={"S": "failed"}, t_published={"N": "1"})
    line = worker.wait_log("job_abandoned", 8)
    assert line["reason"] == "ended"
    site.wait_empty()
    site.client.poll(1)
    assert job_id not in site.client.seen
