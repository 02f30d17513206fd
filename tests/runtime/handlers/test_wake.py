"""The first task of a service at zero, started by the request that needs it."""

import subprocess
import sys
import uuid
from collections.abc import Iterator
from typing import Any

import pytest

from runtime.handlers import clients, store, submit
from runtime.handlers.auth import Client
from runtime.handlers.log import Line
from runtime.handlers.wake import wake
from tests.runtime.handlers.conftest import Deployment


@pytest.fixture(autouse=True)
def surroundings(api: Deployment, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The environment of a function, for handlers called in this process."""
    for name, value in {**api.environment, **api.cloud.environment}.items():
        monkeypatch.setenv(name, value)
    clients.client.cache_clear()
    yield
    clients.client.cache_clear()


@pytest.fixture
def sleeping(api: Deployment) -> dict[str, str]:
    """The route of a service at zero tasks."""
    name = f"w{uuid.uuid4().hex[:8]}"
    ecs = api.cloud.client("ecs")
    ecs.create_cluster(clusterName=name)
    ecs.register_task_definition(family=name, containerDefinitions=[{"name": "worker", "image": "any"}])
    ecs.create_service(cluster=name, serviceName=name, taskDefinition=name, desiredCount=0)
    route = {"pk": f"route#{name}", "queue_url": api.queues["smooth"], "cluster": name, "service": name}
    api.put(**route)
    return route


def wanted(api: Deployment, route: dict[str, str]) -> int:
    found = api.cloud.client("ecs").describe_services(cluster=route["cluster"], services=[route["service"]])
    return found["services"][0]["desiredCount"]


def job(route: dict[str, str]) -> tuple[dict[str, Any], str]:
    """Submit a job to the route's algorithm; return what the log line would say, and the job's state."""
    line = Line("router", None)
    body = {"pacs": {}, "parameters": {}, "outputs": [], "ordering_key": None}
    caller = Client("0" * 16, 0, "", {})
    _, state = submit.submit(caller, route["service"], body, None, line)
    return line._fields, state  # pyright: ignore[reportPrivateUsage]


def test_the_first_job_starts_the_first_task(api: Deployment, sleeping: dict[str, str]) -> None:
    fields, state = job(sleeping)
    assert (fields["wake"], state) == ("woken", "queued")
    assert wanted(api, sleeping) == 1
    assert store.get(f"wake#{sleeping['service']}") is not None
    assert store.get(sleeping["pk"]) == sleeping  # the deployment's item is as the deployment wrote it


def test_nobody_looks_twice_in_a_minute(
    api: Deployment, sleeping: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    name = sleeping["service"]
    assert wake(name, sleeping) == "woken"
    api.cloud.client("ecs").update_service(cluster=name, service=name, desiredCount=0)
    assert wake(name, sleeping) == "recent"
    monkeypatch.setattr("runtime.handlers.wake._looked", {})  # another process
    assert wake(name, sleeping) == "recent"
    assert wanted(api, sleeping) == 0
    monkeypatch.setattr("runtime.handlers.wake._looked", {})
    api.change(f"wake#{name}", expires=1)  # a minute later
    assert wake(name, sleeping) == "woken"


def test_a_service_with_tasks_is_left_as_it_is(api: Deployment, sleeping: dict[str, str]) -> None:
    name = sleeping["service"]
    api.cloud.client("ecs").update_service(cluster=name, service=name, desiredCount=3)
    assert wake(name, sleeping) == "awake"
    assert wanted(api, sleeping) == 3


@pytest.mark.parametrize(
    ("broken", "says"), [({"cluster": "nowhere"}, "ClusterNotFound"), ({"service": "nobody"}, "no service nobody")]
)
def test_what_cannot_be_woken_is_logged_and_the_job_goes_on(
    api: Deployment, sleeping: dict[str, str], broken: dict[str, str], says: str
) -> None:
    api.put(**{**sleeping, "pk": f"route#{sleeping['service']}", **broken})
    route = {**sleeping, **broken, "pk": sleeping["pk"]}
    assert says in wake(f"{sleeping['service']}-x", route)
    line = Line("router", None)
    body = {"pacs": {}, "parameters": {}, "outputs": [], "ordering_key": None}
    _, state = submit.submit(Client("0" * 16, 0, "", {}), sleeping["service"], body, None, line)
    assert state == "queued"


def test_a_router_that_starts_makes_no_ecs_client(api: Deployment) -> None:
    code = (
        "import runtime.handlers.router, runtime.handlers.clients as c, sys;"
        "assert c.client.cache_info().currsize == 1, c.client.cache_info()"
    )
    subprocess.run([sys.executable, "-c", code], env={**api.cloud.environment, **api.environment}, check=True)
