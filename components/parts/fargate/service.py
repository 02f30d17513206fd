"""What all of a stack's Fargate services have in common."""

from collections.abc import Sequence

import pulumi
import pulumi_aws as aws
import pulumi_awsx as awsx


def fargate_service(
    name: str,
    *,
    cluster: aws.ecs.Cluster,
    tasks: int,
    capacity_provider_strategies: Sequence[aws.ecs.ServiceCapacityProviderStrategyArgs],
    subnets: pulumi.Input[Sequence[pulumi.Input[str]]],
    group: aws.ec2.SecurityGroup,
    public: bool,
    task_definition_args: awsx.ecs.FargateServiceTaskDefinitionArgs,
    opts: pulumi.ResourceOptions,
    force_new_deployment: bool | None = None,
    health_check_grace_period_seconds: int | None = None,
) -> awsx.ecs.FargateService:
    """Return a service that rolls back a deployment whose tasks do not start.

    Parameters
    ----------
    name : logical name.
    cluster : where its tasks run.
    tasks : number of tasks at first.
    capacity_provider_strategies : how many tasks run on demand, and how many on Spot.
    subnets, group : where its tasks are in the network, and who may call them.
    public : whether its tasks have public addresses, with which they reach the internet without NAT.
    task_definition_args : what a task is.
    opts : options of the resource.
    force_new_deployment : whether a change of placement is deployed instead of replacing the service.
    health_check_grace_period_seconds : seconds in which ECS heeds no health check of a load balancer.
    """
    return awsx.ecs.FargateService(
        name,
        cluster=cluster.arn,
        desired_count=tasks,
        continue_before_steady_state=True,  # a service at zero tasks has no steady state to wait for
        health_check_grace_period_seconds=health_check_grace_period_seconds,
        capacity_provider_strategies=capacity_provider_strategies,
        force_new_deployment=force_new_deployment,
        platform_version="LATEST",
        enable_ecs_managed_tags=True,
        propagate_tags="SERVICE",
        deployment_circuit_breaker=aws.ecs.ServiceDeploymentCircuitBreakerArgs(enable=True, rollback=True),
        network_configuration=aws.ecs.ServiceNetworkConfigurationArgs(
            subnets=subnets, security_groups=[group.id], assign_public_ip=public
        ),
        task_definition_args=task_definition_args,
        opts=opts,
    )
