"""What an algorithm changes in its process, the next job finds as it was."""

import subprocess
import sys

import pytest

SCRIPT = """
import decimal, gc, locale, os, random, resource, signal, socket, subprocess, sys, tempfile, threading, time
import warnings
import numpy as np
from runtime.worker.child.fork.state import ProcessState
FILES = resource.RLIMIT_NOFILE
limits, processors = resource.getrlimit(FILES), os.sched_getaffinity(0)
drawn, of_numpy = random.getstate(), np.random.get_state()[1].tolist()
before = locale.setlocale(locale.LC_CTYPE)
other = 'C.UTF-8' if before == 'C' else 'C'
def blocked(more=()):
    return signal.pthread_sigmask(signal.SIG_BLOCK, more)
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
        ("signal.signal(signal.SIGCHLD, signal.SIG_IGN)", "subprocess.run(['false']).returncode == 1"),
        ("blocked([signal.SIGUSR1])", "not blocked()"),
        ("resource.setrlimit(FILES, (3, limits[1]))", "resource.getrlimit(FILES) == limits"),
        ("os.sched_setaffinity(0, [min(processors)])", "os.sched_getaffinity(0) == processors"),
        ("warnings.simplefilter('error')", "warnings.warn('a') is None"),
        ("random.seed(1)", "random.getstate() == drawn"),
        ("np.random.seed(1)", "np.random.get_state()[1].tolist() == of_numpy"),
        ("locale.setlocale(locale.LC_ALL, other)", "locale.setlocale(locale.LC_CTYPE) == before"),
        ("decimal.getcontext().prec = 2", "decimal.Decimal(1) / 3 != decimal.Decimal('0.33')"),
        ("gc.disable()", "gc.isenabled()"),
        ("sys.settrace(lambda *_: None)", "sys.gettrace() is None"),
        ("sys.path.clear()", "len(sys.path) > 0"),
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


@pytest.mark.parametrize(
    "change",
    [
        "threading.Thread(target=time.sleep, args=(5,), daemon=True).start()",
        "os.nice(1)",
        "resource.setrlimit(FILES, (limits[0], limits[1] - 1))",
    ],
)
def test_a_process_with_what_cannot_be_put_back_is_spent(change: str) -> None:
    lower = "resource.setrlimit(resource.RLIMIT_NOFILE, (256, 512))"  # root may raise it, but none puts it back here
    script = SCRIPT.format(
        change=f"unspent = not state.is_spent; {change}; spent = state.is_spent", kept="unspent and spent"
    )
    ended = subprocess.run(
        [sys.executable, "-c", f"import resource; {lower}; {script}"], capture_output=True, text=True, check=False
    )
    assert ended.stdout == "True\n", ended.stderr
