"""Reads from ECS what the program wants to run: services, their containers and their addresses."""

import contextlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, partial
from typing import Any

from runtime.local.emulator.enforcement import by_the_calls_names
from runtime.local.resources.iam import document
from runtime.local.resources.network.elb import address
from runtime.local.tasks.task import Container


@dataclass(frozen=True, slots=True)
class Service:
    """One ECS service.

    Parameters
    ----------
    arn, cluster, name : its ARN, the ARN of its cluster, its name.
    definition : ARN of its task definition; if it changes, the tasks must be replaced.
    describe : returns what a task runs; it is read from the definition when it is first asked for.
    tasks : how many it should have now; with a load balancer in front of it, which is only an address, at most one.
    """

    arn: str
    cluster: str
    name: str
    definition: str
    describe: Callable[[], Container]
    tasks: int

    @property
    def container(self) -> Container:
        """What a task runs; the same object for each task of one definition."""
        return self.describe()


def own_credentials(boto3_client: Callable[[str], Any], role_arn: str) -> dict[str, str]:
    """Return credentials with the permissions of a task's role, and no others.

    Only ECS may assume such a role, so a user gets the policies of the role.
    """
    iam = boto3_client("iam")
    role = role_arn.rsplit("/", 1)[-1]
    user = f"{role}-local"
    with contextlib.suppress(iam.exceptions.EntityAlreadyExistsException):
        iam.create_user(UserName=user)
    for name in iam.list_role_policies(RoleName=role)["PolicyNames"]:
        policy = json.loads(document(iam.get_role_policy(RoleName=role, PolicyName=name)["PolicyDocument"]))
        policy["Statement"] += by_the_calls_names(policy["Statement"])
        iam.put_user_policy(UserName=user, PolicyName=name, PolicyDocument=json.dumps(policy))
    key = iam.create_access_key(UserName=user)["AccessKey"]
    return {"AWS_ACCESS_KEY_ID": key["AccessKeyId"], "AWS_SECRET_ACCESS_KEY": key["SecretAccessKey"]}


def _container(
    boto3_client: Callable[[str], Any], service: dict[str, Any], extra: dict[str, str], *, enforce: bool
) -> Container:
    task = boto3_client("ecs").describe_task_definition(taskDefinition=service["taskDefinition"])["taskDefinition"]
    definition = task["containerDefinitions"][0]
    environment = {entry["name"]: entry["value"] for entry in definition.get("environment", ())} | extra
    if enforce:
        environment |= own_credentials(boto3_client, task["taskRoleArn"])
    for balancer in service.get("loadBalancers", ()):
        group = boto3_client("elbv2").describe_target_groups(TargetGroupArns=[balancer["targetGroupArn"]])[
            "TargetGroups"
        ][0]
        # The load balancer is only an address: the one task listens there itself.
        environment["PORT"] = address(boto3_client("elbv2"), group["LoadBalancerArns"][0]).rsplit(":", 1)[1]
    return Container(definition["name"], definition["command"], environment, definition.get("stopTimeout", 30))


def read(
    boto3_client: Callable[[str], Any], extra: dict[str, str], known: dict[str, Service], *, enforce: bool = False
) -> dict[str, Service]:
    """Return the active services by ARN; containers of those in `known` with the same definition are not read again.

    `extra` is added to every container's environment, so that it reaches the cloud. With `enforce`, each container gets
    credentials with the permissions of its task's role.
    """
    ecs = boto3_client("ecs")
    services: dict[str, Service] = {}
    for cluster in ecs.list_clusters()["clusterArns"]:
        arns: list[str] = []
        for page in ecs.get_paginator("list_services").paginate(cluster=cluster):
            arns += page["serviceArns"]
        for details in _described(boto3_client, cluster, arns):
            services[details["serviceArn"]] = _service(boto3_client, cluster, details, extra, known, enforce=enforce)
    return services


def _described(boto3_client: Callable[[str], Any], cluster: str, arns: list[str]) -> Iterator[dict[str, Any]]:
    for start in range(0, len(arns), 10):  # ECS describes ten at a time
        answer = boto3_client("ecs").describe_services(cluster=cluster, services=arns[start : start + 10])
        yield from (each for each in answer["services"] if each["status"] == "ACTIVE")


def _service(
    boto3_client: Callable[[str], Any],
    cluster: str,
    details: dict[str, Any],
    extra: dict[str, str],
    known: dict[str, Service],
    *,
    enforce: bool,
) -> Service:
    before = known.get(details["serviceArn"])
    same = before is not None and before.definition == details["taskDefinition"]
    describe = (
        before.describe
        if before is not None and same
        else cache(partial(_container, boto3_client, details, extra, enforce=enforce))
    )
    return Service(
        details["serviceArn"],
        cluster,
        details["serviceName"],
        details["taskDefinition"],
        describe,
        min(details["desiredCount"], 1) if details.get("loadBalancers") else details["desiredCount"],
    )
