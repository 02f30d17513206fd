"""A local process of a task has a higher niceness than the emulator, the same session, and a group of its own."""

import os
import subprocess
import sys
import time
from pathlib import Path

from runtime.local.processes import guard
from runtime.local.tasks.task import NICENESS, Container, Task

TELL = (
    "import os, pathlib; pathlib.Path('answer').write_text(f'{os.nice(0)} {os.getsid(0)} {os.getpgrp()} {os.getpid()}')"
)


def test_the_command_is_so_much_nicer() -> None:
    tell = ("import os; print(os.nice(0))",)
    done = subprocess.run(guard.command(sys.executable, "-c", *tell, niceness=3), capture_output=True, check=True)
    assert int(done.stdout) == min(19, os.nice(0) + 3)


def test_a_task_is_nicer_and_leads_a_group_in_the_same_session(tmp_path: Path) -> None:
    task = Task("one", Container("one", ("python", "-c", TELL), {}), tmp_path / "log", tmp_path)
    task.tend()
    deadline = time.monotonic() + 20
    while not (answer := tmp_path / "answer").exists() or not answer.read_text():
        assert time.monotonic() < deadline, task.log.read_text()
        time.sleep(0.02)
    task.kill()
    niceness, session, group, pid = map(int, answer.read_text().split())
    assert niceness == min(19, os.nice(0) + NICENESS)
    assert session == os.getsid(0) and group == pid
