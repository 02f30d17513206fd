"""What Linux tells of processes."""

import os
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from runtime import procfs

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="Linux alone has /proc")


def test_what_a_process_leaves_behind_is_found() -> None:
    code = """
        import os, subprocess, sys
        from runtime import linux, procfs
        linux.adopt_orphans()
        subprocess.run(["sh", "-c", "setsid sleep 100 & exit 0"])
        left = procfs.descendants(os.getpid())
        print(len(left))
        for process in left:
            os.kill(process, 9)
        while left and os.wait():
            left.pop()
        print(procfs.descendants(os.getpid()))
    """
    done = subprocess.run([sys.executable, "-c", textwrap.dedent(code)], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == ["1", "[]"]


def test_a_process_that_ended_and_was_not_waited_for_is_no_descendant() -> None:
    ended = subprocess.Popen(["true"])
    os.waitid(os.P_PID, ended.pid, os.WEXITED | os.WNOWAIT)
    assert ended.pid not in procfs.descendants(os.getpid())
    ended.wait()


def test_a_process_that_goes_while_it_is_looked_at_runs_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    def read_text(path: Path) -> str:
        raise ProcessLookupError(f"no such process: {path}")  # its file was open already

    assert procfs.is_running(os.getpid())
    monkeypatch.setattr(Path, "read_text", read_text)
    assert not procfs.is_running(os.getpid())
