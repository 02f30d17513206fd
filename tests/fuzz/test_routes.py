"""Whatever a file holds, every route answers it, with no 5xx."""

import json
from itertools import count
from typing import Any
from urllib.parse import quote

import httpx
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from tests.fuzz.bucket import Bucket
from tests.fuzz.conftest import bounded
from tests.fuzz.mutations import damaged

IMAGE = "/studies/{study}/series/s/images/i"
numbers = count()


def addresses(study: str) -> list[tuple[str, dict[str, str]]]:
    image = IMAGE.format(study=study)
    return [
        (f"/studies/{study}/series", {}),
        (f"/studies/{study}/series/s/images", {}),
        (f"/studies/{study}/series/s/stack", {}),
        (f"{image}?size=64", {"accept": "image/png"}),
        (f"{image}?scope=series&size=64", {"accept": "image/png"}),
        (f"{image}?scope=study&size=64", {"accept": "image/png"}),
        (f"{image}?frame=2&wc=0&ww=1", {"accept": "image/png"}),
        (image, {"accept": "application/dicom"}),
        (f"{image}/metadata", {}),
        (f"{image}/tags", {}),
        (f"{image}/overlays", {}),
        (f"{image}/segments", {}),
        (f"{image}/pixels", {}),
    ]


@given(damaged())
@bounded(25)
def test_a_damaged_file_is_answered_by_every_route(pacs: TestClient, bucket: Bucket, drawn: tuple[str, bytes]) -> None:
    bucket.objects.clear()
    study = f"f{next(numbers)}"  # nothing is answered from a cache
    bucket.objects[f"{study}/s/i.dcm"] = drawn[1]
    for address, headers in addresses(study):
        answer = pacs.get(address, headers=headers)
        assert answer.status_code < 500, (drawn[0], address, answer.text)
        if "json" in answer.headers["content-type"]:
            json.loads(answer.content, parse_constant=pytest.fail)
    listed = pacs.get("/studies")
    assert listed.status_code == 200 and [each["study_id"] for each in listed.json()["studies"]] == [study]


bodies = st.one_of(
    st.recursive(
        st.one_of(st.none(), st.booleans(), st.floats(), st.integers(), st.text()),
        lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(), inner, max_size=3)),
        max_leaves=8,
    ).map(lambda value: json.dumps({"parameters": value}).encode()),
    st.binary(max_size=60),
    st.sampled_from(
        (b'{"a": NaN}', b'{"a": 1e999}', b'{"a": "\\ud800"}', b'{"a": ' + b"9" * 5000 + b"}", b"[" * 60_000, b'"\xff"')
    ),
)


@example(b'{"a": NaN}', "gaussian")  # answered 500 once, as did the next two
@example(b'{"a": 1e999}', "gaussian")
@example(b'{"a": "\\ud800"}', "gaussian")
@given(bodies, st.text(alphabet=st.characters(exclude_characters="/?#", exclude_categories=("Cs",)), min_size=1))
@bounded(60)
def test_any_body_and_algorithm_is_passed_on_or_refused(pacs: TestClient, body: bytes, algorithm: str) -> None:
    def answer(_: httpx.Request) -> httpx.Response:
        return httpx.Response(202, json={})

    app: Any = pacs.app
    app.state.shared.http = httpx.AsyncClient(transport=httpx.MockTransport(answer))
    path = f"{IMAGE.format(study='a')}/process/{quote(algorithm, safe='')}"
    assert pacs.post(path, content=body).status_code < 500, (path, body)


@given(st.dictionaries(st.sampled_from(("frame", "wc", "ww", "size", "scope", "limit", "cursor", "from", "search")),
                       st.one_of(st.text(max_size=12), st.floats().map(str), st.integers().map(str)), max_size=4),
       st.text(alphabet=st.characters(exclude_categories=("Cs",)), min_size=1, max_size=20))  # fmt: skip
@bounded(40)
def test_any_query_and_identifier_is_answered(
    pacs: TestClient, bucket: Bucket, asked: dict[str, str], study: str
) -> None:
    bucket.objects.clear()
    for address in ("/studies", *(address for address, _ in addresses(study))):
        try:
            url = httpx.URL("http://testserver" + address.split("?")[0], params=asked)
        except httpx.InvalidURL:
            continue
        assert pacs.get(url).status_code < 500, (url, asked)


UPLOAD = {"content-type": 'multipart/related; type="application/dicom"; boundary=b', "accept": "application/json"}
HEAD = b"--b\r\nContent-Type: application/dicom\r\n\r\n"


@given(damaged())
@bounded(15)
def test_a_damaged_file_is_stored_as_it_is_or_refused(
    pacs: TestClient, bucket: Bucket, drawn: tuple[str, bytes]
) -> None:
    bucket.objects.clear()
    answer = pacs.post("/studies", content=HEAD + drawn[1] + b"\r\n--b--", headers=UPLOAD)
    assert answer.status_code in (200, 409), (drawn[0], answer.text)
    (instance,) = answer.json()["instances"]
    assert list(bucket.objects.values()) == ([drawn[1]] if instance["status"] == "taken" else [])


@given(st.lists(st.one_of(st.binary(max_size=40), st.sampled_from((HEAD, b"--b", b"\r\n", b"--", b":")))).map(b"".join))
@bounded(40)
def test_any_body_of_an_upload_is_answered(pacs: TestClient, body: bytes) -> None:
    assert pacs.post("/studies", content=body, headers=UPLOAD).status_code < 500, body
