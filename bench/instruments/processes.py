"""What this process and those that descend from it use of memory and CPU time (Linux)."""

import os
import time
from collections.abc import Collection
from pathlib import Path
from typing import NamedTuple

from bench.instruments.system import System

TICKS = os.sysconf("SC_CLK_TCK")
# Tasks are forked from the template and have its command line (Linux).
KINDS = {"emulator.server": "emulator", "local.tasks.template": "tasks and their template"}


class Memory(NamedTuple):
    """MiB of processes: with their part of the pages that several share, and of pages that would end with them."""

    with_parts: float
    own: float


def idle_memory(running: System, algorithm: str) -> Memory:
    """Return the memory of an algorithm's processes."""
    supervisor = running.cloud.supervisor
    assert supervisor is not None
    tasks = supervisor.processes(algorithm.replace("_", "-"))
    return memory(descendants(set(tasks)))


def memory(processes: Collection[int]) -> Memory:
    """Return the memory of processes (PSS and USS of /proc/PID/smaps_rollup)."""
    rollups = [_rollup(each) for each in processes]
    parts = sum(each.get("Pss", 0) for each in rollups)
    own = sum(each.get("Private_Clean", 0) + each.get("Private_Dirty", 0) for each in rollups)
    return Memory(parts / 1024, own / 1024)


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


def _rollup(pid: int) -> dict[str, int]:
    """Return kB by name."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()[1:]
    except OSError:
        return {}
    return {name: int(size.split()[0]) for name, _, size in (line.partition(":") for line in lines)}
