"""The awsx stand-in as a process of its own: the engine asks it to construct, it registers real aws children."""

from importlib.metadata import version
from typing import Any, cast

import pulumi
from pulumi.provider import ConstructResult, Provider

from runtime.local.awsx import COMPONENTS
from runtime.local.resources.table import whole


def _whole(value: Any) -> Any:
    """Return `value` with integral floats as int, within outputs too."""
    if isinstance(value, pulumi.Output):
        return cast("pulumi.Output[Any]", value).apply(whole)
    if isinstance(value, dict):
        return {key: _whole(inner) for key, inner in cast("dict[str, Any]", value).items()}
    if isinstance(value, list):
        return [_whole(inner) for inner in cast("list[Any]", value)]
    return whole(value)


class AwsxProvider(Provider):
    """Constructs the components that the in-process front end constructs too."""

    def __init__(self) -> None:
        super().__init__(version("pulumi-awsx"))

    def construct(
        self,
        name: str,
        resource_type: str,
        inputs: pulumi.Inputs,
        options: pulumi.ResourceOptions | None = None,
    ) -> ConstructResult:
        """Register the children of one component and return its outputs."""
        if resource_type not in COMPONENTS:
            raise NotImplementedError(f"the stand-in for awsx has no {resource_type}; add one in runtime/local/awsx")
        component: Any = COMPONENTS[resource_type](name, _whole(dict(inputs)), options or pulumi.ResourceOptions())
        return ConstructResult(component.urn, component.state)
