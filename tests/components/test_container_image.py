"""An image stays in the registry when its resource goes."""

import pulumi
import pytest

from components.container_image import BUILT, retain


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
