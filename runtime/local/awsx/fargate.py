"""awsx.ecs.FargateService: a service with its task definition, roles and log group."""

import json
from typing import Any

import pulumi
import pulumi_aws as aws

from runtime.local.awsx.base import Component

SERVICE = (
    "cluster",
    "continueBeforeSteadyState",
    "desiredCount",
    "networkConfiguration",
    "taskDefinitionArgs",
    "capacityProviderStrategies",
    "deploymentCircuitBreaker",
    "deploymentMaximumPercent",
    "deploymentMinimumHealthyPercent",
    "enableEcsManagedTags",
    "healthCheckGracePeriodSeconds",
    "platformVersion",
    "propagateTags",
    "tags",
)
TASK = (
    "container",
    "containers",
    "cpu",
    "memory",
    "logGroup",
    "taskRole",
    "executionRole",
    "runtimePlatform",
    "volumes",
)
EXECUTION_POLICY = "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"


def assume() -> str:
    """Return who may take a task's roles."""
    principal = {"Service": "ecs-tasks.amazonaws.com"}
    statement = {"Action": "sts:AssumeRole", "Effect": "Allow", "Principal": principal, "Sid": ""}
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


def mappings(container: dict[str, Any]) -> list[dict[str, Any]]:
    """Return a container's ports; one that names a target group takes that group's port, as the real one does."""
    ports: list[dict[str, Any]] = []
    for mapping in container.get("portMappings") or ():
        entry = {key: value for key, value in mapping.items() if key != "targetGroup"}
        group = mapping.get("targetGroup")
        if group is not None:
            entry.setdefault("hostPort", group.port)
            entry["containerPort"] = group.port
        ports.append({**entry, "protocol": entry.get("protocol", "tcp")})
    return ports


class FargateTaskDefinition(Component):
    """Expands `awsx:ecs:FargateTaskDefinition`."""

    def __init__(self, name: str, inputs: dict[str, Any], opts: pulumi.ResourceOptions) -> None:
        super().__init__("awsx:ecs:FargateTaskDefinition", name, inputs, TASK, opts)
        self.containers: dict[str, Any] = inputs.get("containers") or {"container": inputs["container"]}
        # never asked for at once: the event loop would run within itself, once more for each service
        region = aws.get_region_output(opts=pulumi.InvokeOutputOptions(parent=self)).region
        group: dict[str, Any] = inputs.get("logGroup") or {}
        options = self._logs(name, group, region)
        definitions = [
            {
                **{key: value for key, value in container.items() if key != "portMappings"},
                "name": container.get("name", key),
                "portMappings": mappings(container),
                "logConfiguration": container.get("logConfiguration")
                or {"logDriver": "awslogs", "options": {**options, "awslogs-stream-prefix": key}},
            }
            for key, container in self.containers.items()
        ]
        self.task = aws.ecs.TaskDefinition(
            name,
            family=pulumi.Output.concat(name, "-", pulumi.get_stack()),
            container_definitions=pulumi.Output.json_dumps(definitions, sort_keys=True),
            cpu=inputs.get("cpu", "256"),
            memory=inputs.get("memory", "512"),
            network_mode="awsvpc",
            requires_compatibilities=["FARGATE"],
            task_role_arn=self._role(f"{name}-task", inputs.get("taskRole")),
            execution_role_arn=self._role(f"{name}-execution", inputs.get("executionRole"), EXECUTION_POLICY),
            runtime_platform=inputs.get("runtimePlatform"),
            volumes=inputs.get("volumes"),
            opts=self.child,
        )
        balancers: list[Any] = [
            {
                "containerName": container.get("name", key),
                "containerPort": mapping["targetGroup"].port,
                "targetGroupArn": mapping["targetGroup"].arn,
            }
            for key, container in self.containers.items()
            for mapping in container.get("portMappings") or ()
            if mapping.get("targetGroup") is not None
        ]
        self.balancers = balancers
        self.done(taskDefinition=self.task)

    def _logs(self, name: str, group: dict[str, Any], region: pulumi.Output[str]) -> dict[str, Any]:
        if existing := group.get("existing"):
            return {"awslogs-group": existing["name"], "awslogs-region": existing.get("region", region)}
        arguments: dict[str, Any] = group.get("args") or {}
        made = aws.cloudwatch.LogGroup(
            name, name=arguments.get("name"), retention_in_days=arguments.get("retentionInDays"), opts=self.child
        )
        return {"awslogs-group": made.name, "awslogs-region": region}

    def _role(self, name: str, asked: dict[str, Any] | None, policy: str = "") -> pulumi.Input[str]:
        if asked and asked.get("roleArn"):
            return asked["roleArn"]
        role = aws.iam.Role(name, assume_role_policy=assume(), opts=self.child)
        if policy:
            inner = pulumi.ResourceOptions(parent=role)
            aws.iam.RolePolicyAttachment(f"{name}-9a42f520", role=role.name, policy_arn=policy, opts=inner)
        return role.arn


class FargateService(Component):
    """Expands `awsx:ecs:FargateService`; the program always gives the network."""

    def __init__(self, name: str, inputs: dict[str, Any], opts: pulumi.ResourceOptions) -> None:
        super().__init__("awsx:ecs:FargateService", name, inputs, SERVICE, opts)
        definition = FargateTaskDefinition(name, inputs["taskDefinitionArgs"], self.child)
        strategies = inputs.get("capacityProviderStrategies")
        self.service = aws.ecs.Service(
            name,
            cluster=inputs["cluster"],
            task_definition=definition.task.arn,
            desired_count=inputs.get("desiredCount", 1),
            launch_type=None if strategies else "FARGATE",
            capacity_provider_strategies=strategies,
            deployment_circuit_breaker=inputs.get("deploymentCircuitBreaker"),
            deployment_maximum_percent=inputs.get("deploymentMaximumPercent"),
            deployment_minimum_healthy_percent=inputs.get("deploymentMinimumHealthyPercent"),
            enable_ecs_managed_tags=inputs.get("enableEcsManagedTags"),
            health_check_grace_period_seconds=inputs.get("healthCheckGracePeriodSeconds"),
            network_configuration=inputs["networkConfiguration"],
            platform_version=inputs.get("platformVersion"),
            propagate_tags=inputs.get("propagateTags"),
            wait_for_steady_state=not inputs.get("continueBeforeSteadyState", False),
            load_balancers=definition.balancers or None,
            tags=inputs.get("tags"),
            opts=self.child,
        )
        self.done(service=self.service, taskDefinition=definition.task)
