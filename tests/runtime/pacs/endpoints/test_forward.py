"""From an image to a job, and from a series to a job or a batch, through HTTP."""

import asyncio
from typing import Any, cast

import httpx
import pytest

from runtime.archive import Stored
from runtime.archive.pattern import KeyPattern
from runtime.contracts.models import InputReference
from runtime.contracts.results import fit
from runtime.pacs.app_state import AppState
from runtime.pacs.endpoints import forward
from runtime.pacs.http.problems import PacsProblem
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
            "traceparent": "a-trace",
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
    assert call["headers"]["traceparent"] == "a-trace"
    assert "cookie" not in call["headers"]


@pytest.mark.parametrize("location", ["../jobs/1", "/jobs/1", "{upstream}/jobs/1"])
def test_the_jobs_address_is_at_the_processing_api(api: httpx.Client, upstream: Upstream, location: str) -> None:
    upstream.answer = (202, {"job_id": "1"})
    upstream.location = location.format(upstream=upstream.address)
    answer = api.post(ADDRESS, json=BODY, headers={"Host": "viewer.example"})
    upstream.location = ""
    assert answer.headers["location"] == f"{upstream.address}/jobs/1"
    assert "location" not in api.post(ADDRESS, json=BODY).headers


SERIES = "/studies/odd/series/files"


def test_a_series_is_sent_as_one_job(api: httpx.Client, upstream: Upstream) -> None:
    upstream.answer = (202, {"job_id": "1" * 32})
    assert api.post(f"{SERIES}/process/gaussian", json=BODY).status_code == 202
    pacs = {"study_id": "odd", "series_id": "files", "scope": "series"}
    assert upstream.calls[-1]["body"] == {**BODY, "pacs": pacs}
    volume = "0123456789abcdef"
    assert api.post(f"{SERIES}/process/gaussian?volume={volume}", json=BODY).status_code == 202
    assert upstream.calls[-1]["body"] == {**BODY, "pacs": {**pacs, "volume": volume}}


def test_each_image_of_a_series_is_one_of_a_list(api: httpx.Client, upstream: Upstream) -> None:
    upstream.answer = (202, {"batch_id": "b"})
    listed = api.get(f"{SERIES}/images", params={"limit": 1000}).json()["images"]
    answer = api.post(f"{SERIES}/process/gaussian?each=image", json=BODY, headers={"X-Client-Token": "a-token"})
    assert answer.json() == {"batch_id": "b"}
    call = upstream.calls[-1]
    assert (call["path"], call["headers"]["x-client-token"]) == ("/process/gaussian", "a-token")
    sent = call["body"]["pacs"]
    assert {each["image_id"] for each in sent} == {each["image_id"] for each in listed}
    assert {(each["study_id"], each["series_id"], each["scope"]) for each in sent} == {("odd", "files", "image")}


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        (f"{SERIES}/process/gaussian?each=plane", 422, "invalid_request"),
        (f"{SERIES}/process/gaussian?volume=first", 422, "invalid_request"),
        (f"{SERIES}/process/gaussian?each=image&volume=0123456789abcdef", 422, "invalid_request"),
        (f"{SERIES}/process/gaussian?scope=image", 422, "invalid_request"),
        ("/studies/odd/series/none/process/gaussian?each=image", 404, "input_not_found"),
    ],
)
def test_a_series_that_cannot_be_sent_goes_no_further(
    api: httpx.Client, upstream: Upstream, path: str, status: int, code: str
) -> None:
    before = len(upstream.calls)
    answer = api.post(path, json=BODY)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert len(upstream.calls) == before


class Large:
    """An archive whose series has so many images; state and archive in one."""

    pattern = KeyPattern("{study_id}/{series_id}/{image_id}.dcm")

    def __init__(self, images: int) -> None:
        self.archive, self.images = self, images

    def objects(self, series: InputReference) -> list[Stored]:
        return [Stored(f"{series.study_id}/{series.series_id}/{number}.dcm", "", 1) for number in range(self.images)]

    async def blocking(self, function: Any, *arguments: Any) -> Any:
        return function(*arguments)


def test_a_batch_of_images_has_their_order_and_an_end() -> None:
    series = InputReference(study_id="1", series_id="2", scope="series")
    sent = asyncio.run(forward._images(cast(AppState, Large(fit.MOST_JOBS)), series))
    assert [each["image_id"] for each in sent] == [str(number) for number in range(fit.MOST_JOBS)]
    with pytest.raises(PacsProblem) as refused:
        asyncio.run(forward._images(cast(AppState, Large(fit.MOST_JOBS + 1)), series))
    assert "asks for 1001 jobs" in refused.value.detail


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
