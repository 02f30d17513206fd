"""Reads what is to run from ECS, where the program put it: services, their containers and their addresses."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from runtime.local.resources.elb import address
from runtime.local.task import Container


@dataclass(frozen=True, slots=True)
class Service:
    """One ECS service.

    Parameters
    ----------
    arn, cluster, name : where it is and what it is called.
    definition : ARN of its task definition; another one means that its tasks must be replaced.
    container : what a task runs.
    desired : the number of tasks that ECS was told.
    algorithm, queue_url : what its worker serves; empty for a service that is not an algorithm's.
    """

    arn: str
    cluster: str
    name: str
    definition: str
    container: Container
    desired: int
    algorithm: str = ""
    queue_url: str = ""


def _container(client: Callable[[str], Any], service: dict[str, Any], extra: dict[str, str]) -> Container:
    task = client("ecs").describe_task_definition(taskDefinition=service["taskDefinition"])["taskDefinition"]
    definition = task["containerDefinitions"][0]
    environment = {entry["name"]: entry["value"] for entry in definition.get("environment", ())} | extra
    for balancer in service.get("loadBalancers", ()):
        group = client("elbv2").describe_target_groups(TargetGroupArns=[balancer["targetGroupArn"]])["TargetGroups"][0]
        # The load balancer is nothing but the address: the one task listens there itself.
        environment["PORT"] = address(client("elbv2"), group["LoadBalancerArns"][0]).rsplit(":", 1)[1]
    return Container(definition["name"], definition["command"], environment, definition.get("stopTimeout", 30))


def read(client: Callable[[str], Any], extra: dict[str, str], known: dict[str, Service]) -> dict[str, Service]:
    """Return the active services by ARN; what is in `known` under the same definition is not asked again.

    `extra` is added to every container's environment: how it reaches the cloud.
    """
    ecs = client("ecs")
    services: dict[str, Service] = {}
    for cluster in ecs.list_clusters()["clusterArns"]:
        arns: list[str] = []
        for page in ecs.get_paginator("list_services").paginate(cluster=cluster):
            arns += page["serviceArns"]
        for start in range(0, len(arns), 10):  # ECS describes ten at a time
            for told in ecs.describe_services(cluster=cluster, services=arns[start : start + 10])["services"]:
                if told["status"] == "ACTIVE":
                    services[told["serviceArn"]] = _service(client, cluster, told, extra, known)
    return services


def _service(
    client: Callable[[str], Any],
    cluster: str,
    told: dict[str, Any],
    extra: dict[str, str],
    known: dict[str, Service],
) -> Service:
    before = known.get(told["serviceArn"])
    same = before is not None and before.definition == told["taskDefinition"]
    container = before.container if before is not None and same else _container(client, told, extra)
    # The worker's own environment says what it serves; the algorithm's bounds are in its declaration.
    return Service(
        told["serviceArn"],
        cluster,
        told["serviceName"],
        told["taskDefinition"],
        container,
        1 if told.get("loadBalancers") else told["desiredCount"],
        container.environment.get("ALGORITHM", ""),
        container.environment.get("REQUESTS_QUEUE_URL", ""),
    )
