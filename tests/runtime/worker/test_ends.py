"""An algorithm that misbehaves in any way gives its job one clear end, and the next job succeeds."""

import json
import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from runtime import procfs
from runtime.contracts.messages import decode_result
from runtime.contracts.results.fit import ITEM_BYTES
from runtime.local.emulator.emulator import Emulator
from tests.runtime.worker.new_site import new_site
from tests.runtime.worker.plugins import runs
from tests.runtime.worker.process import WorkerProcess
from tests.runtime.worker.site import Shared, Site

ENDS = {
    "segfault": ("failed", "algorithm_crashed", "The algorithm's process was ended by SIGSEGV."),
    "abort": ("failed", "algorithm_crashed", "The algorithm's process was ended by SIGABRT."),
    "exit": ("failed", "algorithm_crashed", "The algorithm's process exited with status 7."),
    "quit": ("failed", "algorithm_failed", "The algorithm raised SystemExit: 3"),
    "loop": ("timed_out", "timed_out", "The algorithm took longer than the 3 s that it declares."),
    "memory": ("failed", "out_of_memory", "The algorithm needed more memory than it declares."),
    "slow_memory": ("failed", "out_of_memory", "The algorithm needed more memory than it declares."),
    "killed": ("failed", "out_of_memory", "The algorithm needed more memory than there is."),
    "raise": ("failed", "algorithm_failed", "The algorithm raised ValueError: sigma in (path) is too large"),
    "unsupported": ("failed", "input_unsupported", "Only colour images can be balanced."),
    "wrong_type": ("failed", "invalid_result", "The algorithm returned a list, neither Image nor Result."),
    "wrong_shape": (
        "failed",
        "invalid_result",
        "The algorithm returned pixels of shape (128, 128); (planes, rows, columns) or (planes, rows, columns, 3) "
        "is asked.",
    ),
    "not_a_number": ("failed", "invalid_result", "The algorithm returned pixels without a single finite value."),
    "nothing_at_all": (
        "failed",
        "invalid_result",
        "The algorithm returned a Result with neither image nor measurements.",
    ),
}


