"""The proxy passes everything on, and tells what it saw."""

from collections.abc import Iterator

import pytest

from bench.instruments.call import read
from bench.instruments.proxy import Exchange, Proxy
from runtime.local.emulator.emulator import Emulator

Seen = list[Exchange]


@pytest.fixture
def proxied(cloud: Emulator, monkeypatch: pytest.MonkeyPatch) -> Iterator[Seen]:
    """What a proxy before the emulator saw; the emulator's clients go through it."""
    seen: Seen = []
    with Proxy(cloud.port, seen.append) as proxy:
        monkeypatch.setattr(cloud, "endpoint", proxy.endpoint)
        yield seen


def test_an_object_comes_back_as_it_was_sent(cloud: Emulator, proxied: Seen) -> None:
    s3 = cloud.boto3_client("s3")
    s3.create_bucket(Bucket="proxied", CreateBucketConfiguration={"LocationConstraint": "eu-south-1"})
    s3.put_object(Bucket="proxied", Key="a b", Body=b"\0" * 100_000)
    assert s3.get_object(Bucket="proxied", Key="a b")["Body"].read() == b"\0" * 100_000
    assert s3.head_object(Bucket="proxied", Key="a b")["ContentLength"] == 100_000
    assert [read(each).operation for each in proxied][1:] == ["PutObject", "GetObject", "HeadObject"]


def test_a_refusal_is_passed_on(cloud: Emulator, proxied: Seen) -> None:
    sqs = cloud.boto3_client("sqs")
    with pytest.raises(sqs.exceptions.QueueDoesNotExist):
        sqs.get_queue_url(QueueName="nobodys")
    assert [(read(each).service, read(each).operation, each.status) for each in proxied] == [
        ("sqs", "GetQueueUrl", 400)
    ]
