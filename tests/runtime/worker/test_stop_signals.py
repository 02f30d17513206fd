"""Who may stop a worker by a signal."""

import signal
import subprocess
import sys
import textwrap
import time

CODE = """
    import os, subprocess, sys, time
    from runtime.worker import stop_signals
    stop_signals.install()
    def sent_by_own():
        if os.fork() == 0:
            os.kill(os.getppid(), 15)
            time.sleep(100)
    sent_by_own()
    print(stop_signals.wait(10), flush=True)
    print(stop_signals.wait(10), flush=True)
    os.killpg(os.getpid(), 9)
"""


def test_the_workers_own_processes_may_not_and_others_may() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(CODE)], stdout=subprocess.PIPE, text=True, start_new_session=True
    ) as process:
        assert process.stdout is not None
        assert '"signal_ignored","signal":"SIGTERM"' in process.stdout.readline()
        assert process.stdout.readline() == "False\n"
        process.send_signal(signal.SIGINT)
        assert process.stdout.readline() == "True\n"


PAUSED = """
    from runtime.worker import stop_signals
    stop_signals.install()
    print("waits", flush=True)
    print(stop_signals.wait(0.2), flush=True)
"""


def test_a_worker_that_was_paused_longer_than_it_waits_goes_on() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(PAUSED)], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "waits\n"
        process.send_signal(signal.SIGSTOP)
        time.sleep(0.5)
        process.send_signal(signal.SIGCONT)
        assert process.stdout.readline() == "False\n"
