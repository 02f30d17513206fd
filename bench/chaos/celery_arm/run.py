"""Runs the plan's jobs and signals on Celery's workers, each replaced when it ends, as a container is."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import asdict
from pathlib import Path
from typing import Final

from bench.chaos.caller import PACE_SECONDS
from bench.chaos.outcome import SUCCEEDED, End, Outcome
from bench.chaos.plan import LEASE_SECONDS, Plan
from bench.chaos.signals import Signals

HERE: Final = Path(__file__).parent
LOCK: Final = HERE / "requirements.lock"
IDLE_SECONDS: Final = 4.0 * LEASE_SECONDS  # longer than a job can wait for its visibility timeout
LOOK_SECONDS: Final = 0.2
WORKER: Final = ("-m", "celery", "-A", "tasks", "worker", "--concurrency=1", "--quiet")


def environment(folder: Path) -> Path:
    """Make a virtual environment with the locked Celery, and return its Python; one that is there is taken."""
    python = folder / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        uv = Path(sys.executable).with_name("uv")
        install = [uv, "pip", "install", "-q", "--python", python, "--require-hashes", "-r", LOCK]
        subprocess.run(install, check=True)
    return python


def run(plan: Plan, python: Path, folder: Path, *, late: bool) -> Outcome:
    """Run the jobs once; with `late`, tasks are acknowledged when they have ended, and are rejected if lost."""
    runs, jobs = folder / "runs", plan.all_jobs()
    started = time.monotonic()
    with _redis(folder) as address, ExitStack() as workers:
        variables = {**os.environ, "CHAOS_REDIS": address, "CHAOS_LATE_SECONDS": str(LEASE_SECONDS if late else 0)}
        alive = [workers.enter_context(Worker(python, variables, name)) for name in range(plan.workers)]
        signals = Signals(plan, lambda: [each.pid for each in alive if each.pid], os.killpg)
        pace = PACE_SECONDS / plan.clients
        asked = {"jobs": [asdict(job) for job in jobs], "pace": pace, "idle": IDLE_SECONDS, "runs": str(runs)}
        sender = subprocess.Popen(
            [python, "sender.py"], cwd=HERE, env=variables, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        try:
            assert sender.stdin is not None and sender.stdout is not None
            with sender.stdin as stdin:
                json.dump(asked, stdin)
            while sender.poll() is None:
                for each in alive:
                    each.tend()
                time.sleep(LOOK_SECONDS)
            ended = json.loads(sender.stdout.read())
        finally:
            signals.stop()
            sender.kill()
    outcome = Outcome({number: [End(SUCCEEDED, 1)] for number in ended}, kills=signals.kills, stops=signals.stops)
    outcome.seconds = time.monotonic() - started
    outcome.read_runs(runs)
    return outcome


class Worker:
    """A worker of Celery with one process for tasks, in a process group of its own; `tend` replaces one that ended."""

    def __init__(self, python: Path, variables: dict[str, str], name: int) -> None:
        self._command = [str(python), *WORKER, f"--hostname=worker{name}@localhost"]
        self._variables = variables
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> "Worker":
        self.tend()
        return self

    def __exit__(self, *_: object) -> None:
        if self._process is not None:
            with suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()

    @property
    def pid(self) -> int:
        """The process that leads the group, 0 if it has ended."""
        return self._process.pid if self._process is not None and self._process.poll() is None else 0

    def tend(self) -> None:
        """Start it if it has ended."""
        if not self.pid:
            self._process = subprocess.Popen(
                self._command,
                cwd=HERE,
                env=self._variables,
                start_new_session=True,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )


@contextmanager
def _redis(folder: Path) -> Iterator[str]:
    """Run Debian's Redis on a socket, with Debian's settings otherwise."""
    socket = folder / "redis.sock"
    command = [
        "redis-server",
        "--port",
        "0",
        "--unixsocket",
        str(socket),
        "--dir",
        str(folder),
        "--loglevel",
        "warning",
    ]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        while not socket.exists():
            if server.poll() is not None:
                raise RuntimeError(f"redis-server ended with {server.returncode}")
            time.sleep(LOOK_SECONDS)
        yield f"redis+socket://{socket}"
    finally:
        server.terminate()
        server.wait()
