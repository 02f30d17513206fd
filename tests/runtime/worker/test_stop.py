"""SIGTERM: the running job is finished if time allows, the others are given back, and none is lost."""

import os
import signal
import time

from tests.runtime.worker.plugins import runs
from tests.runtime.worker.site import Site


def test_the_running_job_is_finished_and_the_others_are_given_back(site: Site) -> None:
    with site.worker(LEASE_SECONDS="60") as first:
        running = site.send("sleep", tag="running", parameters={"seconds": 2})
        first.wait_run("running")
        waiting = [site.send(tag="waiting") for _ in range(5)]
        time.sleep(0.3)
        first.process.send_signal(signal.SIGTERM)
        first.process.send_signal(signal.SIGTERM)  # a second one changes nothing
        assert first.process.wait(30) == 0
        site.client.wait(running)
        assert site.left() == (5, 0)  # visible at once, not when the leases end
        assert runs(site.runs_file, "waiting") == []
    with site.worker():
        site.client.wait(*waiting)


def test_a_job_that_cannot_be_finished_in_time_is_given_back(site: Site) -> None:
    with site.worker(LEASE_SECONDS="60", STOP_TIMEOUT_SECONDS="2") as first:
        job_id = site.send("sleep", tag="long", parameters={"seconds": 6})
        first.wait_run("long")
        started = time.monotonic()
        assert first.stop() == 0
        assert time.monotonic() - started < 5  # and not when the job is done
        assert site.left() == (1, 0)
        assert list((site.folder / "tmp").iterdir()) == []
    with site.worker():
        (result,) = site.client.wait(job_id)
    assert result.status == "succeeded" and result.attempts == 1  # the interrupted attempt is taken back
    assert len(runs(site.runs_file, "long")) == 2


def test_a_message_that_comes_to_the_last_poll_is_not_lost(site: Site) -> None:
    with site.worker(LEASE_SECONDS="60", POLL_SECONDS="3") as first:
        first.wait_log("worker_started")
        time.sleep(0.5)  # its long poll is under way
        first.process.send_signal(signal.SIGTERM)
        time.sleep(0.2)
        job_id = site.send()
        assert first.process.wait(30) == 0
        assert site.left() == (1, 0)
    with site.worker():
        site.client.wait(job_id)


def test_an_idle_worker_stops_when_its_poll_ends(site: Site) -> None:
    with site.worker() as first:
        first.wait_log("worker_started")
        assert first.stop(5) == 0
        assert [line["event"] for line in first.log()] == ["worker_started", "worker_stopping", "worker_stopped"]


def test_a_signal_to_the_whole_group_does_not_fail_the_running_job(site: Site) -> None:
    # As Ctrl-C in a terminal, or a container runtime that signals every process.
    with site.worker() as first:
        job_id = site.send("sleep", tag="group", parameters={"seconds": 1})
        first.wait_run("group")
        os.killpg(first.process.pid, signal.SIGTERM)
        assert first.process.wait(30) == 0
        (result,) = site.client.wait(job_id)
    assert result.status == "succeeded"
