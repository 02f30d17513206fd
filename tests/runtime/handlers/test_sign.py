"""Fresh addresses, for a client's own outputs only."""

import httpx
import pytest

from runtime.contracts.answers import SignedUrl
from tests.runtime.handlers.caller import Caller, refused
from tests.runtime.handlers.deployment import Deployment

JOB = "0123456789abcdef0123456789abcdef"


def test_an_output_gets_an_address_that_works_without_a_token(api: Deployment, alice: Caller) -> None:
    key = f"results/{alice.client_id}/{JOB}/values.mha"
    api.cloud.boto3_client("s3").put_object(Bucket=api.name, Key=key, Body=b"values")
    answer = alice.call("GET", "/sign", params={"key": key})
    signed = SignedUrl.model_validate(answer.json())
    assert signed.expires_in == 3600
    saved = httpx.get(signed.url, trust_env=False)
    assert saved.content == b"values"
    assert saved.headers["content-disposition"] == 'attachment; filename="01234567-values.mha"'
    assert "X-Amz-Algorithm=AWS4-HMAC-SHA256" in signed.url


@pytest.mark.parametrize(
    "key",
    [
        "results/{bob}/" + JOB + "/values.mha",
        "results/{bob}/" + JOB + "/does-not-exist.mha",
        "results/{alice}/../{bob}/" + JOB + "/values.mha",
        "results/{alice}/" + JOB + "/../../{bob}/" + JOB + "/values.mha",
        "results/{alice}/" + JOB + "/..",
        "results/{alice}/" + JOB + "/",
        "/results/{alice}/" + JOB + "/values.mha",
        "1.2.3/4.dcm",
    ],
)
def test_what_is_not_the_callers_is_forbidden(api: Deployment, alice: Caller, bob: Caller, key: str) -> None:
    key = key.format(alice=alice.client_id, bob=bob.client_id)
    api.cloud.boto3_client("s3").put_object(
        Bucket=api.name, Key=f"results/{bob.client_id}/{JOB}/values.mha", Body=b"secret"
    )
    problem = refused(alice.call("GET", "/sign", params={"key": key}), 403, "forbidden")
    assert problem.detail == "This key is not one of your outputs."


def test_a_key_is_needed(alice: Caller) -> None:
    problem = refused(alice.call("GET", "/sign"), 422, "invalid_request")
    assert [error.parameter for error in problem.errors] == ["key"]
