"""Tags reach exactly what takes tags."""

import inspect
from importlib import import_module

import pulumi
import pytest

from components.parts.tags import TAGGED, tagging
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


def test_a_tag_of_the_resources_own_wins() -> None:
    args = pulumi.ResourceTransformArgs(
        True, "aws:sqs/queue:Queue", "q", {"tags": {"a": "own"}, "x": 1}, pulumi.ResourceOptions()
    )
    result = tagging({"a": "stack", "b": "stack"})(args)
    assert result is not None
    assert result.props == {"x": 1, "tags": {"a": "own", "b": "stack"}}


def test_what_takes_no_tags_is_left_as_it_is() -> None:
    args = pulumi.ResourceTransformArgs(True, "aws:sqs/queuePolicy:QueuePolicy", "q", {}, pulumi.ResourceOptions())
    assert tagging({"a": "b"})(args) is None
