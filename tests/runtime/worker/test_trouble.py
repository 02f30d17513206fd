"""Trouble around a job: it is tried again after a pause, and at last goes to the dead letters."""

import json
import uuid

from runtime.contracts.messages import encode_job
from runtime.local.emulator.emulator import REGION
from tests.runtime.worker.plugins import runs
from tests.runtime.worker.site import IMAGE, Site


def test_a_job_is_tried_again_until_the_storage_works(site: Site) -> None:
    bucket = f"late-{uuid.uuid4().hex[:12]}"
    with site.worker(OUTPUT_BUCKET=bucket) as worker:
        job_id = site.send("image", tag="late")
        given_back = worker.wait_log("job_given_back")
        assert given_back["job_id"] == job_id and "NoSuchBucket" in given_back["reason"]
        assert 0.5 <= given_back["seconds"] <= 2
        site.cloud.boto3_client("s3").create_bucket(
            Bucket=bucket, CreateBucketConfiguration={"LocationConstraint": REGION}
        )
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


def test_a_result_that_cannot_be_published_waits_in_the_table(site: Site) -> None:
    job_id = site.send(tag="untold")
    missing = [f"{topic.removesuffix('.fifo')}-gone.fifo" for topic in site.topics]
    with site.worker(RESULTS_TOPIC_ARNS=json.dumps(missing)) as worker:
        assert worker.wait_log("dependency_failing")["dependency"] == "results topics"
        assert "NotFound" in worker.wait_log("job_given_back")["reason"]
    item = site.item(job_id)
    assert item["state"] == "succeeded" and "t_published" not in item
    with site.worker():
        (result,) = site.client.wait(job_id)
        site.wait_empty()
    assert result.status == "succeeded" and len(runs(site.runs_file, "untold")) == 1
    assert "t_published" in site.item(job_id)


def test_a_distributions_topic_that_is_gone_holds_up_no_client(site: Site) -> None:
    job_id = site.send()
    gone = f"{site.distribution_topic.removesuffix('.fifo')}-gone.fifo"
    with site.worker(DISTRIBUTION_TOPIC_ARN=gone) as worker:
        site.client.wait(job_id)
        site.wait_empty()
        assert worker.wait_log("distribution_refused")["job_id"] == job_id
        site.client.poll(1)
    assert len(site.client.seen[job_id]) == 1
    item = site.item(job_id)
    assert "t_published" in item and "t_distributed" not in item  # the sweeper finds it


def test_a_job_of_a_shard_that_is_gone_ends_in_the_table(site: Site) -> None:
    job_id = site.send()
    with site.worker(RESULTS_TOPIC_ARNS=json.dumps([site.topics[0]])):  # not the shard of the client
        site.wait_empty()
    assert site.item(job_id)["state"] == "succeeded"


def test_a_message_that_cannot_be_read_ends_its_job(site: Site) -> None:
    known, other = site.job(), site.job()
    for job in (known, other):
        site.put_item(job)
    site.send_body(json.dumps({"job_id": known.job_id, "version": 0}))
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


def test_a_job_that_only_a_later_release_can_read_is_left_to_it(site: Site) -> None:
    job = site.job()
    body = json.dumps({**job.model_dump(mode="json"), "version": 7})
    site.put_item(job, request={"S": body})
    site.send_body(body)
    with site.worker() as worker:
        worker.wait_log("newer_message")
        following = site.send()
        site.client.wait(following)
        assert worker.stop() == 0
    assert sum(site.left()) == 1
    item = site.item(job.job_id)
    assert item["state"] == "queued" and "attempts" not in item and item["request"] == body


def test_jobs_of_one_ordering_key_run_in_order_also_when_one_is_tried_again(site: Site) -> None:
    bucket = f"order-{uuid.uuid4().hex[:12]}"
    jobs = [site.send(tag=f"order-{index}", group="one-key") for index in range(6)]
    other = site.send(tag="free", group="another-key")
    with site.worker(OUTPUT_BUCKET=bucket) as worker:
        worker.wait_log("job_given_back")
        site.cloud.boto3_client("s3").create_bucket(
            Bucket=bucket, CreateBucketConfiguration={"LocationConstraint": REGION}
        )
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
