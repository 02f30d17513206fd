"""Tags reach exactly what takes tags."""

import inspect
from collections.abc import Sequence
from importlib import import_module
from typing import Any

import pulumi
import pytest

from components.parts.tags import TAGGED, Transform, tagging
from runtime.local.resources.table import HANDLERS

# Its tags would be the objects' own, which S3 limits to ten and the program puts there by the dozen.
LEFT_OUT = {"aws:s3/bucketObjectv2:BucketObjectv2"}


def takes_tags(token: str) -> bool:
    _, module, name = token.split(":")
    package = {"lambda": "lambda_"}.get(module.split("/")[0], module.split("/")[0])
    resource = getattr(import_module(f"pulumi_aws.{package}"), name)
    return "tags" in inspect.signature(resource._internal_init).parameters


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # of types that nobody here uses
def test_the_list_is_what_the_provider_takes() -> None:
    types = {token for token in HANDLERS if token.startswith("aws:")}
    assert {token for token in types if takes_tags(token)} - LEFT_OUT == TAGGED


def tagged(kind: str, props: pulumi.Inputs) -> pulumi.ResourceTransformationResult | None:
    resource: Any = None  # a transformation of tags does not look at it
    args = pulumi.ResourceTransformationArgs(resource, kind, "q", props, pulumi.ResourceOptions(protect=True))
    return tagging({"a": "stack", "b": "stack"})(args)


def transforms(*before: Transform) -> Sequence[Any]:
    """The transforms of a component of awsx that had some before."""
    resource: Any = None
    options = pulumi.ResourceOptions(transforms=list(before))
    args = pulumi.ResourceTransformationArgs(resource, "awsx:ecs:FargateService", "s", {"x": 1}, options)
    result = tagging({"a": "stack"})(args)
    assert result is not None and result.props == {"x": 1}
    return result.opts.transforms or ()


def child(kind: str) -> pulumi.ResourceTransformArgs:
    return pulumi.ResourceTransformArgs(True, kind, "c", {"x": 1}, pulumi.ResourceOptions())


def ignore(args: pulumi.ResourceTransformArgs) -> pulumi.ResourceTransformResult | None:
    return pulumi.ResourceTransformResult({**args.props, "y": 2}, pulumi.ResourceOptions(ignore_changes=["z"]))


def test_a_tag_of_the_resources_own_wins() -> None:
    result = tagged("aws:sqs/queue:Queue", {"tags": {"a": "own"}, "x": 1})
    assert result is not None
    assert result.props == {"x": 1, "tags": {"a": "own", "b": "stack"}}
    assert result.opts.protect


@pytest.mark.parametrize("kind", ["aws:sqs/queuePolicy:QueuePolicy", "imaging:index:Cluster"])
def test_what_takes_no_tags_is_left_as_it_is(kind: str) -> None:
    assert tagged(kind, {}) is None


def test_what_awsx_makes_of_a_component_gets_them_from_the_engine() -> None:
    (transform,) = transforms()
    assert transform(child("aws:ecs/service:Service")).props == {"x": 1, "tags": {"a": "stack"}}
    assert transform(child("aws:iam/rolePolicyAttachment:RolePolicyAttachment")) is None


def test_the_engine_calls_one_transform_of_a_component_for_all() -> None:
    (transform,) = transforms(ignore)
    result = transform(child("aws:ecs/service:Service"))
    assert result.props == {"x": 1, "y": 2, "tags": {"a": "stack"}}
    assert result.opts.ignore_changes == ["z"]
    assert transform(child("aws:sqs/queuePolicy:QueuePolicy")).props == {"x": 1, "y": 2}
