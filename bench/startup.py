"""`python -m bench.startup`: until the local system is ready, its first jobs, and what it costs while nothing happens.

`--rounds N` starts of each kind (3), `--idle SECONDS` of doing nothing (20), `--without-many` leaves out the starts
with a hundred algorithms. Do nothing else on the machine meanwhile. Linux alone.
"""

import argparse
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from bench import report, startup_report
from bench.instruments import many
from bench.instruments.processes import Memory, idle_cpu, idle_memory, memory
from bench.instruments.system import System, system
from runtime.local.cloud import LocalCloud
from runtime.local.program.project import ROOT

READY = b"The imaging services are up."
FEW, MANY = 3, 100  # algorithms: this distribution's own, and with those that are installed for the measurement
QUIET_SECONDS = 15.0  # from the last job to the measurement of doing nothing


def main() -> int:
    """Measure, then print."""
    parser = argparse.ArgumentParser(prog="python -m bench.startup", description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--idle", type=float, default=20.0)
    parser.add_argument("--without-many", action="store_true")
    asked = parser.parse_args()
    kinds = [FEW] if asked.without_many else [FEW, MANY]
    ready: dict[int, list[float]] = {algorithms: [] for algorithms in kinds}
    for _ in range(asked.rounds):
        for algorithms, seconds in ready.items():  # in turns, so that a busy moment hits both
            seconds.append(until_ready(algorithms))
    with system(LocalCloud()) as running:
        hops = {name: first_hops(running, name) for name in sorted(running.cloud.outputs["RequestQueues"])}
        time.sleep(QUIET_SECONDS)
        idle = {name: idle_memory(running, name) for name in hops}
        template = memory({running.cloud.template}) if running.cloud.template else Memory(0, 0)
        busy = idle_cpu(asked.idle)
    report.machine()
    startup_report.startup(ready, hops, idle, template, busy)
    return 0


def until_ready(algorithms: int) -> float:
    """Return the seconds from the command `imaging up` to its saying that the services are up."""
    with TemporaryDirectory() as folder:
        many.install(Path(folder) / "plugins", algorithms - FEW)
        path = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"), f"{folder}/plugins")))
        started = time.monotonic()
        with _command(folder, {**os.environ, "PYTHONPATH": path}) as lines:
            if not any(READY in line for line in lines):
                raise RuntimeError("imaging up ended before it was ready")
            return time.monotonic() - started


@contextmanager
def _command(folder: str, environment: Mapping[str, str]) -> Iterator[Iterator[bytes]]:
    command = [sys.executable, "-m", "clients.cli", "up", "--no-web"]
    variables = {**environment, "PYTHONUNBUFFERED": "1"}
    process = subprocess.Popen(command, env=variables, cwd=folder, stdout=subprocess.PIPE, stderr=sys.stderr)
    assert process.stdout is not None
    try:
        yield iter(process.stdout)
    finally:
        process.send_signal(signal.SIGINT)
        process.stdout.read()
        process.wait()


def first_hops(running: System, algorithm: str) -> tuple[int, int]:
    """Return the milliseconds from the queue to the start of an algorithm's first job, and of its second."""
    scopes = {"curvature_flow": "series"}

    def hop() -> int:
        pacs = {**running.pacs, "scope": scopes.get(algorithm, "image")}
        if pacs["scope"] == "series":
            del pacs["image_id"]
        job_id = running.client.submit(algorithm, pacs, {})
        running.client.acknowledge(running.client.wait_for(job_id, lambda _: None, 120))
        hops = running.client.job(job_id)["hops"]
        return round(hops["started"] - hops["accepted"])

    return hop(), hop()


if __name__ == "__main__":
    sys.exit(main())
