"""The awsx stand-in as a process of its own: the engine calls it to construct components of real aws children."""

from importlib.metadata import version
from typing import Any

import pulumi
from pulumi.provider import ConstructResult, Provider

from runtime.local.awsx import COMPONENTS
from runtime.local.awsx.arguments import whole_inputs


class AwsxProvider(Provider):
    """A provider of the components that the in-process front end constructs too."""

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
        component: Any = COMPONENTS[resource_type](
            name, whole_inputs(dict(inputs)), options or pulumi.ResourceOptions()
        )
        return ConstructResult(component.urn, component.state)
