"""From an image to a job, through HTTP."""

import httpx
import pytest

from tests.runtime.pacs.upstream import Upstream

ADDRESS = "/studies/odd/series/files/images/ct/process/gaussian"
BODY = {"parameters": {"sigma": 2}, "callback": {"client_id": "0" * 16}}


def test_the_call_is_passed_on_with_the_input_of_its_address(api: httpx.Client, upstream: Upstream) -> None:
    upstream.answer = (202, {"job_id": "1" * 32})
    answer = api.post(
        ADDRESS,
        params={"scope": "series"},
        json=BODY,
        headers={
            "Authorization": "Bearer a.web.token",
            "X-Client-Token": "a-token",
            "Idempotency-Key": "a-key",
            "Cookie": "private=1",
        },
    )
    assert (answer.status_code, answer.json()) == (202, {"job_id": "1" * 32})
    call = upstream.calls[-1]
    assert call["path"] == "/process/gaussian"
    pacs = {"study_id": "odd", "series_id": "files", "image_id": "ct", "scope": "series"}
    assert call["body"] == {**BODY, "pacs": pacs}
    assert (call["headers"]["x-client-token"], call["headers"]["idempotency-key"]) == ("a-token", "a-key")
    assert call["headers"]["authorization"] == "Bearer a.web.token"
    assert "cookie" not in call["headers"]


@pytest.mark.parametrize("location", ["../jobs/1", "/jobs/1", "{upstream}/jobs/1"])
def test_the_jobs_address_is_at_the_processing_api(api: httpx.Client, upstream: Upstream, location: str) -> None:
    upstream.answer = (202, {"job_id": "1"})
    upstream.location = location.format(upstream=upstream.address)
    answer = api.post(ADDRESS, json=BODY, headers={"Host": "viewer.example"})
    upstream.location = ""
    assert answer.headers["location"] == f"{upstream.address}/jobs/1"
    assert "location" not in api.post(ADDRESS, json=BODY).headers


def test_a_refusal_comes_back_as_it_is(api: httpx.Client, upstream: Upstream) -> None:
    upstream.answer = (401, {"code": "unauthorized"})
    answer = api.post(ADDRESS, json=BODY)
    assert (answer.status_code, answer.json()) == (401, {"code": "unauthorized"})


@pytest.mark.parametrize(
    ("content", "status", "code"),
    [
        (b"{", 400, "not_json"),
        (b"\xff", 400, "not_json"),
        (b"[" * 50_000, 400, "not_json"),
        (b"[]", 422, "invalid_request"),
        (b'{"pacs": {"study_id": "another"}}', 422, "invalid_request"),
        (b"{" + b" " * 70_000 + b"}", 413, "body_too_large"),
    ],
)
def test_bad_bodies_go_no_further(
    api: httpx.Client, upstream: Upstream, content: bytes, status: int, code: str
) -> None:
    before = len(upstream.calls)
    answer = api.post(ADDRESS, content=content)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert len(upstream.calls) == before


def test_an_algorithms_name_stays_one_segment_of_the_path(api: httpx.Client, upstream: Upstream) -> None:
    upstream.answer = (404, {"code": "unknown_algorithm"})
    api.post("/studies/odd/series/files/images/ct/process/a%3Fb", json=BODY)
    assert upstream.calls[-1]["path"] == "/process/a%3Fb"
