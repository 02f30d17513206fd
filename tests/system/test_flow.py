"""The whole way over HTTP: one slice in 2-D, a series in 3-D, and the same request twice."""

import hashlib
import time
from typing import Any

import cv2
import httpx
import numpy as np
import pytest

from clients.cli.client import Client
from runtime.contracts.states import HOPS


def run(client: Client, algorithm: str, pacs: dict[str, str], parameters: dict[str, Any]) -> dict[str, Any]:
    """Send a job and return its acknowledged result."""
    job_id = client.submit(algorithm, pacs, parameters)
    message = client.wait_for(job_id)
    client.acknowledge(message)
    return message["result"]


def picture(content: bytes) -> np.ndarray:
    decoded = cv2.imdecode(np.frombuffer(content, np.uint8), cv2.IMREAD_UNCHANGED)
    assert decoded is not None
    return decoded


def test_one_slice_comes_back_smoother(client: Client, slice_reference: dict[str, str]) -> None:
    weak = run(client, "gaussian", slice_reference, {"sigma": 0.5})
    strong = run(client, "gaussian", slice_reference, {"sigma": 4})
    roughness: list[float] = []
    for result in (weak, strong):
        assert result["status"] == "succeeded"
        assert {output["kind"] for output in result["outputs"]} >= {"preview", "values"}
        for output in result["outputs"]:
            content = client.download(output["url"])
            assert len(content) == output["bytes"]
            assert hashlib.sha256(content).hexdigest() == output["sha256"]
            if output["kind"] == "preview":
                pixels = picture(content).astype(float)
                roughness.append(float(np.abs(np.diff(pixels, axis=1)).mean()))
    assert roughness[1] < roughness[0] / 1.5


def test_a_series_gives_a_picture_of_each_plane_and_a_mosaic(client: Client, series_reference: dict[str, str]) -> None:
    result = run(client, "curvature_flow", series_reference, {})
    assert result["status"] == "succeeded"
    kinds = [output["kind"] for output in result["outputs"]]
    assert kinds.count("preview") == 20
    assert kinds.count("mosaic") == kinds.count("values") == 1
    assert [o["plane"] for o in result["outputs"] if o["kind"] == "preview"] == list(range(20))
    for output in result["outputs"]:
        if output["kind"] != "values":
            assert np.ptp(picture(client.download(output["url"]))) > 50


def test_every_hop_is_crossed_in_order(client: Client, slice_reference: dict[str, str]) -> None:
    job_id = client.submit("gaussian", slice_reference, {})
    message = client.wait_for(job_id)
    client.acknowledge(message)
    deadline = time.monotonic() + 60  # the worker notes its hops when the result is on its way already
    while set(hops := client.job(job_id)["hops"]) != set(HOPS) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert set(hops) == set(HOPS)
    times = [hops[name] for name in HOPS]
    assert times == sorted(times)
    assert time.time() * 1000 - times[0] < 60_000


def test_an_acknowledged_result_does_not_come_again(client: Client, slice_reference: dict[str, str]) -> None:
    run(client, "gaussian", slice_reference, {})
    assert client.poll(wait=0) == []


def test_a_result_can_be_signed_again_and_needs_the_token(
    client: Client, http: httpx.Client, api: str, slice_reference: dict[str, str]
) -> None:
    result = run(client, "gaussian", slice_reference, {})
    key = result["outputs"][0]["key"]
    assert client.download(client.sign(key)) == client.download(result["outputs"][0]["url"])
    assert httpx.get(f"{api}/sign", params={"key": key}, timeout=40).status_code == 401


def test_the_same_request_twice_is_one_job(
    client: Client, http: httpx.Client, slice_reference: dict[str, str], name: str
) -> None:
    body = {"pacs": slice_reference, "parameters": {}, "callback": {"client_id": client.client_id}}
    headers = {"Idempotency-Key": name}
    first, second = (http.post("/process/gaussian", json=body, headers=headers) for _ in range(2))
    assert first.status_code == second.status_code == 202
    job_id = first.json()["job_id"]
    assert second.json()["job_id"] == job_id
    client.acknowledge(client.wait_for(job_id))
    again = http.post("/process/gaussian", json=body, headers=headers)
    assert again.json()["job_id"] == job_id
    assert client.poll(wait=2) == []
    other = http.post("/process/gaussian", json={**body, "parameters": {"sigma": 3}}, headers=headers)
    assert (other.status_code, other.json()["code"]) == (409, "idempotency_conflict")


@pytest.mark.parametrize("algorithm", ["gaussian", "curvature_flow"])
def test_a_job_is_cancelled_or_says_that_it_ended(
    client: Client, http: httpx.Client, series_reference: dict[str, str], algorithm: str
) -> None:
    job_id = client.submit(algorithm, series_reference, {})
    answer = http.delete(f"/jobs/{job_id}")
    message = client.wait_for(job_id)
    client.acknowledge(message)
    if answer.status_code == 202:
        assert message["result"]["status"] in ("cancelled", "succeeded")  # it may have been past stopping
    else:
        assert answer.json()["code"] == "already_ended"
    assert client.poll(wait=2) == []
    ended = http.delete(f"/jobs/{job_id}")
    assert (ended.status_code, ended.json()["code"]) == (409, "already_ended")
