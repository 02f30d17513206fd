"""Warnings of quotas that a new account has too little of, and faults of jobs that may not live long enough."""

from collections.abc import Iterable, Mapping
from typing import Any

from algorithms.declaration import Resources
from algorithms.registry import Registered
from components.parts.handlers import concurrency

# The vCPUs of a new account: "Fargate On-Demand vCPU resource count" and "Fargate Spot vCPU resource count".
VCPUS = 6
PACS_TASK_VCPU = 0.5
QUOTAS = {
    "on demand": "Fargate On-Demand vCPU resource count",
    "on Spot": "Fargate Spot vCPU resource count",
}


def unreserved(project: str, executions: int) -> list[str]:
    """Return a warning if the stack has too few concurrent executions of functions to reserve any."""
    if executions >= concurrency.least():
        return []
    return [
        f"{project}:lambdaConcurrency is {executions}, and shares are reserved from {concurrency.least()} on: clients "
        "that wait for results may keep others from sending jobs. Ask for a higher 'Concurrent executions' (Service "
        "Quotas, AWS Lambda), then raise the key."
    ]


def ages(project: str, algorithms: Iterable[Registered], values: Mapping[str, Any]) -> list[str]:
    """Return a fault for each algorithm whose healthy jobs can take longer than `jobMaxAgeSeconds`."""
    age, attempts = values.get("job_max_age_seconds"), values.get("max_attempts")
    if age is None or attempts is None:
        return []
    longest = {each.algorithm.name: each.algorithm.resources.timeout * attempts for each in algorithms}
    return [
        f"{project}:jobMaxAgeSeconds is {age}, and {name} may take {seconds:g} s ({attempts} attempts of its timeout): "
        "its jobs would be given up while they run. Raise the key, or have the algorithm declare a shorter timeout."
        for name, seconds in longest.items()
        if seconds > age
    ]


def vcpus(declared: Iterable[Resources], pacs_tasks: int) -> list[str]:
    """Return a warning for each quota of a new account that all services at their maximum would pass."""
    services = list(declared)
    first = [each.vcpu * (1 if each.spot else each.max_tasks) for each in services]
    taken = {
        "on demand": sum(first) + PACS_TASK_VCPU * pacs_tasks,
        "on Spot": sum(each.vcpu * (each.max_tasks - 1) for each in services if each.spot),
    }
    return [
        f"max_tasks of all algorithms together take {number:g} vCPUs {where}, and a new account has {VCPUS}: see that "
        f"the quota '{QUOTAS[where]}' is that high (Service Quotas, AWS Fargate), or declare a lower max_tasks; beyond "
        "it tasks do not start."
        for where, number in taken.items()
        if number > VCPUS
    ]
