"""Clusters, services and container images."""

import json
from typing import Any

from tests.runtime.local.resources.round_trips.world import Case, World


def image(w: World) -> dict[str, Any]:
    """Return the inputs of a container image that is built from a folder."""
    url = w.make("aws:ecr/repository:Repository", "pushed", forceDelete=True)[1]["repositoryUrl"]
    return {"tags": [f"{url}:a"], "push": True, "context": {"location": str(w.folder("context"))}}


LIFECYCLE = {
    "rulePriority": 1,
    "selection": {"tagStatus": "any", "countType": "imageCountMoreThan", "countNumber": 3},
    "action": {"type": "expire"},
}


def containers(command: str) -> str:
    return json.dumps([{"name": "c", "image": "i", "command": [command], "essential": True}])


CASES: dict[str, Case] = {
    "aws:ecs/cluster:Cluster": (
        lambda w: {"settings": [{"name": "containerInsights", "value": "enabled"}]},
        {"settings": [{"name": "containerInsights", "value": "disabled"}]},
    ),
    "aws:ecs/clusterCapacityProviders:ClusterCapacityProviders": (
        lambda w: {
            "clusterName": w.make("aws:ecs/cluster:Cluster", "c")[1]["name"],
            "capacityProviders": ["FARGATE", "FARGATE_SPOT"],
        },
        {"capacityProviders": ["FARGATE"]},
    ),
    "aws:ecs/taskDefinition:TaskDefinition": (
        lambda w: {
            "family": "fam",
            "containerDefinitions": containers("a"),
            "cpu": "256",
            "memory": "512",
            "networkMode": "awsvpc",
            "requiresCompatibilities": ["FARGATE"],
            "volumes": [{"name": "scratch"}],
        },
        {},
    ),
    "aws:ecs/service:Service": (
        lambda w: {
            "cluster": w.id("aws:ecs/cluster:Cluster", "c"),
            "taskDefinition": w.arn(
                "aws:ecs/taskDefinition:TaskDefinition",
                "td",
                containerDefinitions=containers("a"),
                cpu="256",
                memory="512",
            ),
            "desiredCount": 0,
            "capacityProviderStrategies": [{"capacityProvider": "FARGATE_SPOT", "weight": 1}],
            "networkConfiguration": {"subnets": ["subnet-1"], "securityGroups": ["sg-1"], "assignPublicIp": False},
            "deploymentCircuitBreaker": {"enable": True, "rollback": True},
        },
        {"desiredCount": 2},
    ),
    "aws:ecr/repository:Repository": (
        lambda w: {"imageTagMutability": "IMMUTABLE", "imageScanningConfiguration": {"scanOnPush": True}},
        {"imageTagMutability": "MUTABLE"},
    ),
    "aws:ecr/lifecyclePolicy:LifecyclePolicy": (
        lambda w: {
            "repository": w.id("aws:ecr/repository:Repository", "repo"),
            "policy": json.dumps({"rules": [LIFECYCLE]}),
        },
        {},
    ),
    "docker-build:index:Image": (image, {"target": "worker"}),
}
