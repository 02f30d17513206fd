"""awsx.ecs.FargateTaskDefinition: a task definition with its roles and its log group."""

import hashlib
from typing import Any

import pulumi
import pulumi_aws as aws

from runtime.local.awsx.arguments import exactly_one, keywords, only_one
from runtime.local.awsx.base import Component
from runtime.local.awsx.containers import balancers, definition, named, size
from runtime.local.awsx.roles import EXECUTION_POLICY, role

OWN = ("runtimePlatform", "tags", "volumes")
PLAIN = ("container", "containers", "executionRole", "logGroup", "taskRole")


class FargateTaskDefinition(Component):
    """Expands `awsx:ecs:FargateTaskDefinition`."""

    kind = "awsx:ecs:FargateTaskDefinition"
    supports = (*OWN, *PLAIN, "cpu", "family", "memory")
    plain = PLAIN

    def __init__(self, name: str, inputs: dict[str, Any], opts: pulumi.ResourceOptions) -> None:
        super().__init__(name, inputs, opts)
        exactly_one(inputs, "container", "containers")
        containers = named(inputs)
        logs = self._logs(name, inputs.get("logGroup") or {})
        task_role = role(f"{name}-task", inputs.get("taskRole"), [], self.child)
        execution = role(f"{name}-execution", inputs.get("executionRole"), [EXECUTION_POLICY], self.child)
        written = [definition(key, container, logs) for key, container in containers]
        text = pulumi.Output.json_dumps(written, sort_keys=True)
        stack = pulumi.get_stack()
        # each change of a container makes a new family, which begins with revision 1
        family = text.apply(lambda json: f"{name}-{hashlib.sha1((stack + json).encode()).hexdigest()[:8]}")  # noqa: S324
        cpu, memory = size(containers)
        self.task = aws.ecs.TaskDefinition(
            name,
            family=inputs.get("family", family),
            container_definitions=text,
            cpu=inputs.get("cpu", cpu),
            memory=inputs.get("memory", memory),
            network_mode="awsvpc",
            requires_compatibilities=["FARGATE"],
            task_role_arn=task_role,
            execution_role_arn=execution,
            opts=self.child,
            **keywords({key: inputs[key] for key in OWN if key in inputs}),
        )
        self.balancers = balancers(containers)
        self.done(taskDefinition=self.task)

    def _logs(self, name: str, group: dict[str, Any]) -> dict[str, Any] | None:
        """Return the options of the log driver, for an existing log group or a new one; None if it is skipped."""
        only_one(group, "existing", "args")
        if group.get("skip"):
            return None
        # as an output: waiting for it would nest the event loop, once for each service
        region = aws.get_region_output(opts=pulumi.InvokeOutputOptions(parent=self)).region
        existing: dict[str, Any] | None = group.get("existing")
        if existing is None:
            log_group = aws.cloudwatch.LogGroup(name, opts=self.child, **keywords(group.get("args") or {}))
            return {"awslogs-group": log_group.name, "awslogs-region": region}
        exactly_one(existing, "arn", "name")
        if existing.get("arn") is not None:
            parts = pulumi.Output.from_input(existing["arn"]).apply(_log_group)
            return {"awslogs-group": parts.apply(lambda pair: pair[1]), "awslogs-region": parts[0]}
        return {"awslogs-group": existing["name"], "awslogs-region": existing.get("region", region)}


def _log_group(arn: str) -> tuple[str, str]:
    """Return the region and the name in a log group's ARN."""
    parts = arn.split(":")
    if len(parts) < 7 or parts[2] != "logs" or parts[5] != "log-group":
        raise ValueError(f"{arn} is not the ARN of a log group")
    return parts[3], parts[6]
