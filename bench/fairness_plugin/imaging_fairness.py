"""An algorithm that sleeps for a second, on six tasks: it is the waiting that is measured, and not the CPU."""

from collections.abc import Iterable
from typing import Annotated

from imaging import Algorithm, Image, Parameter, Resources, Result, hookimpl

SIX = Resources(vcpu=1, memory_mib=2048, min_tasks=6, max_tasks=6, typical_seconds=1.0)


def second(
    image: Image, spread: Annotated[float, Parameter("how far from a second it may be", unit="s", ge=0, le=1)] = 0.0
) -> Result:
    """Return after a second, give or take `spread`, with one measurement and no image."""
    import random
    import time

    time.sleep(1.0 + random.uniform(-spread, spread))
    return Result(measurements={"planes": len(image.pixels)})


@hookimpl
def register_algorithms() -> Iterable[Algorithm]:
    """Register it."""
    return (Algorithm(name="bench_second", summary="Sleeps for a second.", run=second, resources=SIX),)
