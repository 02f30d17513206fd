"""The whole system, started and stopped: what it leaves, refuses and survives."""

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from runtime.local import readiness
from runtime.local.cloud import DeploymentError, LocalCloud
from runtime.local.program.project import ROOT

HOLD = """
import json, signal
from runtime.local.cloud import LocalCloud
with LocalCloud() as cloud:
    print(json.dumps({"folder": str(cloud.emulator.folder), "outputs": cloud.outputs}), flush=True)
    signal.pause()
"""

REFUSED = """
import json, os
from runtime.local.cloud import DeploymentError, LocalCloud
from tests.runtime.local.test_cloud import session
cloud = LocalCloud()
try:
    cloud.start()
except DeploymentError as refusal:
    left = {"folder_exists": cloud.emulator.folder.exists(), "processes": sorted(session(os.getpid()) - {os.getpid()})}
    print(json.dumps({"message": str(refusal), **left}))
"""


def session(pid: int) -> set[int]:
    """Return a process with all its descendants."""
    parents: dict[int, int] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parents[int(entry.name)] = int((entry / "stat").read_text().rsplit(")", 1)[1].split()[1])
            except (FileNotFoundError, ProcessLookupError):
                continue
    family = {pid}
    while more := {child for child, parent in parents.items() if parent in family} - family:
        family |= more
    return family


def running(pids: set[int]) -> set[tuple[int, int]]:
    """Return those of the processes that run, each with when it was started: ids are used again."""
    found = set[tuple[int, int]]()
    for pid in pids:
        with contextlib.suppress(FileNotFoundError, ProcessLookupError):
            stat = Path(f"/proc/{pid}/stat").read_text()
            found.add((pid, int(stat.rsplit(")", 1)[1].split()[19])))
    return found


def test_the_fixture_is_the_whole_system(deployed: LocalCloud) -> None:
    with urllib.request.urlopen(f"{deployed.outputs['ProcessingApiEndpoint']}/algorithms") as answer:
        names = [each["name"] for each in json.load(answer)["algorithms"]]
    assert sorted(deployed.outputs["RequestQueues"]) == sorted(deployed.outputs["ResultQueues"]) == sorted(names)
    with urllib.request.urlopen(f"{deployed.outputs['PacsApiLB']}/health") as answer:
        assert answer.status == 200


@pytest.mark.skipif(sys.platform != "linux", reason="tasks are forked on Linux alone")
def test_the_pacs_api_is_forked_from_what_was_loaded_while_the_program_ran(deployed: LocalCloud) -> None:
    assert deployed.supervisor is not None
    (process,) = deployed.supervisor.processes("pacs-api")
    parent = int(Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[1])
    assert b"runtime.local.tasks.template" in Path(f"/proc/{parent}/cmdline").read_bytes()


def test_the_outputs_are_the_documented_interface(deployed: LocalCloud) -> None:
    assert sorted(deployed.outputs) == [
        "AlarmsTopicArn",
        "ImageResultsTopicArn",
        "ImageResultsTopicArns",
        "JobsTable",
        "OperatorsResource",
        "OutputBucket",
        "PacsApiLB",
        "PacsBucket",
        "ProcessingApiEndpoint",
        "RequestQueues",
        "ResultQueues",
    ]


def broken_plugin(folder: Path) -> None:
    """Install a distribution whose entry point leads nowhere."""
    about = folder / "broken_plugin-1.2.3.dist-info"
    about.mkdir(parents=True)
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: broken-plugin\nVersion: 1.2.3\n")
    (about / "entry_points.txt").write_text("[imaging.algorithms]\nnowhere = no_such_module_at_all\n")


def test_a_broken_plugin_is_refused_and_nothing_stays(tmp_path: Path) -> None:
    broken_plugin(tmp_path)
    # In a process of its own: the cloud that tests share starts and ends others all the time.
    environment = {**os.environ, "PYTHONPATH": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", REFUSED], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    refused = json.loads(done.stdout)
    assert "nowhere" in refused["message"]
    assert "broken-plugin" in refused["message"]
    assert "1.2.3" in refused["message"]
    assert "Traceback" not in refused["message"]
    assert not refused["folder_exists"]
    assert refused["processes"] == []


def test_wrong_configuration_is_refused_with_every_fault() -> None:
    with pytest.raises(DeploymentError) as refusal:
        LocalCloud(config={"resultShards": 0, "nat": "many", "pacsApiAllowHttp": False}).start()
    message = str(refusal.value)
    assert "imaging:resultShards is '0'; it must be a whole number from 1 to 900." in message
    assert "imaging:nat is 'many'; it must be one of none, single, one-per-az." in message
    assert "imaging:pacsApiDomainName is empty" in message
    assert "Traceback" not in message


def test_a_service_that_never_answers_is_reported_with_its_log(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readiness, "HEALTHY_SECONDS", 0.0)
    cloud = LocalCloud()
    with pytest.raises(DeploymentError, match="the PACS API does not answer"):
        cloud.start()
    assert not cloud.emulator.folder.exists()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a process that its parent was killed")
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_two_at_once_and_nothing_outlives_a_killed_parent(number: signal.Signals, deployed: LocalCloud) -> None:
    with subprocess.Popen([sys.executable, "-c", HOLD], stdout=subprocess.PIPE, text=True, cwd=ROOT) as holder:
        assert holder.stdout is not None
        report = json.loads(holder.stdout.readline())
        for output in ("ProcessingApiEndpoint", "PacsApiLB", "JobsTable"):
            assert report["outputs"][output] != deployed.outputs[output]
        pids = session(holder.pid)
        before = running(pids)
        assert len(before) > 3
        holder.send_signal(number)
        holder.wait(30)
    deadline = time.monotonic() + 20
    while before & running(pids) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert before & running(pids) == set()
    shutil.rmtree(report["folder"], ignore_errors=True)  # nobody is left to remove it after a SIGKILL
    with urllib.request.urlopen(f"{deployed.outputs['PacsApiLB']}/health") as answer:
        assert answer.status == 200, "the other one goes on"
