"""The supervisor, on an emulator of its own and processes of a few lines."""

import json
import os
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from runtime import procfs
from runtime.local.emulator.emulator import Emulator
from runtime.local.tasks import supervisor as module
from runtime.local.tasks.supervisor import Supervisor

SLEEP = "import time; print('started', flush=True); time.sleep(600)"
STUBBORN = (
    "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('started', flush=True); time.sleep(600)"
)
FAIL = "import sys; print('no', flush=True); sys.exit(3)"


def until(condition: Callable[[], Any], seconds: float = 15) -> Any:
    """Wait for a condition and return its value."""
    deadline = time.monotonic() + seconds
    while not (value := condition()):
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.05)
    return value


class Stage:
    """A cluster to put services in, and a supervisor that runs them."""

    def __init__(self, emulator: Emulator, folder: Path) -> None:
        self.emulator = emulator
        self.folder = folder
        self.cluster = emulator.boto3_client("ecs").create_cluster(clusterName="c")["cluster"]["clusterArn"]
        self.supervisor = Supervisor(emulator.boto3_client, emulator.environment, folder, emulator.ecs_changes)

    def service(self, name: str, code: str, desired: int, **environment: str) -> None:
        """Create or update a service in ECS, as the program does."""
        ecs = self.emulator.boto3_client("ecs")
        container = {
            "name": name,
            "image": "i",
            "command": ["python", "-c", code],
            "essential": True,
            "stopTimeout": 1,
            "environment": [{"name": key, "value": value} for key, value in environment.items()],
        }
        task = ecs.register_task_definition(family=name, containerDefinitions=[container])["taskDefinition"]
        arguments = {"cluster": self.cluster, "taskDefinition": task["taskDefinitionArn"], "desiredCount": desired}
        if ecs.describe_services(cluster=self.cluster, services=[name])["services"]:
            ecs.update_service(service=name, **arguments)
        else:
            ecs.create_service(serviceName=name, **arguments)

    def pids(self, name: str) -> list[int]:
        """Return the processes of a service."""
        return self.supervisor.processes(name)

    def log(self) -> str:
        """Return everything that processes and supervisor wrote."""
        return "".join(path.read_text() for path in self.supervisor.logs.glob("*.log"))


@pytest.fixture
def stage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Stage]:
    monkeypatch.setattr(module, "LOOK_EVERY", 3600)  # what is not told is not seen
    monkeypatch.setattr(module, "STOP_TIMEOUT", 1.0)
    with Emulator() as emulator:
        own = Stage(emulator, tmp_path)
        yield own
        own.supervisor.stop()


def test_runs_the_task_definition_with_its_own_environment(stage: Stage) -> None:
    code = "import json, os, time; print(json.dumps(dict(os.environ)), flush=True); time.sleep(600)"
    stage.service("web", code, 2, GREETING="hello")
    stage.supervisor.start()
    until(lambda: stage.log().count("\n") == 2)
    environment = json.loads(stage.log().splitlines()[0])
    assert environment["GREETING"] == "hello"
    assert environment["AWS_ENDPOINT_URL"] == stage.emulator.endpoint
    assert "PYTEST_CURRENT_TEST" not in environment, "a container knows nothing of the machine"
    assert len(stage.pids("web")) == 2


def test_restarts_what_dies(stage: Stage) -> None:
    stage.service("web", SLEEP, 1)
    stage.supervisor.start()
    (first,) = until(lambda: stage.pids("web"))
    os.kill(first, signal.SIGKILL)
    second = until(lambda: [pid for pid in stage.pids("web") if pid != first])
    assert procfs.is_running(second[0])
    assert "ended with code -9; starting it again" in stage.log()


def test_pauses_grow_between_starts_that_fail(stage: Stage) -> None:
    stage.service("web", FAIL, 1)
    stage.supervisor.start()
    until(lambda: stage.log().count("no\n") >= 3)
    time.sleep(1.0)
    assert stage.log().count("no\n") < 8


