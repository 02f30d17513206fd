"""Containers, repositories of container images, and functions."""

import json
from typing import Any

from algorithms.checks.resources import FARGATE
from runtime.local.resources.constraints.rules import Rule, between, both, holds, json_object, length, matches, one_of
from runtime.local.resources.constraints.rules import tags as tagged

# Lambda sets these itself.
RESERVED = frozenset(
    {
        "_HANDLER",
        "AWS_REGION",
        "AWS_DEFAULT_REGION",
        "AWS_EXECUTION_ENV",
        "AWS_ACCESS_KEY_ID",
        "AWS_SECRET_ACCESS_KEY",
        "AWS_SESSION_TOKEN",
        "LAMBDA_TASK_ROOT",
        "LAMBDA_RUNTIME_DIR",
    }
)
ENVIRONMENT_BYTES = 4096


def _pair(task: dict[str, Any]) -> bool:
    sizes = FARGATE.get(int(task.get("cpu") or 0) / 1024, ())
    return int(task.get("memory") or 0) in sizes


def _containers(task: str) -> list[dict[str, Any]]:
    return json.loads(task)


def _ports_agree(task: str) -> bool:
    mappings = [each for container in _containers(task) for each in container.get("portMappings") or ()]
    return all(each.get("hostPort") in (None, each.get("containerPort")) for each in mappings)


def _stops_in_time(task: str) -> bool:
    return all((container.get("stopTimeout") or 0) <= 120 for container in _containers(task))


def _executed(task: dict[str, Any]) -> bool:
    text = str(task["containerDefinitions"])
    return bool(task.get("executionRoleArn")) or not ("awslogs" in text or ".dkr.ecr." in text)


def _within_lambdas_space(variables: dict[str, str]) -> bool:
    return sum(len(key.encode()) + len(str(value).encode()) for key, value in variables.items()) <= ENVIRONMENT_BYTES


def _own_names(variables: dict[str, str]) -> bool:
    return not RESERVED & set(variables)


def _any_is_last(policy: str) -> bool:
    rules = sorted(json.loads(policy)["rules"], key=lambda rule: rule.get("rulePriority", 0))
    return all(rule["selection"].get("tagStatus") != "any" for rule in rules[:-1])


def _one_way_to_run(service: dict[str, Any]) -> bool:
    return not (service.get("launchType") and service.get("capacityProviderStrategies"))


def _grace(service: dict[str, Any]) -> bool:
    return service.get("healthCheckGracePeriodSeconds") is None or bool(service.get("loadBalancers"))


TABLE: dict[str, dict[str, Rule]] = {
    "aws:ecs/cluster:Cluster": {
        "name": matches(r"[A-Za-z0-9_-]{1,255}", "1 to 255 letters, digits, hyphens and underscores"),
        "settings[].value": one_of("enabled", "enhanced", "disabled"),
    },
    "aws:ecs/service:Service": {
        "name": matches(r"[A-Za-z0-9_-]{1,255}", "1 to 255 letters, digits, hyphens and underscores"),
        "networkConfiguration.subnets": length(16, 1),
        "networkConfiguration.securityGroups": length(5),
        "capacityProviderStrategies[].weight": between(0, 1000),
        "capacityProviderStrategies[].base": between(0, 100_000),
        "": both(
            holds(_one_way_to_run, "launchType and capacityProviderStrategies exclude each other"),
            holds(_grace, "healthCheckGracePeriodSeconds needs loadBalancers"),
        ),
    },
    "aws:ecs/taskDefinition:TaskDefinition": {
        "family": matches(r"[A-Za-z0-9_-]{1,255}", "1 to 255 letters, digits, hyphens and underscores"),
        "networkMode": one_of("awsvpc"),
        "runtimePlatform.cpuArchitecture": one_of("ARM64", "X86_64"),
        "containerDefinitions": both(
            holds(_ports_agree, "hostPort must be the containerPort in network mode awsvpc"),
            holds(_stops_in_time, "stopTimeout must be at most 120 seconds"),
        ),
        "": both(
            holds(_pair, "cpu and memory must be a pair that Fargate offers"),
            holds(_executed, "an executionRoleArn is needed for logs and for images of ECR"),
        ),
    },
    "aws:ecr/repository:Repository": {
        "name": both(
            length(256, 2), matches(r"[a-z0-9]+([._/-]+[a-z0-9]+)*", "lower case, with separators not at the ends")
        ),
        "imageTagMutability": one_of("MUTABLE", "IMMUTABLE", "MUTABLE_WITH_EXCLUSION", "IMMUTABLE_WITH_EXCLUSION"),
        "tags": tagged(127, 255),
    },
    "aws:ecr/lifecyclePolicy:LifecyclePolicy": {
        "policy": both(
            length(30_720, 100),
            holds(_any_is_last, "at most one rule may have tagStatus any, and it must have the highest rulePriority"),
            holds(
                lambda policy: all(rule["selection"]["countNumber"] >= 1 for rule in json.loads(policy)["rules"]),
                "countNumber must be at least 1",
            ),
        )
    },
    "aws:lambda/function:Function": {
        "name": matches(r"[A-Za-z0-9_-]{1,64}", "1 to 64 letters, digits, hyphens and underscores"),
        "timeout": between(1, 900),
        "memorySize": between(128, 10_240),
        "handler": length(128, 1),
        "description": length(256),
        "environment.variables": both(
            holds(_within_lambdas_space, f"must have at most {ENVIRONMENT_BYTES} bytes in all names and values"),
            holds(_own_names, "must not set what Lambda sets itself, such as AWS_REGION"),
        ),
    },
    "aws:lambda/permission:Permission": {
        "statementId": matches(r"[A-Za-z0-9_-]{1,100}", "1 to 100 letters, digits, hyphens and underscores")
    },
    "aws:lambda/invocation:Invocation": {"input": json_object},
    "aws:lambda/eventSourceMapping:EventSourceMapping": {
        "batchSize": between(1, 10_000),
        "": holds(
            lambda inputs: (
                not str(inputs["eventSourceArn"]).endswith(".fifo")
                or (inputs.get("batchSize", 10) <= 10 and not inputs.get("maximumBatchingWindowInSeconds"))
            ),
            "a FIFO queue allows a batchSize of at most 10, and no maximumBatchingWindowInSeconds",
        ),
    },
}
