"""What `POST /process/{algorithm}` takes, refuses and repeats."""

import json
from typing import Any

import pytest

from runtime.contracts import keys
from runtime.contracts.answers import Accepted
from runtime.contracts.messages import decode_job
from runtime.handlers.http.auth import digest
from runtime.handlers.job.request.claim import canonical
from tests.runtime.handlers.caller import Caller, pointers, refused
from tests.runtime.handlers.deployment import Deployment
from tests.runtime.handlers.messages import event

KEY = {"idempotency-key": "k"}


def test_a_request_becomes_one_message_and_one_job(api: Deployment, alice: Caller) -> None:
    answer = alice.call("POST", "/process/smooth", json=alice.body())
    accepted = Accepted.model_validate(answer.json())
    assert (answer.status_code, accepted.state) == (202, "queued")
    assert answer.headers["location"] == f"../jobs/{accepted.job_id}"
    (message,) = api.requests()
    job = decode_job(message["Body"])
    assert (job.job_id, job.client_id, job.algorithm) == (accepted.job_id, alice.client_id, "smooth")
    assert job.parameters == {"sigma": 2, "mode": "near"}  # the default is filled in
    assert job.outputs == ("preview", "mosaic", "values")
    assert message["Attributes"]["MessageGroupId"] == accepted.job_id
    assert message["Attributes"]["MessageDeduplicationId"] == accepted.job_id
    item = api.item(f"job#{accepted.job_id}")
    assert item is not None
    assert (item["state"], item["untold_to"]) == ("queued", alice.client_id)
    assert int(item["t_accepted"]) <= int(item["t_queued"])
    assert decode_job(item["request"]) == job


def test_a_caller_s_trace_is_in_the_message_and_in_what_is_published(api: Deployment, alice: Caller) -> None:
    caller = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
    for header, expected in ((caller, caller), ("00-nonsense", None)):
        answer = alice.call("POST", "/process/smooth", json=alice.body(), headers={"traceparent": header})
        job_id = answer.json()["job_id"]
        (message,) = api.requests()
        assert decode_job(message["Body"]).traceparent == expected
        assert alice.call("DELETE", f"/jobs/{job_id}").status_code == 202
        sqs = api.cloud.boto3_client("sqs")
        wanted = {"MessageAttributeNames": ["traceparent"], "WaitTimeSeconds": 5}
        (told,) = sqs.receive_message(QueueUrl=alice.queue, **wanted)["Messages"]
        sqs.delete_message(QueueUrl=alice.queue, ReceiptHandle=told["ReceiptHandle"])
        found = told.get("MessageAttributes", {}).get("traceparent", {}).get("StringValue")
        assert found == (f"{caller[:36]}{job_id[:16]}-01" if expected else None)  # the job's own span


@pytest.mark.parametrize("key", ["patient-7", "a" * 64, "0" * 32])
def test_an_ordering_key_is_a_message_group_of_its_client(
    api: Deployment, alice: Caller, bob: Caller, key: str
) -> None:
    sent = [caller.process(ordering_key=key) for caller in (alice, alice, bob)]
    groups = {json.loads(each["Body"])["job_id"]: each["Attributes"]["MessageGroupId"] for each in api.requests()}
    hers, again, his = (groups[job_id] for job_id in sent)
    assert hers == again != his
    assert hers.startswith(alice.client_id) and his.startswith(bob.client_id)
    assert len(hers) <= 128


def test_a_body_of_any_content_type_is_read(api: Deployment, alice: Caller) -> None:
    # API Gateway hands it over in base64 then, as it does what curl -d sends.
    import json

    form = {"content-type": "application/x-www-form-urlencoded"}
    answer = alice.call("POST", "/process/smooth", content=json.dumps(alice.body()), headers=form)
    assert answer.status_code == 202, answer.text
    assert len(api.requests()) == 1


@pytest.mark.parametrize("token", [None, "", "nonsense", "0123456789abcdef." + "x" * 43, "right client, wrong secret"])
def test_without_a_valid_token_nothing_is_done(api: Deployment, alice: Caller, token: str | None) -> None:
    if token == "right client, wrong secret":
        token = f"{alice.client_id}.{'x' * 43}"
    headers = {} if token is None else {"x-client-token": token}
    refused(api.http.post("/process/smooth", json=alice.body(), headers=headers), 401, "unauthorized")
    assert api.requests() == []


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"\xff\xfe",
        b'{"pacs": NaN}',
        b"[" * 60_000,
        b'{"parameters": {"sigma": 1e999}}',
        b'{"parameters": {"sigma": ' + b"9" * 400 + b"}}",
        b'{"parameters": {"mode": "\\ud800"}}',
    ],
)
def test_what_is_not_json_is_refused(api: Deployment, alice: Caller, content: bytes) -> None:
    refused(alice.call("POST", "/process/smooth", content=content), 400, "not_json")
    assert api.requests() == []


