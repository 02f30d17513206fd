"""The processes that a stopped process leaves are ended with it."""

import subprocess
import sys
import time
from pathlib import Path

from runtime import procfs
from runtime.local.processes.group import end_group

STUBBORN = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(600)"
LEADER = f"""
import subprocess, sys
child = subprocess.Popen([sys.executable, "-c", {STUBBORN!r}])
print(child.pid, flush=True)
"""


def test_what_outlives_the_leader_is_ended() -> None:
    leader = subprocess.Popen([sys.executable, "-c", LEADER], stdout=subprocess.PIPE, text=True, start_new_session=True)
    left, _ = int(leader.stdout.readline()) if leader.stdout else 0, leader.wait()
    deadline = time.monotonic() + 30
    while not Path(f"/proc/{left}/cmdline").read_text():  # until exec is done with it, it has none
        assert time.monotonic() < deadline
    end_group(leader.pid)
    assert not procfs.is_running(left)
    end_group(leader.pid)  # a second call is no error
