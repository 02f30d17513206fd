"""Trouble around a job: it is tried again after a pause, and in the end given to the dead letters."""

import json
import time
import uuid

from runtime.contracts.messages import encode_job
from runtime.local.emulator.emulator import REGION
from tests.runtime.worker.conftest import IMAGE, Site, runs


def test_a_job_is_tried_again_until_the_storage_works(site: Site) -> None:
    bucket = f"late-{uuid.uuid4().hex[:12]}"
    with site.worker(OUTPUT_BUCKET=bucket) as worker:
        job_id = site.send("image", tag="late")
        given_back = worker.wait_log("job_given_back")
        assert given_back["job_id"] == job_id and "NoSuchBucket" in given_back["reason"]
        assert 0.5 <= given_back["seconds"] <= 2
        site.cloud.client("s3").create_bucket(Bucket=bucket, CreateBucketConfiguration={"LocationConstraint": REGION})
        (result,) = site.client.wait(job_id)
    assert result.status == "succeeded" and result.attempts == 1


def test_a_job_is_tried_again_until_the_archive_answers(site: Site) -> None:
    with site.worker(PACS_BUCKET="not-there-at-all") as worker:
        job_id = site.send()
        worker.wait_log("job_given_back")
        assert worker.stop() == 0
    with site.worker():
        (result,) = site.client.wait(job_id)
    assert result.status == "succeeded"


def test_what_does_not_work_is_tried_again(site: Site) -> None:
    job_id = site.send()
    missing = [f"{topic.removesuffix('.fifo')}-gone.fifo" for topic in site.topics]
    with site.worker(RESULTS_TOPIC_ARNS=json.dumps(missing)) as worker:
        deadline = time.monotonic() + 20
        while len(pauses := [line["seconds"] for line in worker.log("job_given_back")]) < 2:
            assert time.monotonic() < deadline
            time.sleep(0.1)
    assert 0.5 <= pauses[0] <= 2 and 1 <= pauses[1] <= 4
    assert site.item(job_id)["state"] == "queued"
    assert site.manifest(job_id).status == "succeeded"  # and finds that it was done


def test_a_job_of_a_shard_that_is_gone_ends_in_the_table(site: Site) -> None:
    job_id = site.send()
    with site.worker(RESULTS_TOPIC_ARNS=json.dumps([site.topics[0]])):  # not the shard of the client
        site.wait_empty()
    assert site.item(job_id)["state"] == "succeeded"


def test_a_message_that_cannot_be_read_ends_its_job(site: Site) -> None:
    known, other = site.job(), site.job()
    for job in (known, other):
        site.put_item(job)
    site.send_body(json.dumps({"job_id": known.job_id, "version": 7}))
    site.send_body(encode_job(other).replace(f'"{site.algorithm}"', '"gaussian"'), "other")
    site.send_body("{torn", "torn")
    site.send_body(json.dumps({"job_id": "0" * 32}), "nobody's")
    following = site.send()
    with site.worker() as worker:
        for result in site.client.wait(known.job_id, other.job_id):
            assert result.status == "failed" and result.error is not None and result.error.code == "bad_message"
        site.client.wait(following)
        site.wait_empty()
        assert len(worker.log("bad_message")) == 4
    assert site.item(known.job_id)["state"] == "failed"


def test_a_job_that_only_a_later_version_can_read_is_left_to_the_dead_letters(site: Site) -> None:
    job = site.job()
    body = json.dumps({**job.model_dump(mode="json"), "version": 7})
    site.put_item(job, request={"S": body})
    site.send_body(body)
    with site.worker() as worker:
        worker.wait_log("bad_message")
        assert site.left() == (0, 1)  # given back after a pause, to be received again
        assert worker.stop() == 0
    assert sum(site.left()) == 1
    item = site.item(job.job_id)
    assert item["state"] == "failed" and json.loads(item["error"])["code"] == "bad_message"


def test_jobs_of_one_ordering_key_run_in_order_also_when_one_is_tried_again(site: Site) -> None:
    bucket = f"order-{uuid.uuid4().hex[:12]}"
    jobs = [site.send(tag=f"order-{index}", group="one-key") for index in range(6)]
    other = site.send(tag="free", group="another-key")
    with site.worker(OUTPUT_BUCKET=bucket) as worker:
        worker.wait_log("job_given_back")
        site.cloud.client("s3").create_bucket(Bucket=bucket, CreateBucketConfiguration={"LocationConstraint": REGION})
        results = site.client.wait(*jobs, other)
    published = [result.hops["published"] for result in results[:6]]
    assert published == sorted(published)
    lines = site.runs_file.read_text().splitlines()
    order = [line.split()[0] for line in lines if line.startswith("order-")]
    # The first may have run more than once, but none before the one ahead of it was done.
    assert list(dict.fromkeys(order)) == [f"order-{index}" for index in range(6)] and order == sorted(order)


def test_many_jobs_of_one_image_are_done_once_each_and_their_input_is_fetched_once(site: Site) -> None:
    jobs = [site.send(tag="many") for _ in range(60)]
    with site.worker() as worker:
        site.client.wait(*jobs)
        site.wait_empty()
        site.client.poll(0)
        assert worker.stop() == 0
    assert all(len(site.client.seen[job]) == 1 for job in jobs)
    assert len(runs(site.runs_file, "many")) == 60 and len(worker.log("job_ended")) == 60
    assert len(set(runs(site.runs_file, "many"))) == 1  # one warm child did them all
    assert IMAGE.study_id not in worker.output.read_text()
