"""A job's whole way works with no more than the policies allow, with IAM enforced."""

import json
import time
from typing import Any
from urllib.parse import quote

import httpx
import pytest
from botocore.credentials import Credentials

from clients.cli.local import sample
from runtime.local.cloud import LocalCloud
from runtime.local.emulator.emulator import ACCOUNT, REGION
from runtime.signature import Signature
from tests.clients.cli.intake import mixed


@pytest.fixture(scope="module")
def enforced() -> Any:
    """The whole system on an emulator that refuses what policies do not allow."""
    with LocalCloud(config={"uploads": True}, enforce=True) as cloud:
        yield cloud


def test_everything_works_with_no_more_than_the_policies_allow(enforced: LocalCloud) -> None:
    outputs, s3 = enforced.outputs, enforced.emulator.boto3_client("s3")
    image = sample.put(s3, outputs["PacsBucket"])[10]
    assert [uploaded(outputs["PacsApiLB"], number) for number in (1, 1)] == ["taken", "there_already"]
    with httpx.Client(base_url=outputs["ProcessingApiEndpoint"], timeout=30) as http:
        client = http.post("/provision").raise_for_status().json()
        http.headers["X-Client-Token"] = client["client_token"]
        queue = quote(client["queue_url"], safe="")
        pacs = {"study_id": image.study_id, "series_id": image.series_id, "image_id": image.image_id, "scope": "image"}
        # The emulator speaks plain HTTP, which the output bucket's own policy refuses: set aside, and seen at the end.
        tls_only = s3.get_bucket_policy(Bucket=outputs["OutputBucket"])["Policy"]
        s3.delete_bucket_policy(Bucket=outputs["OutputBucket"])
        body = {"pacs": pacs, "callback": {"client_id": client["client_id"]}}
        name = sorted(outputs["RequestQueues"])[-1]
        job = http.post(f"/process/{name}", json=body).raise_for_status().json()["job_id"]

        (message,) = messages(http, queue)
        assert (message["result"]["job_id"], message["result"]["status"]) == (job, "succeeded")
        assert http.get(f"/jobs/{job}").raise_for_status().json()["state"] == "succeeded"
        output = message["result"]["outputs"][0]
        assert httpx.get(output["url"]).status_code == 200
        signed = http.get("/sign", params={"key": output["key"]}).raise_for_status().json()["url"]
        assert httpx.get(signed).status_code == 200

        assert http.delete(f"/proxy-sqs?queue={queue}&receipt={quote(message['receipt'])}").status_code == 204
        cancelled(http, enforced, body, name, queue)
        in_a_batch(http, body, name, queue)
        dead_lettered(http, enforced, body, name, queue)
        operated(http, enforced, queue)
        heard_by_the_algorithm(enforced, name, job)
        assert http.delete("/provision").status_code == 204
        assert http.get(f"/proxy-sqs?queue={queue}").status_code == 401
        s3.put_bucket_policy(Bucket=outputs["OutputBucket"], Policy=tls_only)
        assert httpx.get(signed).status_code == 403


def uploaded(pacs: str, number: int) -> str:
    """Return what became of an image that is sent to the PACS API."""
    head = b"--b\r\nContent-Type: application/dicom\r\n\r\n"
    content = head + mixed.content(mixed.image(number, number, number)) + b"\r\n--b--\r\n"
    headers = {"Content-Type": 'multipart/related; type="application/dicom"; boundary=b', "Accept": "application/json"}
    answer = httpx.post(f"{pacs}/studies", content=content, headers=headers, timeout=30).raise_for_status()
    return answer.json()["instances"][0]["status"]


def messages(http: httpx.Client, queue: str) -> list[dict[str, Any]]:
    """Return the next results."""
    for _ in range(4):
        if found := http.get(f"/proxy-sqs?queue={queue}&wait=10").raise_for_status().json()["messages"]:
            return found
    raise AssertionError("no result came")


