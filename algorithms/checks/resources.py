"""Whether resources can exist: a pair that Fargate offers, a timeout that SQS allows, bounds that leave room."""

import math
from typing import Any, Final

from algorithms.declaration import Resources
from algorithms.errors import DeclarationError

# vCPU -> the memory sizes in MiB that Fargate offers with it (AWS, "Fargate task definition considerations").
FARGATE: Final[dict[float, tuple[int, ...]]] = {
    0.25: (512, 1024, 2048),
    0.5: tuple(range(1024, 4096 + 1, 1024)),
    1: tuple(range(2048, 8192 + 1, 1024)),
    2: tuple(range(4096, 16384 + 1, 1024)),
    4: tuple(range(8192, 30720 + 1, 1024)),
    8: tuple(range(16384, 61440 + 1, 4096)),
    16: tuple(range(32768, 122880 + 1, 8192)),
}
# SQS keeps a message invisible for at most 12 hours from its first receipt, however often the lease is renewed.
VISIBILITY_LIMIT: Final = 12 * 3600
# A worker receives a job before it computes it, and must fetch its input and store its outputs within the same lease.
MARGIN: Final = 1800
LONGEST_TIMEOUT: Final = VISIBILITY_LIMIT - MARGIN


def check_resources(resources: object) -> None:
    """Check what a task gets and how the service scales; DeclarationError if AWS cannot provide it."""
    if not isinstance(resources, Resources):
        raise DeclarationError(f"resources is {resources!r}, not Resources(...)")
    for name in ("vcpu", "memory_mib", "timeout", "acceptable_latency", "typical_seconds"):
        value: Any = getattr(resources, name)
        if not _is_number(value) or value <= 0:
            raise DeclarationError(f"resources.{name}={value!r} is not a positive number")
    for name, least in (("min_tasks", 0), ("max_tasks", 1)):
        value = getattr(resources, name)
        if type(value) is not int or value < least:
            raise DeclarationError(f"resources.{name}={value!r} is not a whole number of at least {least}")
    if type(resources.spot) is not bool:
        raise DeclarationError(f"resources.spot={resources.spot!r} is neither True nor False")
    if resources.min_tasks > resources.max_tasks:
        raise DeclarationError(f"resources.min_tasks={resources.min_tasks} is above max_tasks={resources.max_tasks}")
    if resources.timeout > LONGEST_TIMEOUT:
        raise DeclarationError(
            f"resources.timeout={resources.timeout:g} s is above {LONGEST_TIMEOUT} s: "
            "SQS leases a message for at most 12 hours, half an hour of which is for fetching and storing"
        )
    _check_fargate(resources)


def _check_fargate(resources: Resources) -> None:
    sizes = FARGATE.get(resources.vcpu)
    if sizes is None:
        offered = ", ".join(f"{vcpu:g}" for vcpu in FARGATE)
        raise DeclarationError(f"resources.vcpu={resources.vcpu:g} is not offered by Fargate; it can be {offered}")
    if resources.memory_mib not in sizes:
        raise DeclarationError(
            f"resources.memory_mib={resources.memory_mib} is not offered by Fargate with {resources.vcpu:g} vCPU; "
            f"it can be {_listed(sizes)}"
        )


def _listed(sizes: tuple[int, ...]) -> str:
    if len(sizes) <= 3:
        return ", ".join(map(str, sizes))
    return f"{sizes[0]} to {sizes[-1]} in steps of {sizes[1] - sizes[0]}"


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
