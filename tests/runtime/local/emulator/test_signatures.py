"""The emulator lets a call of a signed route pass only if AWS would."""

import json
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from botocore.credentials import Credentials

from runtime.local.emulator.emulator import ACCOUNT, REGION, Emulator
from runtime.local.emulator.signatures import REFUSAL
from runtime.signature import Signature

ROOT = Credentials(ACCOUNT, "local")
BODY = b'{"job_ids": []}'
UNSIGNED = {"x-amz-content-sha256": "UNSIGNED-PAYLOAD"}


@pytest.fixture(scope="module")
def address(cloud: Emulator) -> str:
    """The address of an HTTP API with a signed and an open route, neither of which has an integration."""
    gateway = cloud.boto3_client("apigatewayv2")
    api = gateway.create_api(Name=f"signed-{uuid.uuid4().hex[:8]}", ProtocolType="HTTP")["ApiId"]
    gateway.create_route(ApiId=api, RouteKey="POST /operations/x", AuthorizationType="AWS_IAM")
    gateway.create_route(ApiId=api, RouteKey="POST /open")
    gateway.create_stage(ApiId=api, StageName="$default")
    return f"{cloud.endpoint}/_aws/execute-api/{api}"


def signed(address: str, credentials: Credentials = ROOT, region: str = REGION) -> httpx.Request:
    """Return a signed call, which a test then changes."""
    request = httpx.Request("POST", f"{address}/operations/x", params={"since": 1, "cursor": "a_b-c"}, content=BODY)
    return next(Signature(credentials, region).auth_flow(request))


def answer(request: httpx.Request) -> int:
    with httpx.Client(trust_env=False) as http:
        answered = http.send(request)
    if answered.status_code == 403:
        assert answered.content == REFUSAL[2]
    return answered.status_code


def test_a_signed_call_passes_and_an_open_route_asks_for_nothing(address: str) -> None:
    assert answer(signed(address)) != 403
    assert answer(httpx.Request("POST", f"{address}/open")) != 403


def test_a_call_without_a_signature_is_refused(address: str) -> None:
    for headers in (
        {},
        {"authorization": "Bearer a.b.c"},
        {"x-client-token": "0" * 16},
        {"authorization": "AWS4-HMAC"},
    ):
        assert answer(httpx.Request("POST", f"{address}/operations/x", headers=headers)) == 403


def test_who_signs_must_be_known_and_sign_for_this_service_and_region(address: str) -> None:
    for credentials in (Credentials(ACCOUNT, "guessed"), Credentials("AKIANOBODY", "local"), Credentials("", "local")):
        assert answer(signed(address, credentials)) == 403
    assert answer(signed(address, region="us-east-1")) == 403
    request = signed(address)
    request.headers["authorization"] = request.headers["authorization"].replace("execute-api", "sqs")
    assert answer(request) == 403


def test_the_signature_covers_method_address_query_body_and_host(address: str) -> None:
    whole = signed(address)
    for changed in (
        httpx.Request("POST", whole.url.copy_with(query=b"since=2"), headers=whole.headers, content=BODY),
        httpx.Request("POST", whole.url, headers=whole.headers, content=BODY[::-1]),
        httpx.Request("POST", whole.url, headers={**whole.headers, "host": "elsewhere"}, content=BODY),
        httpx.Request("POST", whole.url, headers={**whole.headers, **UNSIGNED}, content=BODY),
    ):
        assert answer(changed) == 403


def test_an_old_signature_is_refused(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    past = datetime.now(UTC) - timedelta(minutes=6)
    monkeypatch.setattr("botocore.auth.get_current_datetime", lambda remove_tzinfo=True: past.replace(tzinfo=None))
    assert answer(signed(address)) == 403


@pytest.fixture
def operator(cloud: Emulator) -> Iterator[tuple[str, Credentials]]:
    """A user without a right, and its credentials."""
    iam, name = cloud.boto3_client("iam"), f"operator-{uuid.uuid4().hex[:8]}"
    iam.create_user(UserName=name)
    key = iam.create_access_key(UserName=name)["AccessKey"]
    yield name, Credentials(key["AccessKeyId"], key["SecretAccessKey"])


def test_a_user_needs_a_policy_that_allows_the_route(
    cloud: Emulator, address: str, operator: tuple[str, Credentials]
) -> None:
    name, credentials = operator
    assert answer(signed(address, credentials)) == 403
    api = address.rpartition("/")[2]
    for path, allowed in (("/*/*/other/*", False), ("/*/*/operations/*", True)):
        resource = f"arn:aws:execute-api:{REGION}:{ACCOUNT}:{api}{path}"
        statement = {"Effect": "Allow", "Action": "execute-api:Invoke", "Resource": resource}
        policy = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
        cloud.boto3_client("iam").put_user_policy(UserName=name, PolicyName="operate", PolicyDocument=policy)
        assert (answer(signed(address, credentials)) != 403) is allowed