def cancelled(http: httpx.Client, cloud: LocalCloud, body: dict[str, Any], name: str, queue: str) -> None:
    """Cancel a job that waits behind nothing: the table says that it is still queued."""
    job = http.post(f"/process/{name}", json=body).raise_for_status().json()["job_id"]
    http.delete(f"/jobs/{job}")  # the worker may have been faster; either way the job ends once
    (message,) = messages(http, queue)
    assert message["result"]["job_id"] == job
    assert message["result"]["status"] in ("cancelled", "succeeded")
    assert http.delete(f"/proxy-sqs?queue={queue}&receipt={quote(message['receipt'])}").status_code == 204


def in_a_batch(http: httpx.Client, body: dict[str, Any], name: str, queue: str) -> None:
    """Send two jobs at once, look at them, and cancel them: each ends once, whichever is faster."""
    batch = http.post(f"/process/{name}", json={**body, "pacs": [body["pacs"]] * 2}).raise_for_status().json()
    assert http.get(f"/batches/{batch['batch_id']}").raise_for_status().json()["jobs"] == 2
    assert http.delete(f"/batches/{batch['batch_id']}").status_code in (202, 409)
    ended = set[str]()
    while ended != set(batch["job_ids"]):
        for message in messages(http, queue):
            ended.add(message["result"]["job_id"])
            assert http.delete(f"/proxy-sqs?queue={queue}&receipt={quote(message['receipt'])}").status_code == 204


def dead_lettered(http: httpx.Client, cloud: LocalCloud, body: dict[str, Any], name: str, queue: str) -> None:
    """Put a job's message where it comes after too many attempts: its client is told."""
    job = "0" * 31 + "1"
    request = {
        "version": 1,
        "job_id": job,
        "client_id": body["callback"]["client_id"],
        "shard": 0,
        "algorithm": name,
        "pacs": body["pacs"],
        "parameters": {},
        "outputs": ["preview"],
        "accepted_at": int(time.time() * 1000),
    }
    sqs = cloud.emulator.boto3_client("sqs")
    (dead,) = [
        each["id"]
        for each in cloud.resources
        if each["type"] == "aws:sqs/queue:Queue" and each["name"] == f"{name.replace('_', '-')}-dead-letters"
    ]
    sqs.send_message(QueueUrl=dead, MessageBody=json.dumps(request), MessageGroupId=job, MessageDeduplicationId=job)
    (message,) = messages(http, queue)
    assert message["result"]["job_id"] == job
    assert message["result"]["error"]["code"] == "dead_lettered"
    assert http.delete(f"/proxy-sqs?queue={queue}&receipt={quote(message['receipt'])}").status_code == 204


def operated(http: httpx.Client, cloud: LocalCloud, queue: str) -> None:
    """Look at the system as an operator, and retry the dead letter's job: its client gets another result."""
    signature = Signature(Credentials(ACCOUNT, "local"), REGION)
    with httpx.Client(base_url=cloud.outputs["ProcessingApiEndpoint"], auth=signature, timeout=30) as operator:
        found = operator.get("/operations/system").raise_for_status().json()
        assert found["failures"] == [{"reason": "dead_lettered", "jobs": 1}]
        (failure,) = operator.get("/operations/failures").raise_for_status().json()["failures"]
        asked = {"job_ids": [failure["job_id"]]}
        done = operator.post("/operations/failures/retry", json=asked).raise_for_status().json()
        (message,) = messages(http, queue)
        assert message["result"]["job_id"] == done["settled"][0]["retried_as"]
        assert http.delete(f"/proxy-sqs?queue={queue}&receipt={quote(message['receipt'])}").status_code == 204
        assert operator.get("/operations/failures").raise_for_status().json()["failures"] == []
        refused = operator.post("/operations/failures/discard", json=asked).raise_for_status().json()["refused"]
        assert [each["code"] for each in refused] == ["not_a_failure"]


def heard_by_the_algorithm(cloud: LocalCloud, name: str, succeeded: str) -> None:
    """Every end is on the algorithm's own results queue, too, whoever published it."""
    found = cloud.emulator.boto3_client("sqs").receive_message(
        QueueUrl=cloud.outputs["ResultQueues"][name], MaxNumberOfMessages=10, WaitTimeSeconds=2
    )["Messages"]
    ends = [json.loads(message["Body"]) for message in found]
    assert len({end["job_id"] for end in ends}) == len(ends) == 6
    assert {succeeded, "0" * 31 + "1"} <= {end["job_id"] for end in ends}
