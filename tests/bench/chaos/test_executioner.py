"""What poison names is killed."""

import signal
import subprocess
from pathlib import Path

from bench.chaos.executioner import executioner


def test_each_process_that_is_named_is_killed_and_one_that_is_gone_is_no_fault(tmp_path: Path) -> None:
    condemned = tmp_path / "condemned"
    gone, there = (subprocess.Popen(["sleep", "100"]) for _ in range(2))
    gone.kill()
    gone.wait()
    with executioner(condemned):
        condemned.write_text(f"{gone.pid}\n{there.pid}\n")
        assert there.wait(20) == -signal.SIGKILL
