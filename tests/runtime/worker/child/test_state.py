"""What an algorithm changes in its process, the next job finds as it was."""

import subprocess
import sys

import pytest

SCRIPT = """
import os, signal, socket, sys, tempfile
import numpy as np
from runtime.worker.child.state import ProcessState
state = ProcessState()
{change}
state.restore()
print({kept})
sys.stdout.flush()
"""


@pytest.mark.parametrize(
    ("change", "kept"),
    [
        ("where = tempfile.mkdtemp(); os.chdir(where); os.rmdir(where)", "len(os.getcwd()) > 0"),
        ("os.environ['LEFT'] = '1'; del os.environ['PATH']", "'LEFT' not in os.environ and 'PATH' in os.environ"),
        ("os.umask(0o777)", "os.umask(0) != 0o777"),
        ("sys.setrecursionlimit(100)", "sys.getrecursionlimit() > 100"),
        ("signal.alarm(1)", "signal.alarm(0) == 0"),
        ("socket.setdefaulttimeout(0.001)", "socket.getdefaulttimeout() is None"),
        ("np.seterr(all='raise')", "np.geterr()['divide'] == 'warn'"),
        ("sys.stdout.close()", "True"),
        ("os.close(1)", "True"),
        ("sys.stdout = open(os.devnull, 'w')", "True"),
        ("file = os.open(os.devnull, os.O_WRONLY); os.dup2(file, 1)", "True"),
    ],
)  # fmt: skip
def test_it_is_put_back(change: str, kept: str) -> None:
    script = SCRIPT.format(change=change, kept=kept)
    ended = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert (ended.stdout, ended.returncode) == ("True\n", 0), ended.stderr


def test_a_process_with_half_of_its_files_open_is_spent() -> None:
    change = "files = [os.open(os.devnull, os.O_RDONLY) for _ in range(state._files // 2)]"
    script = SCRIPT.format(change=f"before = state.is_spent; {change}", kept="not before and state.is_spent")
    limited = f"import resource; resource.setrlimit(resource.RLIMIT_NOFILE, (256, 256)); {script}"
    ended = subprocess.run([sys.executable, "-c", limited], capture_output=True, text=True, check=False)
    assert ended.stdout == "True\n", ended.stderr
