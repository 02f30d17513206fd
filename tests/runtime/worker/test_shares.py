"""Jobs beyond their clients' shares: they come second, use every worker that is free, and stay in order."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from tests.runtime.worker.plugins import runs
from tests.runtime.worker.process import WorkerProcess
from tests.runtime.worker.site import Site

PATIENCE = 120.0


@contextmanager
def worker(site: Site, **variables: str) -> Iterator[WorkerProcess]:
    with site.worker(OVERFLOW_QUEUE_URL=site.overflow, **variables) as running:
        yield running


def order(site: Site) -> list[str]:
    """Return the tags in the order in which their jobs ran."""
    return [line.split()[0] for line in site.runs_file.read_text().splitlines()]


def test_a_job_within_its_share_overtakes_those_that_wait_beyond(site: Site) -> None:
    with worker(site, LEASE_SECONDS="60") as running:
        flood = [site.send("sleep", tag=f"f{each}", overflow=True, parameters={"seconds": 1}) for each in range(6)]
        running.wait_run("f0", PATIENCE)
        single = site.send(tag="single")
        site.client.wait(single, *flood, seconds=PATIENCE)
        site.wait_empty(PATIENCE, site.overflow)
    assert order(site).index("single") <= 2, "only the job that ran, and one that had begun meanwhile, come before"


def test_one_client_alone_uses_every_worker(site: Site) -> None:
    with worker(site) as first, worker(site) as second:
        for each in (first, second):
            each.wait_log("worker_started", PATIENCE)
        flood = [site.send("sleep", tag="f", overflow=True, parameters={"seconds": 1}) for _ in range(8)]
        while len(set(runs(site.runs_file, "f"))) < 2 and len(flood) < 40:  # one may have taken what came together
            flood.append(site.send("sleep", tag="f", overflow=True, parameters={"seconds": 1}))
            time.sleep(1)
        assert len(set(runs(site.runs_file, "f"))) == 2
        site.client.wait(*flood, seconds=PATIENCE)
        site.wait_empty(PATIENCE, site.overflow)


def test_what_a_stopped_worker_holds_goes_back_to_the_queue_that_it_came_from(site: Site) -> None:
    with worker(site, LEASE_SECONDS="60") as first:
        running = site.send("sleep", tag="running", overflow=True, parameters={"seconds": 3})
        first.wait_run("running", PATIENCE)
        beyond = [site.send(tag="waiting", overflow=True) for _ in range(3)]
        deadline = time.monotonic() + PATIENCE
        while site.left(site.overflow)[1] < 2:  # it holds some of them
            assert time.monotonic() < deadline
            time.sleep(0.02)
        assert first.stop(60) == 0
        site.client.wait(running, seconds=PATIENCE)
        assert (site.left(), site.left(site.overflow)) == ((0, 0), (3, 0))
    with worker(site):
        site.client.wait(*beyond, seconds=PATIENCE)


def test_ordered_jobs_stay_in_order_though_they_are_given_back(site: Site) -> None:
    tags = [f"o{each}" for each in range(6)]
    with worker(site, LEASE_SECONDS="60") as first:
        jobs = [site.send("sleep", tag=tag, group="g", overflow=True, parameters={"seconds": 0.5}) for tag in tags]
        first.wait_run("o1", PATIENCE)
        assert first.stop(60) == 0
    with worker(site), worker(site):
        site.client.wait(*jobs, seconds=PATIENCE)
    assert order(site) == tags


def test_a_worker_of_a_release_with_one_queue_still_works(site: Site) -> None:
    with site.worker() as running:
        running.wait_log("worker_started", PATIENCE)
        site.client.wait(site.send(), seconds=PATIENCE)
