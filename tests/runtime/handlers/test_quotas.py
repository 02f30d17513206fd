"""Limits of open jobs and of clients: beyond them, the answer is 429 and says when to try again."""

import json
from typing import Any

import pytest

from tests.runtime.handlers.caller import Caller
from tests.runtime.handlers.deployment import Deployment
from tests.runtime.handlers.messages import event


@pytest.fixture(scope="module")
def few(api: Deployment) -> Any:
    """A router and a provisioner of a stack whose limits are two; call one of them."""
    limits = {"MAX_OPEN_JOBS": "2", "MAX_CLIENTS_PER_SUBJECT": "2"}
    for handler in ("router", "provision"):
        api.function(handler, f"{api.name}-few-{handler}", **limits)

    def call(handler: str, subject: str = "", **arguments: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        made = event("POST", f"/{handler}", **arguments)
        if subject:
            made["requestContext"]["authorizer"] = {"jwt": {"claims": {"sub": subject}, "scopes": None}}
        answer = api.invoke(f"{api.name}-few-{handler}", made)
        return answer, json.loads(answer["body"])

    return call


def test_a_client_has_only_so_many_open_jobs(api: Deployment, alice: Caller, few: Any) -> None:
    def ask(key: str) -> tuple[dict[str, Any], dict[str, Any]]:
        return few("router", body=json.dumps(alice.body()), **alice.headers, **{"idempotency-key": key})

    first = ask("1")[1]["job_id"]
    assert ask("2")[0]["statusCode"] == 202
    answer, problem = ask("3")
    assert (answer["statusCode"], problem["code"]) == (429, "too_many_open_jobs")
    assert answer["headers"]["retry-after"] == "30"
    assert ask("1")[1]["job_id"] == first, "a repeated call has its job"
    assert len([each for each in api.requests() if alice.client_id in each["Body"]]) == 2
    alice.call("DELETE", f"/jobs/{first}")
    assert ask("3")[0]["statusCode"] == 202
    api.requests()


def test_jobs_that_have_ended_do_not_count_though_a_topic_is_still_to_be_told(
    api: Deployment, bob: Caller, few: Any
) -> None:
    def ask(key: str) -> tuple[dict[str, Any], dict[str, Any]]:
        return few("router", body=json.dumps(bob.body()), **bob.headers, **{"idempotency-key": key})

    for key in "12":
        api.change(f"job#{ask(key)[1]['job_id']}", state="succeeded", t_published=1)
    assert ask("3")[0]["statusCode"] == 202
    api.requests()


def test_a_sign_in_with_too_many_clients_loses_those_that_were_left(api: Deployment, few: Any) -> None:
    left, kept = (few("provision", "many tabs")[1] for _ in range(2))
    api.change(f"client#{left['client_id']}", last_seen=1)
    answer, made = few("provision", "many tabs")
    assert answer["statusCode"] == 201
    gone = api.http.delete("/provision", headers={"x-client-token": left["client_token"]})
    assert gone.status_code in (204, 401), "its token is revoked"
    queues = api.cloud.boto3_client("sqs").list_queues(QueueNamePrefix=f"{api.name}-").get("QueueUrls", [])
    assert not any(left["client_id"] in url for url in queues)
    for each in (kept, made):
        api.caller(each).call("DELETE", "/provision")


def test_a_sign_in_has_only_so_many_clients(api: Deployment, few: Any) -> None:
    made = [few("provision", "someone")[1] for _ in range(2)]
    answer, problem = few("provision", "someone")
    assert (answer["statusCode"], problem["code"]) == (429, "too_many_own_clients")
    assert answer["headers"]["retry-after"] == "30"
    made += [few("provision", "another")[1]]
    api.caller(made[0]).call("DELETE", "/provision")
    answer, again = few("provision", "someone")
    assert answer["statusCode"] == 201
    assert "someone" not in json.dumps(api.item(f"client#{again['client_id']}"))
    for each in [*made[1:], again]:
        api.caller(each).call("DELETE", "/provision")
