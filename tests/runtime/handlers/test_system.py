"""What an operator sees of the system, and who is one."""

import json
import platform
import time
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from botocore.credentials import Credentials

from runtime.contracts.answers import SystemView
from runtime.local.emulator.emulator import ACCOUNT, REGION
from runtime.signature import Signature
from tests.runtime.handlers.caller import Caller
from tests.runtime.handlers.deployment import Deployment

PATH = "/operations/system"


@pytest.fixture(scope="module")
def look(api: Deployment) -> Any:
    """Look at the system as an operator."""
    api.cloud.boto3_client("ecs").create_cluster(clusterName="c")

    def answered() -> SystemView:
        signature = Signature(Credentials(ACCOUNT, "local"), REGION)
        answer = httpx.get(f"{api.http.base_url}{PATH[1:]}", auth=signature, timeout=40, trust_env=False)
        assert answer.status_code == 200, answer.text
        assert "1.2.3" not in answer.text, "nothing says whose image it was"
        return SystemView.model_validate(answer.json())

    return answered


def test_queues_tasks_durations_and_failures(api: Deployment, alice: Caller, look: Any) -> None:
    api.requests()
    before = time.time_ns() // 1_000_000
    waiting, ended, failed = alice.process(), alice.process(), alice.process()
    hops = {"fetched": before, "computed": before + 1500}
    result = json.dumps({"hops": hops, "pacs": {"study_id": "1.2.3"}})
    api.change(f"job#{ended}", state="succeeded", result=result, t_published=before)
    error = json.dumps({"code": "invalid_result", "message": "It is none.", "retryable": False})
    api.change(f"job#{failed}", state="failed", error=error, failed_for="invalid_result", t_published=before)
    view = look()
    (found,) = [each for each in view.algorithms if each.name == "smooth"]
    assert (found.waiting, found.dead_letters, found.running, found.wanted) == (3, 0, 0, 0)
    assert found.oldest_accepted_at is not None and found.oldest_accepted_at <= (
        int((api.item(f"job#{waiting}") or {})["t_accepted"])
    )
    assert found.durations.jobs >= 1 and found.durations.p50 is not None
    assert found.durations.better_typical_seconds is None, "of too few jobs nothing is proposed"
    assert [each.jobs for each in view.failures if each.reason == "invalid_result"] == [1]
    assert view.complete
    api.requests()


def test_what_tasks_cost_since_midnight(api: Deployment, look: Any) -> None:
    def found() -> tuple[float, float]:
        (own,) = [each for each in look().algorithms if each.name == "smooth"]
        return own.task_seconds_today, own.usd_today

    today = datetime.now(UTC).date()
    api.change("scale#smooth", at=0, expires=0, day=today.isoformat(), task_seconds=7200)
    seconds, usd = found()
    assert seconds == 7200
    # a vCPU and 2 GB for two hours; functions and tasks have CPUs of one kind
    vcpu, gb = (0.03238, 0.00356) if platform.machine() in {"aarch64", "arm64"} else (0.04048, 0.004445)
    assert usd == pytest.approx(2 * (vcpu + 2 * gb))
    api.change("scale#smooth", day=(today - timedelta(days=1)).isoformat())
    assert found() == (0, 0), "of yesterday"
    api.cloud.boto3_client("dynamodb").delete_item(TableName=api.name, Key={"pk": {"S": "scale#smooth"}})


def test_no_client_sees_it(alice: Caller) -> None:
    assert alice.call("GET", PATH).status_code == 403


def test_a_token_with_the_operators_scope_is_enough_if_the_stack_has_one(api: Deployment, look: Any) -> None:
    def answer(name: str, **claims: str) -> int:
        context = {
            "http": {"method": "GET", "path": PATH, "sourceIp": "127.0.0.1"},
            "authorizer": {"jwt": {"claims": {"sub": "somebody", **claims}}},
        }
        event = {"version": "2.0", "rawPath": PATH, "headers": {}, "requestContext": context}
        return api.invoke(name, event)["statusCode"]

    scoped = f"{api.name}-scoped"
    api.function("system", scoped, OPERATORS_SCOPE="imaging/operate")
    assert answer(scoped, scope="openid imaging/operate") == answer(scoped, scp="[openid imaging/operate]") == 200
    assert answer(scoped, scope="openid imaging/operate2") == answer(scoped) == 403
    assert answer(f"{api.name}-system", scope="openid imaging/operate") == 403
