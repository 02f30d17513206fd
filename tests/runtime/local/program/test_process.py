"""The program's process imports while there is no cloud yet, and begins when it is told to."""

import os
import subprocess
import sys
from pathlib import Path

from runtime import procfs
from runtime.local.program.process import Asked, ProgramProcess

IMPORTED = """
import sys
import clients.cli.commands.up, runtime.local.cloud
print([name for name in ("boto3", "numpy", "pulumi", "pydicom", "ministack", "uvicorn") if name in sys.modules])
"""
AHEAD = """
import runpy, sys
from runtime.local.program import run
run.import_ahead(run.ROOT / "__main__.py")
before = set(sys.modules)
try:
    runpy.run_path(str(run.ROOT / "__main__.py"))
except Exception:  # there is no configuration
    pass
late = sorted(set(sys.modules) - before)
print([name for name in late if name.split(".")[0] in ("components", "pulumi_aws", "pulumi_awsx")])
"""
ENDED = """
import atexit, sys
from runtime.local.program.run import end
atexit.register(print, "taken apart")
sys.stdout.write("written"), sys.stderr.write("told")
end(3)
"""
NEEDS_NOTHING = {"stable": False, "resources": [], "running": False}


def test_it_begins_when_it_is_told_to(tmp_path: Path) -> None:
    process = ProgramProcess(Asked("nowhere", {}, NEEDS_NOTHING, {}, tmp_path))
    assert "Pulumi.nowhere.yaml" in process.finish()["error"]


def test_one_that_never_begins_makes_nothing(tmp_path: Path) -> None:
    before = set(procfs.descendants(os.getpid()))
    process = ProgramProcess(Asked("nowhere", {}, NEEDS_NOTHING, {}, tmp_path))
    began = set(procfs.descendants(os.getpid())) - before
    groups = {os.getpgid(each) for each in began}
    process.stop()
    assert began and os.getpgrp() not in groups  # a Ctrl-C of the terminal does not reach it while it imports
    assert not (tmp_path / "deployment.json").exists()


def test_it_ends_at_once_and_loses_nothing_that_it_printed() -> None:
    ended = subprocess.run([sys.executable, "-c", ENDED], capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stdout, ended.stderr) == (3, "written", "told")


def test_what_starts_the_system_imports_nothing_that_it_need_not_wait_for() -> None:
    found = subprocess.run([sys.executable, "-c", IMPORTED], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"


def test_all_that_the_program_imports_is_imported_before_it_begins() -> None:
    found = subprocess.run([sys.executable, "-c", AHEAD], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"
