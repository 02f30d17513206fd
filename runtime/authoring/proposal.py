"""What to declare for an algorithm, from what it took."""

import math
from typing import Final

from algorithms.checks.resources import FARGATE
from algorithms.declaration import Resources
from runtime.worker.child.fork.isolation import MIB, RESERVE_MIB

MARGIN: Final = 1.25  # of memory: no two images are alike
PATIENCE: Final = 20  # a timeout is this many times the typical seconds, and at least as long as is declared by default


def needed_mib(peak_bytes: float) -> int:
    """Return the memory of a task whose job takes `peak_bytes`, with margin and with what the worker needs itself."""
    return RESERVE_MIB + math.ceil(MARGIN * peak_bytes / MIB)


def fargate_size(vcpu: float, memory_mib: int) -> tuple[float, int] | None:
    """Return the smallest size that Fargate offers with at least so many vCPUs and so much memory, or None."""
    for each, sizes in FARGATE.items():
        if each >= vcpu and (fitting := [size for size in sizes if size >= memory_mib]):
            return each, fitting[0]
    return None


def size_for(declared: Resources, peak_bytes: float) -> tuple[float, int]:
    """Return the vCPUs and the MiB of a task, with the declared vCPUs at least, for a job that takes `peak_bytes`.

    Raises ValueError if Fargate has none.
    """
    size = fargate_size(declared.vcpu, needed_mib(peak_bytes))
    if size is None:
        raise ValueError(f"Fargate has no task of {needed_mib(peak_bytes)} MiB")
    return size


def line(declared: Resources, seconds: float, peak_bytes: float) -> str:
    """Return `Resources(...)` to paste for a job of `seconds` that takes `peak_bytes`. Raises ValueError."""
    vcpu, memory_mib = size_for(declared, peak_bytes)
    typical = float(f"{max(seconds, 0.01):.2g}")
    timeout = max(Resources().timeout, math.ceil(PATIENCE * typical / 60) * 60)
    return f"Resources(vcpu={vcpu:g}, memory_mib={memory_mib}, timeout={timeout:g}, typical_seconds={typical:g})"
