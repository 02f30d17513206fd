"""What S3 refuses, as botocore reads it from S3's own answers."""

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import boto3
import pytest
from botocore.awsrequest import AWSResponse
from botocore.config import Config
from urllib3.exceptions import SSLError

from runtime.archive import Archive
from runtime.contracts.models import InputReference
from runtime.errors import PermanentError, TransientError

IMAGE = InputReference(study_id="1", series_id="2", image_id="3", scope="image")
SERIES = InputReference(study_id="1", series_id="2", image_id=None, scope="series")
PATTERN = "{study_id}/{series_id}/{image_id}.dcm"
EMPTY = b"<ListBucketResult><KeyCount>0</KeyCount></ListBucketResult>"
Answer = Callable[[Any], tuple[int, bytes, dict[str, str]]]


class Body:
    """What botocore reads an answer from."""

    def __init__(self, content: bytes) -> None:
        self.content = content

    def stream(self, **_: Any) -> Any:
        yield self.content

    def read(self, *_: Any) -> bytes:
        content, self.content = self.content, b""
        return content

    def close(self) -> None:
        """Nothing is open."""


def archive(answer: Answer) -> tuple[Archive, list[str]]:
    """Return an archive whose S3 answers so, and the requests that it was sent."""
    s3: Any = boto3.client(
        "s3",
        region_name="eu-south-1",
        endpoint_url=None,
        aws_access_key_id="a",
        aws_secret_access_key="b",
        config=Config(retries={"total_max_attempts": 1}),
    )
    sent: list[str] = []

    def send(request: Any, **_: Any) -> AWSResponse:
        sent.append(f"{request.method} {request.url.partition('?')[0]}")
        status, content, headers = answer(request)
        body: Any = Body(b"" if request.method == "HEAD" else content)
        told: Any = headers
        return AWSResponse(request.url, status, told, body)

    s3.meta.events.register("before-send.s3", send)
    return Archive(s3, "hospital-pacs", PATTERN), sent


def always(code: str, status: int = 403) -> Answer:
    content = f"<Error><Code>{code}</Code><Message>said by S3</Message></Error>".encode()
    return lambda _: (status, content, {"content-type": "application/xml"})


@pytest.fixture(autouse=True)
def on_aws(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing says where AWS is but the region."""
    monkeypatch.delenv("AWS_ENDPOINT_URL", raising=False)


def calls(answer: Answer, folder: Path) -> list[Callable[[], Any]]:
    """Return every way to read the archive."""
    pacs, _ = archive(answer)
    return [
        lambda: pacs.objects(IMAGE),
        lambda: pacs.objects(SERIES),
        lambda: pacs.fetch(IMAGE, folder),
        lambda: pacs.fetch(SERIES, folder),
        lambda: pacs.read(IMAGE, "1/2/3.dcm", 100),
        lambda: pacs.index("1"),
    ]


@pytest.mark.parametrize(
    ("code", "status"),
    [("AccessDenied", 403), ("AllAccessDisabled", 403), ("KMS.DisabledException", 400), ("KMS.NotFoundException", 400)],
)
def test_what_is_forbidden_is_permanent_and_says_what_to_allow(code: str, status: int, tmp_path: Path) -> None:
    reading = calls(always(code, status), tmp_path)
    # HEAD tells nothing of a key, and needs none
    for call in reading if status == 403 else reading[1:]:
        with pytest.raises(PermanentError) as caught:
            call()
        assert caught.value.code == "input_forbidden"
        assert not caught.value.retryable
        for word in ("hospital-pacs", "s3:ListBucket", "s3:GetObject", "kms:Decrypt", "missing"):
            assert word in caught.value.message


@pytest.mark.parametrize(
    ("code", "status"),
    [
        ("ExpiredToken", 400),
        ("InvalidAccessKeyId", 403),
        ("RequestTimeTooSkewed", 403),
        ("SignatureDoesNotMatch", 403),
        ("SlowDown", 503),
        ("InternalError", 500),
        ("KMS.ThrottlingException", 400),
    ],
)
def test_credentials_clocks_and_haste_pass(code: str, status: int, tmp_path: Path) -> None:
    for call in calls(always(code, status), tmp_path):
        with pytest.raises(TransientError):
            call()


def test_an_answer_whose_encryption_breaks_passes() -> None:
    def broken() -> bytes:
        raise SSLError("decryption failed or bad record mac")

    pacs, _ = archive(lambda _: (200, b"", {}))
    pacs._s3 = SimpleNamespace(get_object=lambda **_: {"Body": SimpleNamespace(read=broken)})  # pyright: ignore[reportPrivateUsage]
    with pytest.raises(TransientError):
        pacs.read(IMAGE, "1/2/3.dcm")


def test_an_archived_object_must_be_restored(tmp_path: Path) -> None:
    pacs, _ = archive(always("InvalidObjectState"))
    with pytest.raises(PermanentError, match="must restore it first"):
        pacs.fetch(IMAGE, tmp_path)


def test_a_missing_image_stays_a_missing_image(tmp_path: Path) -> None:
    pacs, _ = archive(always("NoSuchKey", 404))
    for call in (lambda: pacs.objects(IMAGE), lambda: pacs.fetch(IMAGE, tmp_path)):
        with pytest.raises(PermanentError, match="The PACS has no image 3 in series 2 of study 1"):
            call()


def test_a_bucket_of_another_region_is_found_by_what_s3_answers_and_needs_no_further_right() -> None:
    here = "https://hospital-pacs.s3.eu-south-1.amazonaws.com/"

    def answer(request: Any) -> tuple[int, bytes, dict[str, str]]:
        if request.url.startswith(here):
            moved = b"<Error><Code>PermanentRedirect</Code><Bucket>hospital-pacs</Bucket></Error>"
            return 301, moved, {"x-amz-bucket-region": "eu-west-1"}
        assert "/eu-west-1/s3/" in request.headers["Authorization"].decode()
        return 200, EMPTY, {}

    pacs, sent = archive(answer)
    for _ in range(2):
        assert pacs.index("1").entries == ()
    there = "GET https://hospital-pacs.s3.eu-west-1.amazonaws.com/"
    assert sent == [f"GET {here}", there, there], "the region is remembered"
