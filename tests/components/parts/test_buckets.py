"""Addresses of buckets, held against those that botocore makes."""

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest

from components.parts.buckets import ExistingBucket, bucket_host
from runtime.contracts.origin import content_security_policy
from runtime.handlers import boto3_clients
from runtime.handlers.job.result import outputs

BUCKET = "outputs-1a2b3c4"
KEY = "results/0123456789abcdef/0123456789abcdef0123456789abcdef/preview.png"


@pytest.fixture(params=["us-east-1", "eu-west-1", "eu-south-1", "mx-central-1", "cn-north-1", "us-gov-west-1"])
def region(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Sign as a function in AWS does: nothing says where AWS is but the region."""
    monkeypatch.delenv("AWS_ENDPOINT_URL", raising=False)
    for name, value in {
        "AWS_REGION": request.param,
        "AWS_DEFAULT_REGION": request.param,
        "AWS_ACCESS_KEY_ID": "key",
        "AWS_SECRET_ACCESS_KEY": "secret",
        "AWS_SESSION_TOKEN": "session",
        "OUTPUT_BUCKET": BUCKET,
    }.items():
        monkeypatch.setenv(name, value)
    boto3_clients.boto3_client.cache_clear()
    yield request.param
    boto3_clients.boto3_client.cache_clear()


def test_a_signed_address_names_the_bucket_and_the_regions_own_host(region: str) -> None:
    signed = urlsplit(outputs.sign(KEY))
    assert (signed.scheme, signed.netloc, signed.path) == ("https", bucket_host(BUCKET, region), f"/{KEY}")
    assert f"%2F{region}%2Fs3%2Faws4_request" in signed.query


def test_the_page_may_speak_to_the_host_of_a_signed_address(region: str) -> None:
    policy = content_security_policy(f"https://{bucket_host(BUCKET, region)}")
    (rule,) = [rule for rule in policy.split("; ") if rule.startswith("connect-src")]
    assert f"https://{urlsplit(outputs.sign(KEY)).netloc}" in rule.split()


def test_an_existing_bucket_is_known_by_its_name_alone() -> None:
    assert ExistingBucket(id="images").arn == "arn:aws:s3:::images"
    assert ExistingBucket(id="images", partition="aws-us-gov").arn == "arn:aws-us-gov:s3:::images"


def test_a_role_that_stores_may_write_below_the_key_pattern_alone() -> None:
    bucket = ExistingBucket(id="images", key_arn="arn:aws:kms:eu-west-1:111111111111:key/a")
    put, key = bucket.storing("archive/{study_id}/{series_id}/{image_id}.dcm")
    assert (put["Action"], put["Resource"]) == (["s3:PutObject"], ["arn:aws:s3:::images/archive/*/*/*.dcm"])
    assert (key["Action"], key["Resource"]) == (["kms:GenerateDataKey"], [bucket.key_arn])
    assert len(ExistingBucket(id="images").storing("{study_id}/{series_id}/{image_id}")) == 1
