"""The fork server ends with its worker, whenever that ends."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from runtime.worker.child import output
from runtime.worker.child.fork import preload


@pytest.mark.skipif(sys.platform != "linux", reason="Linux alone lets a process die with its parent")
def test_one_whose_worker_was_killed_meanwhile_does_not_wait_for_it(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "output")  # which nobody reads any more
    variables = {
        preload.ALGORITHM_VARIABLE: "gaussian",
        preload.WORKER_VARIABLE: "1",
        preload.START_VARIABLE: "60",
        output.VARIABLE: str(tmp_path / "output"),
    }
    command = [sys.executable, "-c", "import runtime.worker.child.fork.forkserver"]
    assert subprocess.run(command, env={**os.environ, **variables}, timeout=60, check=False).returncode == 1
