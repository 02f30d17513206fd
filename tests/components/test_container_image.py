"""Container images: what they are called by, and that one stays in the registry when its resource goes."""

import json
import re

import pulumi
import pytest

from algorithms.registry import load_registry
from components.container_image import BUILT, retain
from runtime.local.emulator.emulator import Emulator
from tests.components.stack import Deploy, Stack


def transformed(kind: str) -> pulumi.ResourceTransformResult | None:
    options = pulumi.ResourceOptions(protect=True)
    return retain(pulumi.ResourceTransformArgs(True, kind, "image", {"push": True}, options))


def test_the_image_is_kept_and_nothing_else_about_it_changes() -> None:
    changed = transformed(BUILT)
    assert changed is not None
    assert changed.opts.retain_on_delete
    assert changed.opts.protect
    assert changed.props == {"push": True}


@pytest.mark.parametrize("kind", ["aws:ecr/repository:Repository", "aws:ecr/lifecyclePolicy:LifecyclePolicy"])
def test_nothing_else_is_kept(kind: str) -> None:
    assert transformed(kind) is None


def test_images_are_scanned_and_tagged_by_their_content_and_cpu(dev: Stack, production: Stack) -> None:
    for repository in dev.of("Repository"):
        assert repository.inputs["imageTagMutability"] == "MUTABLE", "the same tag can be pushed again"
        assert repository.inputs["imageScanningConfiguration"] == {"scanOnPush": True}
    distributions = load_registry().distributions
    assert len(dev.of("Image")) == len(distributions) + 1
    tags = {each.inputs["tags"][0].rsplit(":", 1)[1] for each in dev.of("Image")}
    others = {each.inputs["tags"][0].rsplit(":", 1)[1] for each in production.of("Image")}
    assert len(tags) == len(distributions) + 1, "awsx names the resource after the tag"
    assert all(re.fullmatch(r"[0-9a-f]{16}-arm64", tag) for tag in tags)
    assert {tag.replace("arm64", "amd64") for tag in tags} == others, "the same content for another CPU"
    assert [each.inputs["platforms"] for each in production.of("Image")] == [["linux/amd64"]] * len(tags)


def test_prebuilt_images_need_no_repository(cloud: Emulator, program: Deploy) -> None:
    names = [f"{name}-worker" for name in load_registry().distributions] + ["imaging-services-pacs"]
    told = program({"images": "prebuilt", "prebuiltImages": [f"{name}=registry.example/{name}:1" for name in names]})
    stack = Stack(told["resources"], told["outputs"], cloud)
    assert not stack.of("Repository")
    assert not stack.of("Image")
    images = {
        container["image"]
        for task in stack.of("TaskDefinition")
        for container in json.loads(task.inputs["containerDefinitions"])
    }
    assert images == {f"registry.example/{name}:1" for name in names}
