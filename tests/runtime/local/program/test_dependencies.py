"""Dependencies between resources are noted unless they close a circle, as Pulumi's SDK does it."""

import random

from pulumi.runtime.resource_cycle_breaker import declare_dependency

from runtime.local.program.dependencies import Dependencies


class Node:
    """Stands for a resource."""


def test_the_same_are_refused_as_by_the_sdk() -> None:
    chosen = random.Random(1)
    nodes, ours = [Node() for _ in range(12)], Dependencies()
    pairs = [(chosen.choice(nodes), chosen.choice(nodes)) for _ in range(300)]
    expected = [declare_dependency(one, other) for one, other in pairs]  # type: ignore[arg-type]
    assert [ours.declare(one, other) for one, other in pairs] == expected
    assert 50 < sum(expected) < 250