@pytest.mark.parametrize("body", [[], "text", 3, True])
def test_a_body_that_is_no_object_is_refused(alice: Caller, body: Any) -> None:
    assert pointers(refused(alice.call("POST", "/process/smooth", json=body), 422, "invalid_request")) == [""]


def test_all_faults_are_told_at_once(api: Deployment, alice: Caller) -> None:
    body = {
        "pacs": {"study_id": "../other", "scope": "image", "series_id": 4, "extra/one": 1},
        "parameters": {"sigma": 0, "mode": "UP", "sigmas": 1},
        "callback": {},
        "outputs": ["preview", "pdf"],
        "priority": 1,
    }
    problem = refused(alice.call("POST", "/process/smooth", json=body), 422, "invalid_request")
    assert sorted(str(pointer) for pointer in pointers(problem)) == [
        "/callback/client_id",
        "/outputs/1",
        "/pacs/extra~1one",
        "/pacs/image_id",
        "/pacs/series_id",
        "/pacs/study_id",
        "/parameters/mode",
        "/parameters/sigma",
        "/parameters/sigmas",
        "/priority",
    ]
    assert "must be more than 0 mm" in {error.detail for error in problem.errors}
    assert api.requests() == []


@pytest.mark.parametrize("sigma", [True, "2", None, [2], 20.5])
def test_a_parameter_of_the_wrong_type_or_range_is_refused(alice: Caller, sigma: Any) -> None:
    answer = alice.call("POST", "/process/smooth", json=alice.body(parameters={"sigma": sigma}))
    assert pointers(refused(answer, 422, "invalid_request")) == ["/parameters/sigma"]


def test_a_line_break_after_an_identifier_is_refused(alice: Caller) -> None:
    body = alice.body(pacs={"study_id": "1\n", "series_id": "1", "image_id": "1"})
    answer = alice.call("POST", "/process/smooth", json=body)
    assert pointers(refused(answer, 422, "invalid_request")) == ["/pacs/study_id"]


def test_a_required_parameter_may_not_be_left_out(alice: Caller) -> None:
    body = alice.body(pacs={"study_id": "1", "series_id": "2", "scope": "series"})
    del body["parameters"]
    problem = refused(alice.call("POST", "/process/grow-region", json=body), 422, "invalid_request")
    assert pointers(problem) == ["/parameters/seeds"]


@pytest.mark.parametrize(
    ("scope", "missing"), [("image", ["/pacs/series_id", "/pacs/image_id"]), ("series", ["/pacs/series_id"])]
)
def test_a_scope_needs_its_identifiers(alice: Caller, scope: str, missing: list[str]) -> None:
    algorithm, parameters = ("smooth", {}) if scope == "image" else ("grow-region", {"seeds": 1})
    body = alice.body(pacs={"study_id": "1", "scope": scope}, parameters=parameters)
    problem = refused(alice.call("POST", f"/process/{algorithm}", json=body), 422, "invalid_request")
    assert pointers(problem) == missing


def test_a_volume_is_one_of_a_series(api: Deployment, alice: Caller) -> None:
    series = {"study_id": "1", "series_id": "2", "scope": "series", "volume": "0123456789abcdef"}
    for reference in ({**series, "scope": "image", "image_id": "3"}, {**series, "volume": "first"}):
        body = alice.body(pacs=reference, parameters={"seeds": 1})
        problem = refused(alice.call("POST", "/process/grow-region", json=body), 422, "invalid_request")
        assert "/pacs/volume" in pointers(problem)
    alice.process("grow-region", pacs=series, parameters={"seeds": 1})
    (message,) = api.requests("grow-region")
    job = decode_job(message["Body"])
    assert (job.version, job.pacs.volume) == (2, series["volume"])


def test_a_scope_that_the_algorithm_does_not_take_is_refused(api: Deployment, alice: Caller) -> None:
    body = alice.body(pacs={"study_id": "1", "scope": "study"})
    problem = refused(alice.call("POST", "/process/smooth", json=body), 422, "unsupported_scope")
    assert pointers(problem) == ["/pacs/scope"]
    assert api.requests() == []


def test_an_unknown_algorithm_is_refused_with_near_names(alice: Caller) -> None:
    problem = refused(alice.call("POST", "/process/smoth", json=alice.body()), 404, "unknown_algorithm")
    assert "smooth" in problem.detail
    problem = refused(alice.call("POST", "/process/zzz", json=alice.body()), 404, "unknown_algorithm")
    assert "GET /algorithms" in problem.detail


def test_an_algorithm_without_a_service_is_unavailable(alice: Caller) -> None:
    refused(alice.call("POST", "/process/undeployed", json=alice.body(parameters={})), 503, "unavailable")


def test_a_body_that_is_too_large_is_refused(api: Deployment, alice: Caller) -> None:
    body = alice.body(parameters={"mode": "x" * 65_536})
    refused(alice.call("POST", "/process/smooth", json=body), 413, "body_too_large")
    assert api.requests() == []


