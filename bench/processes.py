"""What this process and those that descend from it use of memory and CPU time (Linux)."""

import os
import time
from collections.abc import Collection
from pathlib import Path

from bench.system import System

TICKS = os.sysconf("SC_CLK_TCK")
# Tasks are forked from the template and have its command line (Linux).
KINDS = {"emulator.server": "emulator", "local.tasks.template": "tasks and their template"}


def idle_mebibytes(running: System, algorithm: str) -> float:
    """Return the MiB of an algorithm's processes; of pages that several share, their part."""
    supervisor = running.cloud.supervisor
    assert supervisor is not None
    tasks = supervisor.processes(algorithm.replace("_", "-"))
    return mebibytes(descendants(set(tasks)))


def mebibytes(processes: Collection[int]) -> float:
    """Return the MiB of processes; of pages that several share, their part (PSS of /proc/PID/smaps_rollup)."""
    return sum(_proportional(each) for each in processes) / 1024


def descendants(roots: set[int]) -> set[int]:
    """Return the processes and all that descend from them."""
    parents = {int(path.name): _parent(path) for path in Path("/proc").glob("[0-9]*")}
    found = set(roots)
    while more := {pid for pid, parent in parents.items() if parent in found} - found:
        found |= more
    return found


def idle_cpu(seconds: float) -> dict[str, float]:
    """Return the share of one core that each kind of this system's processes uses."""
    before, started = _ticks(), time.monotonic()
    time.sleep(seconds)
    after, elapsed = _ticks(), time.monotonic() - started
    spent: dict[str, float] = {}
    for pid, (kind, ticks) in after.items():
        spent[kind] = spent.get(kind, 0.0) + (ticks - before.get(pid, (kind, 0))[1]) / TICKS / elapsed
    return spent


def _ticks() -> dict[int, tuple[str, int]]:
    return {pid: found for pid in descendants({os.getpid()}) if (found := _spent(pid))}


def _spent(pid: int) -> tuple[str, int] | None:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        command = Path(f"/proc/{pid}/cmdline").read_bytes().decode(errors="replace")
    except OSError:
        return None
    kind = next((name for part, name in KINDS.items() if part in command), "functions and others")
    return ("supervisor" if pid == os.getpid() else kind), int(fields[11]) + int(fields[12])


def _parent(path: Path) -> int:
    try:
        return int((path / "stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return 0


def _proportional(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)
