"""Many algorithms in one stack: the program run on paper, where nothing is made, as bench/ measures it."""

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from algorithms.registry import load_registry
from bench import scale
from bench.instruments import many
from components.parts import limits, sizes

pytestmark = pytest.mark.xdist_group("scale")  # the three programs run once, in one process

OWN = len(load_registry())
# Added distributions of ten algorithms each.
SIZES = (0, 1, 10)
SHARDS = 4
Resources = list[dict[str, Any]]


@pytest.fixture(scope="module")
def stacks(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[int, Resources]]:
    """What the program would make at each size; the three run side by side."""
    folders: dict[int, Path] = {size: tmp_path_factory.mktemp(f"stack{size}") for size in SIZES}
    for size, folder in folders.items():
        many.install(folder / "plugins", size, 10)
    running = {size: scale.start(folder / "plugins", folder) for size, folder in folders.items()}
    yield {size: scale.answer(running[size], folders[size])["resources"] for size in SIZES}


def of(resources: Resources, kind: str) -> Resources:
    return [each for each in resources if each["type"].rsplit(":", 1)[-1] == kind]


def counts(resources: Resources) -> Counter[str]:
    return Counter(each["type"] for each in resources)


def test_resources_grow_by_the_algorithm_and_by_the_distribution(stacks: dict[int, Resources]) -> None:
    none, one, ten = (counts(stacks[size]) for size in SIZES)
    pages = "aws:cloudwatch/dashboard:Dashboard"
    assert (one[pages], ten[pages]) == (1, 2)
    del none[pages], one[pages], ten[pages]
    assert ten - none == Counter({kind: 10 * count for kind, count in (one - none).items()})
    each = {kind: count / 10 for kind, count in (one - none).items()}
    assert each["aws:sqs/queue:Queue"] == 4
    assert each["aws:sns/topicSubscription:TopicSubscription"] == 1
    assert each["aws:sns/topic:Topic"] == 0.1, "one a distribution"
    assert sum(each.values()) < 23


def test_a_hundred_and_three_algorithms_are_within_awss_limits(stacks: dict[int, Resources]) -> None:
    resources = stacks[10]
    services = of(resources, "Service")
    assert len(services) == OWN + 100 + 1
    subscriptions = Counter(each["inputs"]["topic"] for each in of(resources, "TopicSubscription"))
    assert max(subscriptions.values()) <= limits.SUBSCRIPTIONS_PER_TOPIC
    assert max(len(each["inputs"]["policy"]) for each in of(resources, "RolePolicy")) < 10_240
    for function in of(resources, "Function"):
        if variables := function["inputs"].get("environment", {}).get("variables"):
            assert sum(len(name) + len(value) for name, value in variables.items()) < 4096
    assert max(len(each["inputs"]["containerDefinitions"]) for each in of(resources, "TaskDefinition")) < 65_536
    assert len(of(resources, "Route")) < 300 and len(of(resources, "Integration")) < 300
    for alarm in of(resources, "MetricAlarm"):
        assert alarm["inputs"]["metricName"] and "metricQueries" not in alarm["inputs"], "one metric each"


def test_each_dashboard_has_fewer_lines_than_cloudwatch_draws(stacks: dict[int, Resources]) -> None:
    pages = sorted(of(stacks[10], "Dashboard"), key=lambda each: each["name"])
    assert [each["inputs"]["dashboardName"] for each in pages] == ["imaging-dev", "imaging-dev-2"]
    drawn = [
        [len(widget["properties"]["metrics"]) for widget in json.loads(each["inputs"]["dashboardBody"])["widgets"]]
        for each in pages
    ]
    assert max(drawn[0]) == 3 * sizes.ALGORITHMS_PER_DASHBOARD <= 500
    assert sum(drawn[0]) <= 2500
    assert [len(graphs) for graphs in drawn] == [8, 6]


def test_quotas_are_counted_as_they_are_taken(stacks: dict[int, Resources]) -> None:
    kinds = {"IAM roles": "Role", "services in the cluster": "Service"}
    for quota in limits.QUOTAS:
        if quota.what in kinds:
            for size in SIZES:
                taken = quota.taken(OWN + 10 * size, 1 + size, SHARDS)
                assert taken == len(of(stacks[size], kinds[quota.what])), quota.what
    (alarms,) = [quota for quota in limits.QUOTAS if quota.what == "CloudWatch alarms"]
    for size in SIZES:
        algorithms = OWN + 10 * size
        assert alarms.taken(algorithms, 1 + size, SHARDS) == len(of(stacks[size], "MetricAlarm"))
    fifo = [[each for each in of(stacks[size], "Topic") if each["inputs"].get("fifoTopic")] for size in SIZES]
    assert len(fifo[1]) - len(fifo[0]) == 1
