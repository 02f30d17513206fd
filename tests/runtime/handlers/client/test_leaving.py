"""A client that leaves takes its open jobs with it."""

from tests.runtime.handlers.caller import Caller
from tests.runtime.handlers.deployment import Deployment


def test_open_jobs_of_a_client_that_leaves_are_cancelled(api: Deployment, bob: Caller) -> None:
    leaving = api.client()
    waiting, running, ended = (leaving.process() for _ in range(3))
    other = bob.process()
    api.requests()
    api.change(f"job#{running}", state="running")
    api.change(f"job#{ended}", state="succeeded")
    assert leaving.call("DELETE", "/provision").status_code == 204
    states = {each: (api.item(f"job#{each}") or {}).get("state") for each in (waiting, running, ended, other)}
    assert states == {waiting: "cancelled", running: "running", ended: "succeeded", other: "queued"}
    assert (api.item(f"job#{running}") or {})["cancel_requested"]
    assert [each["status"] for each in api.results(waiting)] == ["cancelled"]
    assert leaving.call("DELETE", "/provision").status_code == 204


def test_more_jobs_than_a_batch_are_cancelled(api: Deployment) -> None:
    leaving = api.client()
    jobs = [leaving.process() for _ in range(45)]
    api.requests()
    assert leaving.call("DELETE", "/provision").status_code == 204
    assert {(api.item(f"job#{each}") or {}).get("state") for each in jobs} == {"cancelled"}
