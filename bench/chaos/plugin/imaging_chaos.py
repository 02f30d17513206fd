"""An algorithm that notes each of its runs in a file, and kills its worker if its job says so."""

import os
import time
from collections.abc import Iterable
from pathlib import Path

from imaging import Algorithm, Image, Resources, Result, hookimpl

# Three tasks that are always there.
THREE = Resources(vcpu=1, memory_mib=2048, min_tasks=3, max_tasks=3, timeout=60, typical_seconds=0.1)


def chaos(image: Image, number: int = 0, seconds: float = 0.0, runs: str = "", poison: bool = False) -> Result:
    """Note the job's number in the file `runs`, then take so long, or kill the worker."""
    with Path(runs).open("a") as file:
        file.write(f"{number}\n")
    if poison:
        _kill_the_worker()
    time.sleep(seconds)
    return Result(measurements={"number": number, "planes": len(image.pixels)})


def _kill_the_worker() -> None:
    """End the parent of the fork server, with everything that it runs."""
    stat = Path(f"/proc/{os.getppid()}/stat").read_text()
    os.kill(int(stat.rsplit(")", 1)[1].split()[1]), 9)
    time.sleep(60)


@hookimpl
def register_algorithms() -> Iterable[Algorithm]:
    """Register it."""
    return (Algorithm(name="chaos", summary="Notes that it runs.", run=chaos, resources=THREE),)
