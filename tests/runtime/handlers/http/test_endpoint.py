"""What every call has: its one log line, and a problem for what goes wrong behind the API."""

import base64
import json
from typing import Any

import pytest
from botocore.exceptions import (
    ClientError,
    CredentialRetrievalError,
    IncompleteReadError,
    NoCredentialsError,
    ParamValidationError,
    ReadTimeoutError,
)

from runtime.handlers.http.endpoint import endpoint
from runtime.handlers.http.exchange import Request, Response
from runtime.handlers.log import Line
from tests.runtime.handlers.caller import Caller
from tests.runtime.handlers.deployment import Deployment
from tests.runtime.handlers.messages import event

CALLS = 5  # for one log line, on a machine that is busy with other things


def invoke(api: Deployment, name: str, payload: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the answer and the log line of a call.

    The emulator waits 50 ms for what a function logs; a line that comes later is with the next call's.
    """
    functions = api.cloud.boto3_client("lambda")
    answers: list[dict[str, Any]] = []
    lines: list[str] = []
    while not lines and len(answers) < CALLS:
        answer = functions.invoke(FunctionName=name, Payload=json.dumps(payload), LogType="Tail")
        answers.append(json.loads(answer["Payload"].read()))
        tail = base64.b64decode(answer.get("LogResult", "")).decode()
        lines = [line for line in tail.splitlines() if line.startswith("{")]
    assert 1 <= len(lines) <= len(answers), lines
    return answers[len(lines) - 1], json.loads(lines[-1])


def test_a_call_writes_one_line_without_what_it_says_of_the_patient(api: Deployment, alice: Caller) -> None:
    body = alice.body(pacs={"study_id": "DOE-JOHN", "series_id": "1", "image_id": "2"})
    payload = event("POST", "/process/{algorithm}", json.dumps(body), **alice.headers)
    answer, line = invoke(api, f"{api.name}-router", payload)
    api.requests()
    assert answer["statusCode"] == 202
    assert line["job_id"] == json.loads(answer["body"])["job_id"]
    assert (line["client_id"], line["status"], line["level"]) == (alice.client_id, 202, "info")
    assert line["duration_ms"] > 0
    assert "DOE" not in json.dumps(line)
    assert alice.token not in json.dumps(line)


def test_a_problem_is_logged_by_its_code(api: Deployment) -> None:
    answer, line = invoke(api, f"{api.name}-sign", event("GET", "/sign"))
    assert answer["statusCode"] == 401
    assert (line["code"], line["level"]) == ("unauthorized", "info")


@pytest.mark.parametrize(
    ("variables", "status", "code"),
    [
        ({"AWS_ENDPOINT_URL": "http://127.0.0.1:9"}, 503, "unavailable"),
        ({"TABLE_NAME": "missing-table"}, 500, "internal_error"),
    ],
)
def test_trouble_behind_the_api_is_a_problem_with_a_logged_stack(
    api: Deployment, alice: Caller, variables: dict[str, str], status: int, code: str
) -> None:
    name = f"{api.name}-{code}"
    api.function("router", name, **variables)
    body = alice.body(pacs={"study_id": "DOE-JOHN"})
    payload = event("POST", "/process/{algorithm}", json.dumps(body), **alice.headers)
    answer, line = invoke(api, name, payload)
    problem = json.loads(answer["body"])
    assert (answer["statusCode"], problem["code"]) == (status, code)
    assert (line["level"], line["code"]) == ("error", code)
    assert any("router.py" in frame for frame in line["stack"])
    assert "DOE" not in json.dumps(line) + answer["body"]
    assert answer["headers"]["content-type"] == "application/problem+json"
    assert answer["headers"].get("retry-after") == ("2" if status == 503 else None)


@pytest.mark.parametrize(
    "code",
    [
        "KmsThrottled",
        "RequestTimeout",
        "ThrottlingError",
        "ProvisionedThroughputExceeded",
        "AccessDenied",  # also in the moments after a deployment, until IAM knows everywhere what it may
        "AccessDeniedException",
        "AuthorizationError",
        "KmsAccessDenied",
        "KMSInvalidState",
        "ExpiredTokenException",
        "InvalidSignatureException",
        "QueueDoesNotExist",
    ],
)
def test_what_may_pass_is_unavailable_and_no_failure_of_the_api(code: str) -> None:
    @endpoint("router")
    def handler(request: Request, line: Line) -> Response:
        raise ClientError({"Error": {"Code": code}}, "SendMessage")

    assert handler(event("GET", "/sign"), None)["statusCode"] == 503


def test_json_that_is_read_and_is_too_deep_to_be_written_is_the_caller_s_fault(
    capsys: pytest.CaptureFixture[str],
) -> None:
    @endpoint("router")
    def handler(request: Request, line: Line) -> Response:
        deep: list[Any] = []
        for _ in range(200_000):
            deep = [deep]
        json.dumps(deep)
        raise AssertionError

    answer = handler(event("POST", "/process/{algorithm}"), None)
    problem, line = json.loads(answer["body"]), json.loads(capsys.readouterr().out)
    assert (answer["statusCode"], problem["code"], line["level"]) == (400, "not_json", "info")


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (TimeoutError("the jobs table did not return all items"), 503),
        (NoCredentialsError(), 503),
        (CredentialRetrievalError(provider="container", error_msg="no answer"), 503),
        (IncompleteReadError(actual_bytes=1, expected_bytes=2), 503),
        (ReadTimeoutError(endpoint_url="x"), 503),
        (ParamValidationError(report="x"), 500),
        (KeyError("queue_url"), 500),
    ],
)
def test_trouble_that_is_no_answer_of_a_service_is_told_as_what_it_is(error: Exception, status: int) -> None:
    @endpoint("router")
    def handler(request: Request, line: Line) -> Response:
        raise error

    answer = handler(event("GET", "/sign"), None)
    assert (answer["statusCode"], answer["headers"]["content-type"]) == (status, "application/problem+json")
