"""A proposal is a size of Fargate that holds what a job took, with margin."""

import pytest

from algorithms.declaration import Resources
from runtime.authoring.proposal import fargate_size, line

MIB = 1 << 20


@pytest.mark.parametrize(
    ("vcpu", "memory", "size"),
    [
        (1, 300, (1, 2048)),
        (0.25, 1900, (0.25, 2048)),
        (0.25, 2100, (0.5, 3072)),
        (1, 9000, (2, 9216)),
        (16, 10**6, None),
    ],
)
def test_the_smallest_size_that_holds_it(vcpu: float, memory: int, size: tuple[float, int] | None) -> None:
    assert fargate_size(vcpu, memory) == size


def test_the_line_has_margin_and_the_workers_own_need() -> None:
    # 1408 MiB x 1.25 + 288 MiB is 2048 MiB
    assert "vcpu=1, memory_mib=2048" in line(Resources(), 1, 1408 * MIB)
    assert "vcpu=1, memory_mib=3072" in line(Resources(), 1, 1409 * MIB)


def test_the_timeout_grows_with_the_seconds() -> None:
    assert "timeout=300, typical_seconds=0.012" in line(Resources(), 0.0123, MIB)
    assert "timeout=1020, typical_seconds=51" in line(Resources(), 50.7, MIB)