def test_has_the_desired_count_of_tasks(stage: Stage) -> None:
    stage.service("worker", SLEEP, 0)
    stage.supervisor.start()
    ecs = stage.emulator.boto3_client("ecs")
    assert stage.pids("worker") == []
    ecs.update_service(cluster=stage.cluster, service="worker", desiredCount=2)
    first, second = until(lambda: len(stage.pids("worker")) == 2 and stage.pids("worker"))
    ecs.update_service(cluster=stage.cluster, service="worker", desiredCount=1)
    until(lambda: stage.pids("worker") == [first] and not procfs.is_running(second))
    ecs.update_service(cluster=stage.cluster, service="worker", desiredCount=0)
    until(lambda: stage.pids("worker") == [] and not procfs.is_running(first))


def test_a_new_task_definition_replaces_the_tasks(stage: Stage) -> None:
    stage.service("web", SLEEP, 1)
    stage.supervisor.start()
    (first,) = until(lambda: stage.pids("web"))
    stage.service("web", SLEEP, 1, NEW="1")
    until(lambda: [pid for pid in stage.pids("web") if pid != first] and not procfs.is_running(first))


def test_nobody_is_asked_while_nothing_changes(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    stage.service("web", SLEEP, 1)
    readings: list[float] = []
    read = module.read

    def reading(*args: Any, **kwargs: Any) -> Any:
        readings.append(time.monotonic())
        return read(*args, **kwargs)

    monkeypatch.setattr(module, "read", reading)
    stage.supervisor.start()
    (pid,) = until(lambda: stage.pids("web"))
    before = len(readings)
    os.kill(pid, signal.SIGKILL)  # seen without a question
    until(lambda: [each for each in stage.pids("web") if each != pid])
    assert len(readings) == before
    stage.emulator.boto3_client("ecs").update_service(cluster=stage.cluster, service="web", desiredCount=0)
    until(lambda: stage.pids("web") == [])
    assert len(readings) == before + 1


def test_a_deleted_service_is_stopped(stage: Stage) -> None:
    stage.service("web", SLEEP, 1)
    stage.supervisor.start()
    (pid,) = until(lambda: stage.pids("web"))
    stage.emulator.boto3_client("ecs").delete_service(cluster=stage.cluster, service="web", force=True)
    until(lambda: not procfs.is_running(pid))


def test_stop_leaves_nothing_even_of_a_process_that_ignores_sigterm(stage: Stage) -> None:
    stage.service("web", SLEEP, 1)
    stage.service("stubborn", STUBBORN, 1)
    stage.supervisor.start()
    until(lambda: stage.log().count("started") == 2)
    pids = [*stage.pids("web"), *stage.pids("stubborn")]
    started = time.monotonic()
    stage.supervisor.stop()
    assert not any(procfs.is_running(pid) for pid in pids)
    assert time.monotonic() - started < 3


def test_chosen_tasks_are_replaced_at_once_and_others_stay(stage: Stage) -> None:
    stage.service("new-code", SLEEP, 2, ALGORITHM="changed")
    stage.service("same-code", SLEEP, 1, ALGORITHM="same")
    stage.supervisor.start()
    until(lambda: len(stage.pids("new-code")) == 2 and len(stage.pids("same-code")) == 1)
    before, others = stage.pids("new-code"), stage.pids("same-code")
    now = time.monotonic()
    replaced = stage.supervisor.replace(lambda container: container.environment["ALGORITHM"] == "changed", now)
    assert [len(replaced.old), len(replaced.new)] == [2, 2]
    assert not set(stage.pids("new-code")) & set(before)
    until(lambda: not any(procfs.is_running(pid) for pid in before))
    assert stage.pids("same-code") == others
    again = stage.supervisor.replace(lambda container: container.environment["ALGORITHM"] == "changed", now)
    assert again.new == replaced.new, "they were started after the change"
