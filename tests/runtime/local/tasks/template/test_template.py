"""The template: what it has imported, what its tasks are, what a worker's fork server may know, how all of them end."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from runtime import procfs
from runtime.contracts.variables import worker_variables as variables
from runtime.local.tasks.task import NICENESS, Container, Task, inherited
from runtime.local.tasks.template.client import ForkedTask, Template
from runtime.local.tasks.template.libraries import is_forkable
from runtime.local.tasks.template.request import Request

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="tasks are forked on Linux alone")
WORKER = ("python", "-m", "runtime.worker")
SECRET = "a-credential-of-the-task"
NOWHERE = "http://127.0.0.1:9"
SETTINGS = {
    "AWS_ENDPOINT_URL": NOWHERE,
    "AWS_DEFAULT_REGION": "eu-south-1",
    "AWS_ACCESS_KEY_ID": "key",
    "AWS_SECRET_ACCESS_KEY": SECRET,
    variables.ALGORITHM: "gaussian",
    variables.REQUESTS_QUEUE_URL: f"{NOWHERE}/queue",
    variables.TABLE_NAME: "jobs",
    variables.OUTPUT_BUCKET: "outputs",
    variables.PACS_BUCKET: "images",
    variables.DISTRIBUTION_TOPIC_ARN: "arn:aws:sns:eu-south-1:000000000000:distribution.fifo",
    variables.RESULTS_TOPIC_PREFIX: "arn:aws:sns:eu-south-1:000000000000:results-",
    variables.RESULT_SHARDS: "1",
}
LATER = """
import json, sys
from runtime.local.tasks.template import libraries
libraries.of_the_pacs_api()
first = {"runtime.pacs.app", "uvicorn", "runtime.worker.main", "skimage"} & set(sys.modules)
libraries.of_workers()
print(json.dumps([sorted(first), "runtime.worker.main" in sys.modules]))
"""
LOADED = """
import json, sys, threading
from runtime.local.tasks.template import libraries
libraries.of_algorithms()
print(json.dumps([sorted(sys.modules), threading.active_count()]))
"""


def until(condition: Callable[[], Any], task: Task) -> Any:
    """Wait for a condition and return its value."""
    deadline = time.monotonic() + 60
    while not (value := condition()):
        assert time.monotonic() < deadline, task.log.read_text()
        time.sleep(0.02)
    return value


def holds(process: int, text: str) -> bool:
    """Return whether the writable memory of a process has a text in it. The text is put together here alone."""
    wanted = text.encode()
    with Path(f"/proc/{process}/maps").open() as maps, Path(f"/proc/{process}/mem").open("rb") as memory:
        for line in maps:
            bounds, rights = line.split()[:2]
            if "rw" in rights and "[v" not in line:
                start, end = (int(each, 16) for each in bounds.split("-"))
                memory.seek(start)
                if wanted in memory.read(end - start):
                    return True
    return False


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("template")


@pytest.fixture(scope="module")
def template(folder: Path) -> Iterator[Template]:
    own = Template(inherited(folder), folder)
    yield own
    own.close()


@pytest.fixture
def worker(template: Template, folder: Path, request: pytest.FixtureRequest) -> Iterator[Task]:
    """A worker that is at work."""
    name = str(request.node.name)
    task = Task(name, Container(name, WORKER, SETTINGS), folder / f"{name}.log", folder, template)
    task.tend()
    until(lambda: '"event":"worker_started"' in task.said() or task.pid is None, task)
    assert task.pid is not None, task.said()
    yield task
    task.terminate()
    task.kill()


def test_it_knows_the_libraries_of_the_algorithms_and_no_plugin() -> None:
    found = subprocess.run([sys.executable, "-c", LOADED], capture_output=True, text=True, check=True)
    modules, threads = json.loads(found.stdout)
    assert {"numpy", "skimage.filters", "SimpleITK"} <= set(modules)
    assert not [each for each in modules if each.startswith("algorithms.builtin.")]
    assert threads == 1


@pytest.mark.parametrize(("module", "forkable"), [("scipy.ndimage", True), ("torch", False), ("numpyish", False)])
def test_only_libraries_that_survive_a_fork_are_imported(module: str, forkable: bool) -> None:
    assert is_forkable(module) is forkable


def test_other_commands_are_not_forked() -> None:
    assert Request.of_command(["python", "-c", "print()"], {}, "/", 0) is None
    assert Request.of_command(["sh", "-m", "runtime.worker"], {}, "/", 0) is None
    assert Request.of_command(["python", "-m", "antigravity"], {}, "/", 0) is None


def test_a_task_is_the_same_program_with_its_own_environment(template: Template, folder: Path) -> None:
    faulty = {**SETTINGS, variables.MAX_ATTEMPTS: "many"}
    task = Task("refused", Container("refused", WORKER, faulty), folder / "refused.log", folder, template)
    task.tend()
    until(lambda: task.pid is None, task)
    (line,) = map(json.loads, task.said().splitlines())
    assert line["event"] == "worker_refused" and "MAX_ATTEMPTS is 'many'" in line["error"]
    log = (folder / "status.log").open("ab")
    request = Request.of_command(WORKER, {}, str(folder), 0)
    assert request is not None
    with log:
        forked = template.begin(request, log.fileno())
    assert isinstance(forked, ForkedTask) and forked.wait() == 1 == forked.poll()


def test_a_worker_is_forked_nicer_in_a_group_of_its_own_and_has_its_children(template: Template, worker: Task) -> None:
    pid = worker.pid
    assert pid is not None
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    parent, group, niceness = int(fields[1]), int(fields[2]), int(fields[16])
    assert (parent, group, niceness) == (template.pid, pid, min(19, os.nice(0) + NICENESS))
    children = {int(each) for each in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()}
    assert len(procfs.descendants(pid)) > len(children) >= 2, "a tracker, and a fork server with its child"


def test_the_worker_alone_ever_had_its_credentials(worker: Task) -> None:
    assert worker.pid is not None
    assert b"AWS_" not in Path(f"/proc/{worker.pid}/environ").read_bytes()
    assert holds(worker.pid, SECRET)
    for process in procfs.descendants(worker.pid):
        assert not holds(process, SECRET)
        assert b"AWS_" not in Path(f"/proc/{process}/environ").read_bytes()


def test_nothing_outlives_a_killed_worker(worker: Task) -> None:
    pid = worker.pid
    assert pid is not None
    family = [pid, *procfs.descendants(pid)]
    os.kill(pid, signal.SIGKILL)
    until(lambda: not any(map(procfs.is_running, family)), worker)
    assert worker.pid is None
    worker.tend()
    assert "ended with code -9; starting it again" in worker.said()


def test_the_pacs_api_needs_no_library_of_a_worker() -> None:
    found = subprocess.run([sys.executable, "-c", LATER], capture_output=True, text=True, check=True)
    assert json.loads(found.stdout) == [["runtime.pacs.app", "uvicorn"], True]


def test_what_is_left_for_later_is_imported_when_it_is_wished_for(template: Template, folder: Path) -> None:
    template.complete()
    template.complete()  # nothing is left
    again = Task("later", Container("later", WORKER, {}), folder / "later.log", folder, template)
    again.tend()
    assert isinstance(again._process, ForkedTask)
    until(lambda: again.pid is None, again)
    assert "worker_refused" in again.said()


def test_a_task_can_be_begun_after_what_is_left_was_waited_for(folder: Path) -> None:
    own = Template(inherited(folder), folder)
    try:
        own.complete()
        own.until_complete(60)
        assert own._complete  # pyright: ignore[reportPrivateUsage]
        own.until_complete(0)
        task = Task("prompt", Container("prompt", WORKER, {}), folder / "prompt.log", folder, own)
        task.tend()
        assert isinstance(task._process, ForkedTask)  # pyright: ignore[reportPrivateUsage]
        until(lambda: task.pid is None, task)
    finally:
        own.close()


def test_without_a_template_a_task_is_started_as_a_program(folder: Path) -> None:
    own = Template(inherited(folder), folder)
    own.close()
    task = Task("alone", Container("alone", WORKER, {}), folder / "alone.log", folder, own)
    task.tend()
    until(lambda: task.pid is None, task)
    assert "worker_refused" in task.said()
