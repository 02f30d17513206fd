from typing import Any

import pytest

from algorithms.checks.resources import FARGATE, LONGEST_TIMEOUT, check_resources
from algorithms.errors import DeclarationError
from imaging import Resources


@pytest.mark.parametrize("vcpu", FARGATE)
def test_each_pair_that_fargate_offers_is_accepted_and_its_neighbours_are_not(vcpu: float) -> None:
    sizes = FARGATE[vcpu]
    for memory in sizes:
        check_resources(Resources(vcpu=vcpu, memory_mib=memory))
    for memory in (sizes[0] - 1, sizes[0] + 1, sizes[0] // 2, sizes[-1] * 2):
        with pytest.raises(DeclarationError, match="not offered by Fargate with"):
            check_resources(Resources(vcpu=vcpu, memory_mib=memory))


@pytest.mark.parametrize(
    ("vcpu", "count", "last"),
    [(0.25, 3, 2), (0.5, 4, 4), (1, 7, 8), (2, 13, 16), (4, 23, 30), (8, 12, 60), (16, 12, 120)],
)
def test_the_table_is_the_one_that_aws_documents(vcpu: float, count: int, last: int) -> None:
    assert len(FARGATE[vcpu]) == count
    assert FARGATE[vcpu][-1] == last * 1024


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"vcpu": 3}, "vcpu=3 is not offered by Fargate; it can be 0.25, 0.5, 1, 2, 4, 8, 16"),
        ({"vcpu": 0}, "vcpu=0 is not a positive number"),
        ({"vcpu": "1"}, "vcpu='1' is not a positive number"),
        ({"vcpu": True}, "vcpu=True is not a positive number"),
        ({"memory_mib": 2047}, "memory_mib=2047 .* it can be 2048 to 8192 in steps of 1024"),
        ({"memory_mib": -2048}, "memory_mib=-2048 is not a positive number"),
        ({"timeout": 0}, "timeout=0 is not a positive number"),
        ({"timeout": float("inf")}, "timeout=inf is not a positive number"),
        ({"timeout": LONGEST_TIMEOUT + 1}, "SQS leases a message for at most 12 hours"),
        ({"acceptable_latency": 0}, "acceptable_latency=0 is not a positive number"),
        ({"typical_seconds": float("nan")}, "typical_seconds=nan is not a positive number"),
        ({"min_tasks": -1}, "min_tasks=-1 is not a whole number of at least 0"),
        ({"min_tasks": 1.0}, "min_tasks=1.0 is not a whole number of at least 0"),
        ({"max_tasks": 0}, "max_tasks=0 is not a whole number of at least 1"),
        ({"max_tasks": True}, "max_tasks=True is not a whole number of at least 1"),
        ({"min_tasks": 3, "max_tasks": 2}, "min_tasks=3 is above max_tasks=2"),
        ({"spot": "no"}, "spot='no' is neither True nor False"),
    ],
)
def test_impossible_resources_are_refused(given: dict[str, Any], reason: str) -> None:
    with pytest.raises(DeclarationError, match=reason):
        check_resources(Resources(**given))


def test_what_is_possible_is_accepted() -> None:
    check_resources(Resources())
    check_resources(Resources(timeout=LONGEST_TIMEOUT, min_tasks=4, max_tasks=4, spot=False))
    with pytest.raises(DeclarationError, match="not Resources"):
        check_resources({"vcpu": 1})
