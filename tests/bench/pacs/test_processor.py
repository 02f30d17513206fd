"""Processor time is that of a server and of its processes."""

import os
import signal
import subprocess
import sys
import time

from bench.pacs.processor import processor_seconds

PARENT = "import subprocess, sys; subprocess.run([sys.executable, '-c', 'while True: pass'])"


def test_what_a_child_computes_counts() -> None:
    with subprocess.Popen([sys.executable, "-c", PARENT], start_new_session=True) as process:
        deadline = time.monotonic() + 60
        while processor_seconds(process.pid) < 0.5 and time.monotonic() < deadline:
            time.sleep(0.1)
        taken = processor_seconds(process.pid)
        os.killpg(process.pid, signal.SIGKILL)
    assert taken >= 0.5
    assert processor_seconds(process.pid) == 0
