"""Images sent to the PACS API: what is stored, what is refused and why, and that nothing is ever replaced."""

import gzip
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from starlette.testclient import TestClient

from runtime.pacs.app import create_app
from runtime.pacs.endpoints import receive
from runtime.pacs.settings import Settings
from tests.clients.cli.intake import mixed
from tests.fuzz.bucket import Bucket

TYPE = 'multipart/related; type="application/dicom"; boundary=b'
HOSTILE = (
    mixed.image(1, 1, 1, StudyInstanceUID="../../secret"),
    mixed.image(1, 1, 1, SOPInstanceUID="1/2"),
    mixed.image(1, 1, 1, SeriesInstanceUID="x" * 2000),
)


@pytest.fixture(scope="module")
def bucket() -> Bucket:
    """The bucket behind the API."""
    return Bucket()


@pytest.fixture(scope="module")
def api(bucket: Bucket) -> Iterator[TestClient]:
    """A PACS API that takes images, with its real processes."""
    with TestClient(create_app(Settings(bucket="pacs", uploads=True, decoders=1), bucket)) as client:
        yield client


def body(*files: bytes, headers: bytes = b"Content-Type: application/dicom\r\n") -> bytes:
    """Return a multipart body."""
    return b"".join(b"--b\r\n" + headers + b"\r\n" + file + b"\r\n" for file in files) + b"--b--\r\n"


def send(api: TestClient, content: bytes, *, accept: str = "application/json", **headers: str) -> httpx.Response:
    """Return the answer to an upload."""
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    return api.post("/studies", content=content, headers={"content-type": TYPE, "accept": accept} | names)


def test_images_are_stored_by_the_key_pattern_and_listed(api: TestClient, bucket: Bucket) -> None:
    files = [mixed.content(mixed.image(11, 1, number)) for number in (1, 2)]
    answer = send(api, body(*files))
    assert answer.status_code == 200
    for number, (file, instance) in enumerate(zip(files, answer.json()["instances"], strict=True), 1):
        ids = [mixed.uid(11), mixed.uid(11, 1), mixed.uid(11, 1, number)]
        assert [instance[name] for name in ("study_id", "series_id", "image_id")] == ids
        assert (instance["status"], instance["code"], instance["reason"]) == ("taken", None, None)
        assert bucket.objects["/".join(ids) + ".dcm"] == file
    listed = api.get(f"/studies/{mixed.uid(11)}/series/{mixed.uid(11, 1)}/images").json()["images"]
    assert len(listed) == 2


def test_what_is_stored_is_never_replaced(api: TestClient, bucket: Bucket) -> None:
    file = mixed.content(mixed.image(12, 1, 1))
    send(api, body(file))
    before = dict(bucket.objects)
    answer = send(api, body(file, mixed.content(mixed.image(12, 1, 1, InstanceNumber=7))))
    assert answer.status_code == 202
    assert [(each["status"], each["code"]) for each in answer.json()["instances"]] == [
        ("there_already", None),
        ("refused", "other_content"),
    ]
    assert bucket.objects == before


def test_each_file_is_refused_for_its_own_reason(api: TestClient, bucket: Bucket) -> None:
    file = mixed.content(mixed.image(13, 1, 1))
    before = dict(bucket.objects)
    answer = send(api, body(b"", b"notes", file[:200], file[:-900], gzip.compress(file)))
    assert answer.status_code == 409
    assert [each["code"] for each in answer.json()["instances"]] == [
        "empty",
        "not_dicom",
        "damaged",
        "cut_short",
        "not_dicom",
    ]
    assert bucket.objects == before


@pytest.mark.parametrize("number", range(len(HOSTILE)))
def test_identifiers_that_would_leave_the_pattern_are_refused(api: TestClient, bucket: Bucket, number: int) -> None:
    before = dict(bucket.objects)
    (instance,) = send(api, body(mixed.content(HOSTILE[number]))).json()["instances"]
    assert (instance["status"], instance["code"]) == ("refused", "no_key")
    assert bucket.objects == before


def test_a_dicomweb_client_gets_the_answer_of_the_standard(api: TestClient) -> None:
    one, two = (mixed.content(mixed.image(14, 1, 1, InstanceNumber=number)) for number in (1, 2))
    answer = send(api, body(one, two, b"notes"), accept="application/dicom+json")
    assert (answer.status_code, answer.headers["content-type"]) == (202, "application/dicom+json")
    item: dict[str, Any] = {
        "00081150": {"vr": "UI", "Value": ["1.2.840.10008.5.1.4.1.1.2"]},
        "00081155": {"vr": "UI", "Value": [mixed.uid(14, 1, 1)]},
    }
    assert answer.json() == {
        "00081199": {"vr": "SQ", "Value": [item]},
        "00081198": {"vr": "SQ", "Value": [{**item, "00081197": {"vr": "US", "Value": [0x0111]}}]},
        "0008119A": {"vr": "SQ", "Value": [{"00081197": {"vr": "US", "Value": [0xC000]}}]},
    }


@pytest.mark.parametrize(
    ("content", "headers", "status"),
    [
        (b"notes", {}, 400),
        (b"--b--", {}, 400),
        (body(b"x")[:-9], {}, 400),
        (b"{}", {"content_type": "application/json"}, 415),
        (body(b"x"), {"content_type": 'multipart/related; type="application/dicom+json"; boundary=b'}, 415),
        (body(b"x"), {"content_type": 'multipart/related; type="application/dicom"'}, 400),
        (body(b"x"), {"content_encoding": "gzip"}, 415),
        (body(b"x"), {"accept": "text/html"}, 406),
        (body(*[b"x"] * (receive.INSTANCES + 1)), {}, 413),
    ],
)
def test_a_call_that_cannot_be_read_is_refused(
    api: TestClient, content: bytes, headers: dict[str, str], status: int
) -> None:
    answer = send(api, content, **headers)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")


def test_a_part_that_is_encoded_is_refused(api: TestClient) -> None:
    content = body(b"x", headers=b"Content-Type: application/dicom\r\nContent-Encoding: gzip\r\n")
    (instance,) = send(api, content).json()["instances"]
    assert (instance["code"], instance["reason"]) == ("not_dicom", "encoded; send the file as it is")


def test_a_large_body_is_refused(api: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(receive, "BODY_BYTES", 1000)
    answer = api.post("/studies", content=iter([body(b"x" * 2000)]), headers={"content-type": TYPE})
    assert (answer.status_code, answer.json()["code"]) == (413, "body_too_large")


def test_a_bucket_that_refuses_is_named(api: TestClient, bucket: Bucket, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bucket, "refuses", True)
    answer = send(api, body(mixed.content(mixed.image(15, 1, 1))))
    assert (answer.status_code, answer.json()["code"]) == (403, "input_forbidden")
    assert "must allow s3:PutObject" in answer.json()["detail"]


def test_one_call_too_many_waits_outside(api: TestClient) -> None:
    app: Any = api.app
    slots, app.state.shared.uploads._value = app.state.shared.uploads._value, 0
    try:
        answer = send(api, body(b"x"))
    finally:
        app.state.shared.uploads._value = slots
    assert (answer.status_code, answer.json()["code"]) == (503, "unavailable")


def test_a_stack_without_uploads_takes_none() -> None:
    with TestClient(create_app(Settings(bucket="pacs", decoders=1), Bucket())) as api:
        assert send(api, body(b"x")).status_code == 405
        assert "post" not in api.get("/openapi.json").json()["paths"]["/studies"]
