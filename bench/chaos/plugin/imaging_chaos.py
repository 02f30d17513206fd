"""An algorithm that notes each of its runs in a file, and has its worker killed if its job says so."""

import os
import time
from collections.abc import Iterable
from pathlib import Path

from imaging import Algorithm, Image, Resources, Result, hookimpl

# Three tasks that are always there.
THREE = Resources(vcpu=1, memory_mib=2048, min_tasks=3, max_tasks=3, timeout=60, typical_seconds=0.1)


def chaos(image: Image, number: int = 0, seconds: float = 0.0, runs: str = "", poison: bool = False) -> Result:
    """Note the job's number in the file `runs`, then take so long, or have the worker killed."""
    with Path(runs).open("a") as file:
        file.write(f"{number}\n")
    if poison:
        _have_the_worker_killed(Path(runs).with_name("condemned"))
    time.sleep(seconds)
    return Result(measurements={"number": number, "planes": len(image.pixels)})


def _have_the_worker_killed(condemned: Path) -> None:
    """Name the parent of the fork server to who may kill it: since Linux 6.12 a job may not."""
    stat = Path(f"/proc/{os.getppid()}/stat").read_text()
    with condemned.open("a") as file:
        file.write(f"{stat.rsplit(')', 1)[1].split()[1]}\n")
    time.sleep(60)


@hookimpl
def register_algorithms() -> Iterable[Algorithm]:
    """Register it."""
    return (Algorithm(name="chaos", summary="Notes that it runs.", run=chaos, resources=THREE),)
