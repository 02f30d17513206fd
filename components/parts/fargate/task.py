"""The task definition of every service of the platform: hardened containers, roles and logs."""

from collections.abc import Mapping, Sequence
from typing import Any

import pulumi
import pulumi_aws as aws
import pulumi_awsx as awsx

from components.parts.policies import assumed_by, document

SCRATCH = "scratch"
# A container that prints waits for nothing if CloudWatch Logs does not answer; what the buffer does not hold is lost.
# Said here, because an account may say otherwise (`defaultLogDriverMode`). AWS advises 25 MB:
# https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_LogConfiguration.html and
# https://aws.amazon.com/blogs/containers/preventing-log-loss-with-non-blocking-mode-in-the-awslogs-container-log-driver/
LOG_MODE = {"mode": "non-blocking", "max-buffer-size": "25m"}
TaskRole = tuple[aws.iam.Role, aws.iam.RolePolicy]


def task_role(name: str, statements: Sequence[Mapping[str, Any]], parent: pulumi.Resource) -> TaskRole:
    """Make the role of a task's own code, and its policy, which must exist before the service starts."""
    role = aws.iam.Role(
        name, assume_role_policy=assumed_by("ecs-tasks.amazonaws.com"), opts=pulumi.ResourceOptions(parent=parent)
    )
    policy = aws.iam.RolePolicy(
        f"{name}-policy", role=role.name, policy=document(*statements), opts=pulumi.ResourceOptions(parent=parent)
    )
    return role, policy


def container(
    name: str,
    *,
    image: pulumi.Input[str],
    command: Sequence[str],
    environment: Mapping[str, pulumi.Input[str]],
    stop_timeout: int,
    logs: aws.cloudwatch.LogGroup,
    ports: Sequence[awsx.ecs.TaskDefinitionPortMappingArgs] = (),
    health: Sequence[str] = (),
    init: bool = True,
) -> awsx.ecs.TaskDefinitionContainerDefinitionArgs:
    """Describe a container: not root, a file system that is read-only except /tmp, `init` to reap children.

    ECS replaces the task if the command `health` fails (a status other than 0) three times in a row.
    """
    return awsx.ecs.TaskDefinitionContainerDefinitionArgs(
        name=name,
        image=image,
        command=list(command),
        environment=[
            awsx.ecs.TaskDefinitionKeyValuePairArgs(name=key, value=value) for key, value in sorted(environment.items())
        ],
        essential=True,
        user="10001:10001",
        readonly_root_filesystem=True,
        stop_timeout=stop_timeout,
        linux_parameters=awsx.ecs.TaskDefinitionLinuxParametersArgs(init_process_enabled=init),
        mount_points=[awsx.ecs.TaskDefinitionMountPointArgs(container_path="/tmp", source_volume=SCRATCH)],  # noqa: S108
        port_mappings=list(ports),
        log_configuration=awsx.ecs.TaskDefinitionLogConfigurationArgs(
            log_driver="awslogs",
            options={
                "awslogs-group": logs.name,
                "awslogs-region": logs.arn.apply(lambda arn: arn.split(":")[3]),
                "awslogs-stream-prefix": name,
                **LOG_MODE,
            },
        ),
        health_check=awsx.ecs.TaskDefinitionHealthCheckArgs(
            command=["CMD", *health], interval=30, timeout=10, retries=3, start_period=120
        )
        if health
        else None,
    )


def task(
    definition: awsx.ecs.TaskDefinitionContainerDefinitionArgs,
    *,
    vcpu: float,
    memory_mib: int,
    role: aws.iam.Role,
    architecture: str,
) -> awsx.ecs.FargateServiceTaskDefinitionArgs:
    """Describe a task of one container."""
    return awsx.ecs.FargateServiceTaskDefinitionArgs(
        container=definition,
        cpu=str(round(vcpu * 1024)),
        memory=str(memory_mib),
        task_role=awsx.awsx.DefaultRoleWithPolicyArgs(role_arn=role.arn),
        log_group=awsx.awsx.DefaultLogGroupArgs(skip=True),  # the container names its own
        runtime_platform=aws.ecs.TaskDefinitionRuntimePlatformArgs(
            cpu_architecture=architecture, operating_system_family="LINUX"
        ),
        volumes=[aws.ecs.TaskDefinitionVolumeArgs(name=SCRATCH)],
    )
