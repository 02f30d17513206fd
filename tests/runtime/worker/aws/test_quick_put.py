"""Small objects are stored as boto3 would store them, and what goes wrong is said as boto3 says it."""

import socket
import ssl
from http.client import HTTPConnection, HTTPSConnection
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError

from runtime.local.emulator.emulator import Emulator
from runtime.worker.aws.quick_put import QuickPut
from tests.runtime.worker.conftest import Shared


@pytest.fixture
def credentials(cloud: Emulator, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in cloud.environment.items():
        monkeypatch.setenv(name, value)


def calls_of(s3: Any) -> list[str]:
    """Return a list to which the name of each call that boto3 makes from now on is added."""
    calls: list[str] = []
    s3.meta.events.register("before-call.s3", lambda model, **_: calls.append(model.name))
    return calls


@pytest.mark.usefixtures("credentials")
def test_an_object_is_stored_without_boto3(cloud: Emulator, shared: Shared) -> None:
    s3 = cloud.client("s3")
    calls = calls_of(s3)
    QuickPut(s3, shared.output_bucket).put("quick/a b+c%.json", b"{}", "application/json")
    assert calls == []
    stored = s3.get_object(Bucket=shared.output_bucket, Key="quick/a b+c%.json")
    assert (stored["Body"].read(), stored["ContentType"]) == (b"{}", "application/json")


@pytest.mark.usefixtures("credentials")
def test_what_fails_is_left_to_boto3(cloud: Emulator) -> None:
    with pytest.raises(ClientError, match="NoSuchBucket"):
        QuickPut(cloud.client("s3"), "no-such-bucket-here").put("a", b"", "text/plain")


def test_without_credentials_of_its_own_boto3_does_it(
    cloud: Emulator, shared: Shared, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_PROFILE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", "/dev/null")
    monkeypatch.setenv("AWS_CONFIG_FILE", "/dev/null")
    s3 = cloud.client("s3")
    QuickPut(s3, shared.output_bucket).put("quick/b", b"1", "text/plain")
    assert s3.get_object(Bucket=shared.output_bucket, Key="quick/b")["Body"].read() == b"1"


@pytest.mark.usefixtures("credentials")
def test_an_endpoint_that_does_not_answer_the_first_time_is_asked_again(cloud: Emulator, shared: Shared) -> None:
    s3 = cloud.client("s3")
    quick = QuickPut(s3, shared.output_bucket)
    quick._of_thread.connection = HTTPConnection("127.0.0.1", 9)  # nobody listens there
    quick.put("quick/c", b"1", "text/plain")
    assert s3.get_object(Bucket=shared.output_bucket, Key="quick/c")["Body"].read() == b"1"


@pytest.mark.usefixtures("credentials")
def test_a_connection_that_was_closed_meanwhile_is_opened_again(cloud: Emulator, shared: Shared) -> None:
    s3 = cloud.client("s3")
    calls = calls_of(s3)
    quick = QuickPut(s3, shared.output_bucket)
    quick.put("quick/d", b"1", "text/plain")
    quick._of_thread.connection.sock.shutdown(socket.SHUT_RDWR)
    quick.put("quick/d", b"2", "text/plain")
    assert calls == []
    assert s3.get_object(Bucket=shared.output_bucket, Key="quick/d")["Body"].read() == b"2"


def test_over_https_the_server_must_show_who_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AWS_ENDPOINT_URL", raising=False)
    connection: Any = QuickPut(boto3.client("s3", region_name="eu-central-1"), "bucket")._connection()  # pyright: ignore
    assert isinstance(connection, HTTPSConnection)
    context: ssl.SSLContext = vars(connection)["_context"]
    assert (context.verify_mode, context.check_hostname) == (ssl.CERT_REQUIRED, True)
