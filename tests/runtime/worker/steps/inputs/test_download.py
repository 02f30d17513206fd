"""An input is downloads once for the jobs that were waiting for it, and anew for a job that was accepted later."""

import shutil
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from runtime.archive import Archive
from runtime.contracts.models import InputReference
from runtime.errors import PermanentError
from runtime.worker.aws.earlier_outputs import EarlierOutputs
from runtime.worker.aws.output_bucket import OutputBucket
from runtime.worker.jobs.held_job import now_ms
from runtime.worker.steps.inputs.download import KEEP, Inputs
from tests.runtime.worker.site import IMAGE, Site


@pytest.fixture
def inputs(site: Site, tmp_path: Path) -> Inputs:
    folder = tmp_path / "inputs"
    folder.mkdir()
    archive = Archive(site.cloud.boto3_client("s3"), site.pacs_bucket, "{study_id}/{series_id}/{image_id}.dcm")
    s3 = site.cloud.boto3_client("s3")
    return Inputs(archive, EarlierOutputs(s3, OutputBucket(s3, site.output_bucket)), folder, 64 << 20)


def test_jobs_that_were_waiting_share_one_download(inputs: Inputs, tmp_path: Path) -> None:
    accepted = now_ms() - 1000
    with ThreadPoolExecutor(8) as pool:
        downloads = list(pool.map(lambda _: inputs.fetch(IMAGE, accepted), range(8)))
    assert len({id(each) for each in downloads}) == 1
    assert len(list((tmp_path / "inputs").iterdir())) == 1
    (path,) = downloads[0].paths.result()
    assert path.stat().st_size > 10_000
    for each in downloads:
        inputs.release(each)
    assert inputs.fetch(IMAGE, accepted) is downloads[0]  # kept for a while


def test_jobs_on_volumes_of_one_series_share_its_files(inputs: Inputs, site: Site) -> None:
    body = b"1" * (33 << 20)  # two of them are more than a job's memory
    for number in (1, 2):
        site.cloud.boto3_client("s3").put_object(Bucket=site.pacs_bucket, Key=f"7/7/{number}.dcm", Body=body)
    volumes = [InputReference(study_id="7", series_id="7", scope="series", volume=f"{n:016x}") for n in (1, 2)]
    one, other = (inputs.fetch(each, 0) for each in volumes)
    assert one is other and len(one.paths.result()) == 2


def test_a_job_that_was_accepted_later_sees_what_was_stored_meanwhile(inputs: Inputs, site: Site) -> None:
    reference = InputReference(study_id="8", series_id="8", scope="series")
    s3 = site.cloud.boto3_client("s3")
    s3.put_object(Bucket=site.pacs_bucket, Key="8/8/1.dcm", Body=b"1")
    before = inputs.fetch(reference, now_ms() - 1)
    s3.put_object(Bucket=site.pacs_bucket, Key="8/8/2.dcm", Body=b"2")
    time.sleep(0.002)
    after = inputs.fetch(reference, now_ms() - 1)
    assert [len(each.paths.result()) for each in (before, after)] == [1, 2]


def test_what_nobody_uses_is_removed_in_the_end(inputs: Inputs, site: Site, tmp_path: Path) -> None:
    s3 = site.cloud.boto3_client("s3")
    for index in range(KEEP + 3):
        s3.put_object(Bucket=site.pacs_bucket, Key=f"9/9/{index}.dcm", Body=b"1")
        inputs.release(inputs.fetch(InputReference(study_id="9", series_id="9", image_id=str(index)), 0))
    assert len(list((tmp_path / "inputs").iterdir())) == KEEP


def test_a_missing_input_leaves_nothing_behind(inputs: Inputs, tmp_path: Path) -> None:
    for _ in range(2):
        with pytest.raises(PermanentError, match="input_not_found"):
            inputs.fetch(InputReference(study_id="0", series_id="0", image_id="0"), 0)
    assert list((tmp_path / "inputs").iterdir()) == []


def test_an_input_without_room_is_refused_before_it_is_read(
    inputs: Inputs, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    reference = InputReference(study_id="7", series_id="7", scope="series")
    for number in range(5):
        body = bytes(16 << 20)
        site.cloud.boto3_client("s3").put_object(Bucket=site.pacs_bucket, Key=f"7/7/{number}.dcm", Body=body)
    with pytest.raises(PermanentError, match=r"The input has 80 MiB, and the task has 64 MiB of memory"):
        inputs.fetch(reference, now_ms())
    usage = shutil.disk_usage("/")
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage._replace(free=1 << 20))
    with pytest.raises(OSError, match="has no room now"):
        inputs.fetch(IMAGE, now_ms())
