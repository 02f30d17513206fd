"""Every resource type's operations, one round trip each on the emulator."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from runtime.local.emulator.emulator import Emulator
from runtime.local.resources.table import HANDLERS
from tests.runtime.local.resources.round_trips import (
    access,
    containers,
    distribution,
    functions,
    http,
    messaging,
    network,
    storage,
)
from tests.runtime.local.resources.round_trips.distribution import DISTRIBUTION
from tests.runtime.local.resources.round_trips.world import Case, World, queue, topic

# Each type's inputs, and the changes made afterwards (none if only a replacement changes it).
CASES: dict[str, Case] = {
    **access.CASES,
    **containers.CASES,
    **distribution.CASES,
    **functions.CASES,
    **http.CASES,
    **messaging.CASES,
    **network.CASES,
    **storage.CASES,
}
# The emulator keeps nothing of these.
RECORDED = {
    "aws:lambda/invocation:Invocation",
}
# If one of these is deleted, AWS's default replaces it.
RESET = {
    "aws:sns/topicPolicy:TopicPolicy",
    "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
}


@pytest.fixture
def world(cloud: Emulator, tmp_path: Path) -> Iterator[World]:
    own = World(cloud, tmp_path)
    yield own
    own.clear()


def test_every_type_has_a_round_trip() -> None:
    assert set(CASES) == set(HANDLERS)


def holds(outputs: Any, inputs: Any) -> bool:
    """Return whether all inputs are in the outputs, at any depth."""
    if isinstance(outputs, dict) and isinstance(inputs, dict):
        return all(key in outputs and holds(outputs[key], value) for key, value in inputs.items())
    return outputs == inputs


@pytest.mark.parametrize("token", sorted(CASES))
def test_round_trip(world: World, token: str) -> None:
    handler = world.table.handler(token)
    make, change = CASES[token]
    inputs = handler.check("logical", make(world), {})
    assert handler.diff(inputs, inputs) == ([], [])

    identity, outputs = handler.create(inputs)
    assert identity
    assert holds(outputs, inputs), "the cloud differs from the inputs"
    assert handler.read(identity, outputs) == outputs, "a second read differs without a change"

    if change:
        new = {**inputs, **change}
        changed, replaces = handler.diff(inputs, new)
        assert set(changed) == set(change)
        assert not replaces
        outputs = handler.update(identity, outputs, new)
        assert holds(outputs, new)
        assert handler.read(identity, outputs) == outputs
    else:
        for key in set(inputs) & set(handler.replace_on):
            assert handler.diff(inputs, {**inputs, key: "other"}) == ([key], [key])

    handler.delete(identity, outputs)
    if token not in RECORDED | RESET:
        assert handler.read(identity, outputs) is None
    handler.delete(identity, outputs)  # a second time is no error


def test_cloudfront_has_all_inputs_of_a_distribution(world: World) -> None:
    identity, outputs = world.make("aws:cloudfront/distribution:Distribution", "d", **DISTRIBUTION)
    api = world.table.handler("aws:cloudfront/distribution:Distribution").api
    kept = api.get_distribution_config(Id=identity)["DistributionConfig"]
    custom = kept["Origins"]["Items"][1]["CustomOriginConfig"]
    assert (custom["OriginProtocolPolicy"], custom["OriginReadTimeout"]) == ("https-only", 60)
    (behaviour,) = kept["CacheBehaviors"]["Items"]
    assert behaviour["OriginRequestPolicyId"] == "b689b0a8-53d0-40ab-baf2-68738e2966ac"
    (error,) = kept["CustomErrorResponses"]["Items"]
    assert (error["ErrorCode"], error["ErrorCachingMinTTL"]) == (503, 0)
    assert kept["IsIPV6Enabled"]
    tags = api.list_tags_for_resource(Resource=outputs["arn"])["Tags"]["Items"]
    assert tags == [{"Key": "a", "Value": "1"}]


def test_a_property_that_would_not_be_sent_is_refused(world: World) -> None:
    with pytest.raises(NotImplementedError, match="webAclId"):
        world.make("aws:cloudfront/distribution:Distribution", "d", **DISTRIBUTION, webAclId="x")


@pytest.mark.parametrize("fifo", [{}, {"fifoQueue": True}])
def test_a_queue_has_what_creating_it_said(world: World, fifo: dict[str, bool]) -> None:
    identity, outputs = world.make("aws:sqs/queue:Queue", "bare", **fifo)
    assert world.table.handler("aws:sqs/queue:Queue").read(identity, {}) == {**outputs, **fifo}


@pytest.mark.parametrize("fifo", [{}, {"fifoTopic": True}])
def test_a_topic_has_what_creating_it_said(world: World, fifo: dict[str, bool]) -> None:
    identity, outputs = world.make("aws:sns/topic:Topic", "bare", **fifo)
    assert world.table.handler("aws:sns/topic:Topic").read(identity, {}) == {**outputs, **fifo}


def test_a_subscription_has_what_creating_it_said(world: World) -> None:
    token = "aws:sns/topicSubscription:TopicSubscription"
    place = {"topic": topic(world), "protocol": "sqs", "endpoint": queue(world)[1]["arn"]}
    identity, outputs = world.make(token, "bare", **place)
    assert world.table.handler(token).read(identity, {}) == outputs


def test_a_managed_policy_that_the_cloud_has_not_is_refused(world: World) -> None:
    with pytest.raises(LookupError, match="NoSuchThing"):
        world.make(
            "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
            "a",
            role="any",
            policyArn="arn:aws:iam::aws:policy/NoSuchThing",
        )
