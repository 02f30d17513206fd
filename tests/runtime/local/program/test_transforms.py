"""Transforms of resources, as the engine applies them."""

import pulumi
from pulumi.runtime.proto import resource_pb2

from runtime.local.program.transforms import Transforms


def add(args: pulumi.ResourceTransformArgs) -> pulumi.ResourceTransformResult:
    return pulumi.ResourceTransformResult({**args.props, "added": True}, pulumi.ResourceOptions())


def test_a_child_of_a_component_that_is_registered_again_keeps_the_components_transforms() -> None:
    transforms = Transforms()
    given = [transforms.register_transform(add)]
    transforms.apply(resource_pb2.RegisterResourceRequest(type="awsx:x:Y", remote=True, transforms=given), "component")
    transforms.apply(resource_pb2.RegisterResourceRequest(type="awsx:x:Y"), "component")
    child = resource_pb2.RegisterResourceRequest(type="aws:sqs/queue:Queue", parent="component", custom=True)
    transforms.apply(child, "child")
    assert child.object["added"]
