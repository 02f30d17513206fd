"""Results of which the job's item has a part: read from the manifest, told and published whole."""

import json
from typing import Any

import pytest

from runtime.contracts.results import fit
from tests.runtime.handlers.caller import Caller
from tests.runtime.handlers.deployment import Deployment
from tests.runtime.handlers.messages import result

MANY = {f"region_{index}": index for index in range(1000)}


def end(api: Deployment, caller: Caller, manifest: bool = True, **changes: Any) -> dict[str, Any]:
    """End a job with a result that is larger than what its item keeps; return it."""
    job_id = caller.process()
    (request,) = [each for each in map(body, api.requests()) if each["job_id"] == job_id]
    ended = {**result(request), "measurements": MANY, **changes}
    kept = fit.encode_for_item(ended)
    assert "region_1" not in kept
    api.change(f"job#{ended['job_id']}", state=ended["status"], result=kept)
    if manifest:
        put_manifest(api, ended)
    return ended


def body(message: dict[str, Any]) -> dict[str, Any]:
    """Return the job of a message."""
    return json.loads(message["Body"])


def put_manifest(api: Deployment, ended: dict[str, Any]) -> None:
    key = f"results/{ended['client_id']}/{ended['job_id']}/result.json"
    api.cloud.boto3_client("s3").put_object(Bucket=api.name, Key=key, Body=json.dumps(ended))


def told(caller: Caller, ended: dict[str, Any]) -> list[dict[str, Any]]:
    """Return what the job and the list of jobs say of its result."""
    job = caller.call("GET", f"/jobs/{ended['job_id']}").json()
    (listed,) = [each for each in caller.call("GET", "/jobs").json()["jobs"] if each["job_id"] == ended["job_id"]]
    return [job["result"], listed["result"]]


def test_a_job_and_the_list_tell_all_of_a_large_result(api: Deployment, alice: Caller) -> None:
    ended = end(api, alice)
    for each in told(alice, ended):
        assert each["measurements"] == MANY and each["outputs_complete"]
        assert "Signature=" in each["outputs"][0]["url"] and "manifest" not in each


def test_without_its_manifest_the_counts_are_told(api: Deployment, alice: Caller) -> None:
    ended = end(api, alice, manifest=False)
    for each in told(alice, ended):
        assert not each["outputs_complete"] and each["counts"]["measurements"] == 1000
        assert each["parameters"] == ended["parameters"] and "manifest" not in each


def test_a_manifest_of_another_end_is_not_the_result(api: Deployment, alice: Caller) -> None:
    error = {"code": "cancelled", "message": "It was cancelled.", "retryable": False}
    large = {"text": "x" * fit.ITEM_BYTES}
    ended = end(api, alice, status="cancelled", error=error, parameters=large, measurements={}, outputs=[])
    put_manifest(api, {**ended, "status": "succeeded", "error": None, "measurements": MANY})
    for each in told(alice, ended):
        assert (each["status"], each["measurements"], each["outputs_complete"]) == ("cancelled", {}, True)


def test_what_a_cancelled_job_was_asked_for_is_read_from_its_request(api: Deployment, alice: Caller) -> None:
    job_id = alice.process("grow-region", parameters={"seeds": 2}, pacs=SERIES)
    api.requests("grow-region")
    request = json.loads((api.item(f"job#{job_id}") or {})["request"])
    request["parameters"]["text"] = "x" * fit.ITEM_BYTES
    api.change(f"job#{job_id}", request=json.dumps(request))
    alice.call("DELETE", f"/jobs/{job_id}")
    assert len((api.item(f"job#{job_id}") or {})["result"]) <= fit.ITEM_BYTES
    (message,) = alice.poll(wait=5)
    assert message["result"]["parameters"] == request["parameters"] and message["result"]["outputs_complete"]


SERIES = {"study_id": "1.2.3", "series_id": "1.2.3.4", "scope": "series"}


@pytest.mark.parametrize("manifest", [True, False])
def test_the_whole_result_is_published(api: Deployment, alice: Caller, manifest: bool) -> None:
    ended = end(
        api, alice, manifest, status="cancelled", error={"code": "cancelled", "message": "", "retryable": False}
    )
    alice.call("DELETE", f"/jobs/{ended['job_id']}")  # which publishes what was not published
    (message,) = alice.poll(wait=5)
    assert len(message["result"]["measurements"]) == (1000 if manifest else 0)