def test_results_cannot_be_sent_to_another_client(api: Deployment, alice: Caller, bob: Caller) -> None:
    answer = alice.call("POST", "/process/smooth", json=alice.body(callback={"client_id": bob.client_id}))
    refused(answer, 403, "forbidden")
    assert api.requests() == []


def test_one_idempotency_key_makes_one_job(api: Deployment, alice: Caller) -> None:
    job_ids = {alice.process(headers=KEY) for _ in range(3)}
    assert len(job_ids) == 1
    assert len(api.requests()) == 1
    assert alice.process() not in job_ids
    answer = alice.call("POST", "/process/smooth", json=alice.body(parameters={}), headers=KEY)
    refused(answer, 409, "idempotency_conflict")
    assert len(api.requests()) == 1


def test_a_repeated_request_is_recognised_by_what_was_sent(api: Deployment, alice: Caller) -> None:
    """The defaults of an algorithm may change between the two calls; the release before compared them too."""
    body = alice.body()
    job_id = alice.process(headers=KEY)
    pk = keys.idempotency(alice.client_id, digest(KEY["idempotency-key"]))
    assert (api.item(pk) or {})["request_sha256"] == canonical("smooth", body)
    request = json.loads((api.item(keys.job(job_id)) or {})["request"])
    filled = {**body, "ordering_key": None, **{name: request[name] for name in ("pacs", "parameters", "outputs")}}
    api.change(pk, request_sha256=canonical("smooth", filled))
    assert alice.process(headers=KEY) == job_id
    assert len(api.requests()) == 1


def test_an_idempotency_key_is_the_clients_own(api: Deployment, alice: Caller, bob: Caller) -> None:
    assert alice.process(headers=KEY) != bob.process(headers=KEY)
    assert len(api.requests()) == 2


def test_a_repeated_request_tells_the_present_state(api: Deployment, alice: Caller) -> None:
    job_id = alice.process(headers=KEY)
    api.change(f"job#{job_id}", state="succeeded")
    answer = alice.call("POST", "/process/smooth", json=alice.body(), headers=KEY)
    assert answer.json() == {"job_id": job_id, "state": "succeeded"}
    api.requests()


def test_a_repetition_finishes_what_a_crash_left(api: Deployment, alice: Caller) -> None:
    # The first call died after it had claimed the key: the job is written and sent now, under the claimed id.
    job_id = alice.process(headers=KEY)
    sent = decode_job(api.requests()[0]["Body"])
    api.cloud.boto3_client("dynamodb").delete_item(TableName=api.name, Key={"pk": {"S": f"job#{job_id}"}})
    assert alice.process(headers=KEY) == job_id
    item = api.item(f"job#{job_id}")
    assert item is not None
    assert item["state"] == "queued"
    assert decode_job(item["request"]).parameters == sent.parameters
    # Or it died between writing and sending: it is sent again, and if it had been sent, the queue drops the repetition.
    api.change(f"job#{job_id}", state="accepted")
    assert alice.process(headers=KEY) == job_id
    assert (api.item(f"job#{job_id}") or {})["state"] == "queued"
    assert api.requests() == []


@pytest.mark.parametrize("key", ["", "with space", "x" * 129])
def test_an_idempotency_key_that_is_none_is_refused(alice: Caller, key: str) -> None:
    answer = alice.call("POST", "/process/smooth", json=alice.body(), headers={"idempotency-key": key})
    refused(answer, 400, "bad_request")


def test_a_callback_is_refused_if_the_stack_calls_no_host(api: Deployment, alice: Caller) -> None:
    secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    callback = {"client_id": alice.client_id, "url": "https://hooks.example.org/", "secret": secret}
    answer = alice.call("POST", "/process/smooth", json={**alice.body(), "callback": callback})
    assert answer.status_code in (400, 422), answer.text
    (fault,) = answer.json()["errors"]
    assert fault["pointer"] == "/callback/url" and "callbackHosts" in fault["detail"]
    assert secret not in answer.text
    assert api.requests() == []


def test_a_queue_that_a_deployment_has_replaced_is_found_by_the_next_call(api: Deployment, alice: Caller) -> None:
    api.requests()
    record = api.item("route#smooth") or {}
    name = f"{api.name}-router-of-the-replaced"
    api.function("router", name)  # one that knows no record yet
    payload = event("POST", "/process/{algorithm}", json.dumps(alice.body()), **alice.headers, **KEY)
    try:
        api.change("route#smooth", queue_url=f"{record['queue_url']}-gone")
        assert api.invoke(name, payload)["statusCode"] == 503
    finally:
        api.change("route#smooth", queue_url=record["queue_url"])
    answer = api.invoke(name, payload)
    assert answer["statusCode"] == 202, answer
    (message,) = api.requests()
    assert json.loads(message["Body"])["job_id"] == json.loads(answer["body"])["job_id"]
