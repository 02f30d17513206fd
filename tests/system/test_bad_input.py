"""What bad input gets: a problem with a stable code and a sentence to act on, and nothing is enqueued."""

import json
from typing import Any
from uuid import uuid4

import httpx
import pytest

from clients.cli.client import Client
from runtime.contracts.codes import CODES
from runtime.local.cloud import LocalCloud

Json = dict[str, Any]


@pytest.fixture
def body(client: Client, slice_reference: dict[str, str]) -> Json:
    return {"pacs": slice_reference, "parameters": {"sigma": 1.5}, "callback": {"client_id": client.client_id}}


def problem(answer: httpx.Response, status: int, code: str) -> Json:
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    found = answer.json()
    assert found["code"] == code
    assert found["status"] == status == CODES[code].status
    assert len(found["detail"]) > 10
    return found


@pytest.fixture(autouse=True)
def nothing_enqueued(client: Client, deployed: LocalCloud) -> Any:
    """After each test here, the client still has no job."""
    yield
    table = deployed.emulator.boto3_client("dynamodb")
    pages = table.get_paginator("scan").paginate(
        TableName=deployed.outputs["JobsTable"],
        FilterExpression="client_id = :mine AND begins_with(pk, :job)",
        ExpressionAttributeValues={":mine": {"S": client.client_id}, ":job": {"S": "job#"}},
    )
    assert not [item for page in pages for item in page["Items"]]


@pytest.mark.parametrize("text", ["", "{", "sigma=2", "\x00"])
def test_not_json(http: httpx.Client, text: str) -> None:
    problem(http.post("/process/gaussian", content=text), 400, "not_json")


def test_every_fault_is_named_at_once_with_its_pointer(http: httpx.Client, body: Json) -> None:
    body["pacs"] = {**body["pacs"], "scope": "everything", "study_id": "../../secret"}
    body["parameters"] = {"sigma": "wide", "nonsense": 1}
    body["extra"] = True
    faults = problem(http.post("/process/gaussian", json=body), 422, "invalid_request")["errors"]
    assert {"/pacs/scope", "/pacs/study_id", "/parameters/sigma", "/parameters/nonsense", "/extra"} <= {
        fault["pointer"] for fault in faults
    }
    assert all(fault["detail"] for fault in faults)


@pytest.mark.parametrize("sigma", [-1, 1e9, True, None, [1]])
def test_out_of_range_or_of_the_wrong_type(http: httpx.Client, body: Json, sigma: object) -> None:
    body["parameters"]["sigma"] = sigma
    faults = problem(http.post("/process/gaussian", json=body), 422, "invalid_request")["errors"]
    assert [fault["pointer"] for fault in faults] == ["/parameters/sigma"]


@pytest.mark.parametrize("value", [[], "text", 7, None])
def test_json_that_is_no_object(http: httpx.Client, value: object) -> None:
    problem(http.post("/process/gaussian", content=json.dumps(value)), 422, "invalid_request")


def test_unknown_algorithm_suggests_near_names(http: httpx.Client, body: Json) -> None:
    found = problem(http.post("/process/gausian", json=body), 404, "unknown_algorithm")
    assert "gaussian" in found["detail"]


@pytest.mark.parametrize("token", [None, "", "nonsense", f"{'0' * 16}.{'x' * 43}"])
def test_missing_or_wrong_token(api: str, client: Client, body: Json, token: str | None) -> None:
    headers = {} if token is None else {"X-Client-Token": token}
    problem(httpx.post(f"{api}/process/gaussian", json=body, headers=headers, timeout=40), 401, "unauthorized")
    query = {"queue": client.queue_url, "wait": 0}
    problem(httpx.get(f"{api}/proxy-sqs", params=query, headers=headers, timeout=40), 401, "unauthorized")


def test_the_right_client_with_another_secret_is_refused(api: str, client: Client, body: Json) -> None:
    headers = {"X-Client-Token": f"{client.client_id}.{'x' * 43}"}
    problem(httpx.post(f"{api}/process/gaussian", json=body, headers=headers, timeout=40), 401, "unauthorized")


def test_another_clients_id_in_the_body(http: httpx.Client, body: Json, api: str) -> None:
    with Client(api) as other:
        body["callback"] = {"client_id": other.client_id}
        theirs = problem(http.post("/process/gaussian", json=body), 403, "forbidden")
    body["callback"] = {"client_id": uuid4().hex[:16]}
    nobodys = problem(http.post("/process/gaussian", json=body), 403, "forbidden")
    assert theirs == nobodys


def test_a_body_too_large(http: httpx.Client, body: Json) -> None:
    problem(http.post("/process/gaussian", json={**body, "extra": "x" * 300_000}), 413, "body_too_large")


def test_a_scope_that_the_algorithm_does_not_take(http: httpx.Client, body: Json) -> None:
    body["parameters"] = {}
    found = problem(http.post("/process/curvature_flow", json=body), 422, "unsupported_scope")
    assert "series" in found["detail"]


def test_no_such_address(http: httpx.Client) -> None:
    problem(http.get("/nowhere"), 404, "not_found")
    problem(http.put("/provision"), 404, "not_found")