@pytest.fixture(scope="module")
def shared_site(cloud: Emulator, shared: Shared, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder: Path = tmp_path_factory.mktemp("ends")
    with new_site(cloud, shared, folder, "moody") as own:
        yield own


@pytest.fixture(scope="module")
def worker(shared_site: Site) -> Iterator[WorkerProcess]:
    with shared_site.worker() as running:
        yield running
        assert running.stop() == 0
        assert list((shared_site.folder / "tmp").iterdir()) == []


@pytest.mark.parametrize("mood", ENDS)
def test_a_misbehaving_algorithm_costs_its_job_only(shared_site: Site, worker: WorkerProcess, mood: str) -> None:
    bad, good = shared_site.send(mood, tag=f"bad-{mood}"), shared_site.send()
    ended, following = shared_site.client.wait(bad, good)
    assert ended.error is not None
    assert (ended.status, ended.error.code, ended.error.message) == ENDS[mood]
    # Another job may be to blame for a crash or too little memory: the job is tried once more, alone.
    attempts = 2 if ended.error.code in ("algorithm_crashed", "out_of_memory") else 1
    assert ended.attempts == attempts and ended.outputs == () and not ended.error.retryable
    processes = runs(shared_site.runs_file, f"bad-{mood}")
    assert len(processes) == len(set(processes)) == attempts
    assert following.status == "succeeded" and following.measurements == {"planes": 1}
    shared_site.wait_empty()
    item = shared_site.item(bad)
    assert item["state"] == ended.status and json.loads(item["error"]) == ended.error.model_dump()
    assert item["failed_for"] == ended.error.code, "an operator finds it by its reason"
    assert shared_site.manifest(bad).status == ended.status
    assert worker.process.poll() is None


@pytest.mark.parametrize(
    ("changes", "code", "words"),
    [
        ({"parameters": {"seconds": "long"}}, "invalid_parameters", "/seconds"),
        ({"parameters": {"speed": 1}}, "invalid_parameters", "/speed: Unknown parameter"),
        ({"pacs": {"study_id": "1.2.3", "scope": "study"}}, "input_unsupported", "takes image, not scope study"),
        (
            {"pacs": {"study_id": "9", "series_id": "9", "image_id": "9"}},
            "input_not_found",
            "The PACS has no image 9 in series 9 of study 9.",
        ),
    ],
)
def test_a_job_that_cannot_be_done_ends_at_once(
    shared_site: Site, worker: WorkerProcess, changes: dict[str, Any], code: str, words: str
) -> None:
    (ended,) = shared_site.client.wait(shared_site.send(tag="never", **changes))
    assert ended.error is not None
    assert (ended.status, ended.error.code) == ("failed", code) and words in ended.error.message
    assert runs(shared_site.runs_file, "never") == []


def test_a_file_that_is_no_image_ends_its_job(shared_site: Site, worker: WorkerProcess) -> None:
    shared_site.cloud.boto3_client("s3").put_object(
        Bucket=shared_site.pacs_bucket, Key="1/2/torn.dcm", Body=b"no DICOM"
    )
    pacs = {"study_id": "1", "series_id": "2", "image_id": "torn"}
    (ended,) = shared_site.client.wait(shared_site.send(pacs=pacs))
    assert ended.error is not None and ended.error.code == "input_unreadable"


def test_what_an_algorithm_starts_is_killed_with_it(shared_site: Site, worker: WorkerProcess) -> None:
    (ended,) = shared_site.client.wait(shared_site.send("spawn"))
    assert ended.status == "timed_out"
    (started,) = runs(shared_site.runs_file, "spawned")
    assert not procfs.is_running(int(started))


def test_a_job_that_crashes_once_alone_of_all_is_done(shared_site: Site, worker: WorkerProcess) -> None:
    jobs = [shared_site.send("crash_once", tag="once"), *(shared_site.send() for _ in range(3))]
    results = shared_site.client.wait(*jobs)
    assert [(result.status, result.attempts) for result in results] == [("succeeded", 2), *[("succeeded", 1)] * 3]
    assert worker.log("job_tried_alone")[-1]["job_id"] == jobs[0]


def test_the_traceback_of_a_failing_algorithm_is_in_the_log_and_nowhere_else(
    shared_site: Site, worker: WorkerProcess
) -> None:
    job_id = shared_site.send("raise")
    (ended,) = shared_site.client.wait(job_id)
    (line,) = [line for line in worker.log("algorithm_failed") if line["job_id"] == job_id]
    assert "in _raise" in line["trace"] and "moody.py" in line["trace"]
    assert "moody.py" not in ended.model_dump_json() and "moody.py" not in shared_site.item(job_id)["result"]


def test_a_leak_of_one_job_is_not_paid_by_another(shared_site: Site, worker: WorkerProcess) -> None:
    jobs = [shared_site.send("leak") for _ in range(8)]  # 320 MiB; a job may have 224
    results = shared_site.client.wait(*jobs)
    assert {result.status for result in results} == {"succeeded"}
    assert max(int(result.measurements["leaked"]) for result in results) == 2


def test_the_log_tells_each_end_and_no_identifier_of_the_image(shared_site: Site, worker: WorkerProcess) -> None:
    job_id = shared_site.send("image")
    shared_site.client.wait(job_id)
    line = worker.wait_log("job_ended", job_id=job_id)  # after the message is deleted
    assert line["status"] == "succeeded" and line["code"] is None and line["outputs"] == 4 and line["bytes"] > 0
    assert list(line["milliseconds"]) == ["queued", "started", "fetched", "computed", "stored", "published"]
    assert all("1.2.3" not in str(line) for line in worker.log())


def test_a_result_that_is_larger_than_a_message_ends_all_the_same(shared_site: Site, worker: WorkerProcess) -> None:
    site = shared_site
    job_id = site.send("verbose")
    (result,) = site.client.wait(job_id)
    assert result.status == "succeeded" and result.measurements == {"planes": 1} and not result.outputs_complete
    assert site.manifest(job_id).measurements["report"] == "x" * 300_000


def test_ten_thousand_measurements_are_in_the_manifest_and_counted_in_the_item(
    shared_site: Site, worker: WorkerProcess
) -> None:
    site = shared_site
    job_id = site.send("many")
    (result,) = site.client.wait(job_id)
    assert result.status == "partial" and not result.outputs_complete
    assert (result.counts["measurements"], result.counts["missing"]) == (10_000, 10_000)
    kept = site.item(job_id)["result"]
    assert len(kept) <= ITEM_BYTES
    assert decode_result(kept).counts == result.counts and decode_result(kept).hops == result.hops
    assert len(site.manifest(job_id).measurements) == 10_000


def test_what_an_algorithm_leaves_in_temporary_files_goes_with_its_job(
    shared_site: Site, worker: WorkerProcess
) -> None:
    site = shared_site
    job_id = site.send("litter")
    (result,) = site.client.wait(job_id, seconds=40)
    assert result.status == "timed_out"
    deadline = time.monotonic() + 30
    while any(name.startswith("litter-") for _, _, files in os.walk(site.folder / "tmp") for name in files):
        assert time.monotonic() < deadline
        time.sleep(0.05)
