"""awsx.ecs.FargateService: a service with its task definition."""

from typing import Any

import pulumi
import pulumi_aws as aws

from runtime.local.awsx.arguments import exactly_one, keywords
from runtime.local.awsx.base import Component
from runtime.local.awsx.fargate_task import FargateTaskDefinition

# Arguments that the service takes unchanged.
OWN = (
    "capacityProviderStrategies",
    "cluster",
    "deploymentCircuitBreaker",
    "deploymentMaximumPercent",
    "deploymentMinimumHealthyPercent",
    "enableEcsManagedTags",
    "forceNewDeployment",
    "healthCheckGracePeriodSeconds",
    "name",
    "networkConfiguration",
    "platformVersion",
    "propagateTags",
    "tags",
)


class FargateService(Component):
    """Expands `awsx:ecs:FargateService`."""

    kind = "awsx:ecs:FargateService"
    supports = (
        *OWN,
        "continueBeforeSteadyState",
        "desiredCount",
        "loadBalancers",
        "taskDefinition",
        "taskDefinitionArgs",
        "useClusterDefaultCapacityProviderStrategy",
    )
    plain = ("taskDefinitionArgs",)
    exclude = (
        ("taskDefinition", "taskDefinitionArgs"),
        ("networkConfiguration", "assignPublicIp"),
        ("capacityProviderStrategies", "useClusterDefaultCapacityProviderStrategy"),
    )

    def __init__(self, name: str, inputs: dict[str, Any], opts: pulumi.ResourceOptions) -> None:
        super().__init__(name, inputs, opts)
        exactly_one(inputs, "taskDefinition", "taskDefinitionArgs")
        exactly_one(inputs, "networkConfiguration")  # otherwise the real component uses the default VPC
        definition: FargateTaskDefinition | None = None
        if inputs.get("taskDefinitionArgs") is not None:
            definition = FargateTaskDefinition(name, inputs["taskDefinitionArgs"], self.child)
        chosen = inputs.get("capacityProviderStrategies") or inputs.get("useClusterDefaultCapacityProviderStrategy")
        waits = pulumi.Output.from_input(inputs.get("continueBeforeSteadyState", False)).apply(lambda goes: not goes)
        balancers = inputs.get("loadBalancers", definition.balancers if definition else None)
        self.service = aws.ecs.Service(
            name,
            task_definition=definition.task.arn if definition else inputs["taskDefinition"],
            desired_count=inputs.get("desiredCount", 1),
            launch_type=None if chosen else "FARGATE",
            wait_for_steady_state=waits,
            load_balancers=balancers,
            opts=self.child,
            **keywords({key: inputs[key] for key in OWN if key in inputs}),
        )
        self.done(service=self.service, taskDefinition=definition.task if definition else None)
