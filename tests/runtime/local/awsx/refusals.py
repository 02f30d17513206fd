"""Calls that a component refuses; `python -m tests.runtime.local.awsx.refusals` prints what each of them raises.

A process of its own: Pulumi keeps its state in globals.
"""

import asyncio
import json
import os
from typing import Any

VPC, LB, SERVICE = "awsx:ec2:Vpc", "awsx:lb:ApplicationLoadBalancer", "awsx:ecs:FargateService"
TASK, REPOSITORY, IMAGE = "awsx:ecs:FargateTaskDefinition", "awsx:ecr:Repository", "awsx:ecr:Image"
SUBNETS = {"subnetIds": ["subnet-1", "subnet-2"]}
CONTAINER = {"container": {"image": "i"}}
PLACED = {"cluster": "c", "networkConfiguration": {"subnets": ["subnet-1"]}}
OUTPUT = "an output"  # replaced by one

# component, inputs, and words of the refusal
CASES: dict[str, tuple[str, dict[str, Any], str]] = {
    "zones by name and number": (
        VPC,
        {"availabilityZoneNames": ["a"], "numberOfAvailabilityZones": 1},
        "Only one of `availabilityZoneNames`, `numberOfAvailabilityZones`",
    ),
    "more zones than there are": (VPC, {"numberOfAvailabilityZones": 4}, "has 3 availability zones, fewer than the 4"),
    "an unknown NAT strategy": (VPC, {"natGateways": {"strategy": "Two"}}, "Unknown NAT gateway strategy 'Two'"),
    "no NAT with addresses": (
        VPC,
        {"natGateways": {"strategy": "None", "elasticIpAllocationIds": ["e"]}},
        "None takes 0 Elastic IP ids, not 1",
    ),
    "one NAT with two addresses": (
        VPC,
        {"natGateways": {"strategy": "Single", "elasticIpAllocationIds": ["e", "f"]}},
        "Single takes 1 Elastic IP ids, not 2",
    ),
    "a NAT for each zone with one address": (
        VPC,
        {"natGateways": {"strategy": "OnePerAz", "elasticIpAllocationIds": ["e"]}},
        "OnePerAz takes 3 Elastic IP ids, not 1",
    ),
    "zones too small to divide": (VPC, {"cidrBlock": "10.0.0.0/25"}, "gives each of 3 zones a /27"),
    "a layout that is not expanded": (VPC, {"subnetStrategy": "Exact"}, "Exact is not supported by the stand-in"),
    "zones as an output": (VPC, {"numberOfAvailabilityZones": OUTPUT}, "takes numberOfAvailabilityZones as a plain"),
    "an argument that only the real one has": (VPC, {"subnetSpecs": []}, "takes subnetSpecs, which is not supported"),
    "an argument that nobody has": (VPC, {"cidr": "10.0.0.0/16"}, "awsx:ec2:Vpc has no argument cidr"),
    "subnets twice": (LB, {**SUBNETS, "subnets": []}, "Only one of `subnets`, `subnetIds`, `subnetMappings`"),
    "no subnets": (LB, {}, "Exactly one of `subnetIds` must be given"),
    "one listener and several": (
        LB,
        {**SUBNETS, "listener": {}, "listeners": []},
        "Only one of `listener`, `listeners`",
    ),
    "both about the target group": (
        LB,
        {**SUBNETS, "defaultTargetGroup": {"port": 80}, "defaultTargetGroupPort": 80},
        "Only one of `defaultTargetGroup`, `defaultTargetGroupPort`",
    ),
    "a group and the arguments of one": (
        LB,
        {**SUBNETS, "defaultSecurityGroup": {"args": {}, "securityGroupId": "sg-1"}},
        "Only one of `args`, `securityGroupId`",
    ),
    "a listener as an output": (LB, {**SUBNETS, "listener": OUTPUT}, "takes listener as a plain value only"),
    "no task definition": (SERVICE, PLACED, "Exactly one of `taskDefinition`, `taskDefinitionArgs`"),
    "two task definitions": (
        SERVICE,
        {**PLACED, "taskDefinition": "t", "taskDefinitionArgs": CONTAINER},
        "Only one of `taskDefinition`, `taskDefinitionArgs`",
    ),
    "a network and a public address": (
        SERVICE,
        {**PLACED, "taskDefinition": "t", "assignPublicIp": True},
        "Only one of `networkConfiguration`, `assignPublicIp`",
    ),
    "own providers and the cluster's": (
        SERVICE,
        {**PLACED, "capacityProviderStrategies": [{}], "useClusterDefaultCapacityProviderStrategy": True},
        "Only one of `capacityProviderStrategies`, `useClusterDefault",
    ),
    "no network": (SERVICE, {"taskDefinition": "t"}, "Exactly one of `networkConfiguration` must be given"),
    "a task as an output": (SERVICE, {**PLACED, "taskDefinitionArgs": OUTPUT}, "takes taskDefinitionArgs as a plain"),
    "no container": (TASK, {}, "Exactly one of `container`, `containers`"),
    "a container and several": (TASK, {**CONTAINER, "containers": {}}, "Only one of `container`, `containers`"),
    "a role and the arguments of one": (
        TASK,
        {**CONTAINER, "taskRole": {"roleArn": "arn:aws:iam::0:role/r", "args": {}}},
        "Only one of `roleArn`, `args`",
    ),
    "a log group and the arguments of one": (
        TASK,
        {**CONTAINER, "logGroup": {"existing": {"name": "l"}, "args": {}}},
        "Only one of `existing`, `args`",
    ),
    "a log group without a name": (TASK, {**CONTAINER, "logGroup": {"existing": {}}}, "Exactly one of `arn`, `name`"),
    "containers larger than a task": (
        TASK,
        {"container": {"image": "i", "cpu": 33 * 1024}, "cpu": "256", "memory": "512"},
        "has 33 vCPU",
    ),
    "two rules for any image": (
        REPOSITORY,
        {"lifecyclePolicy": {"rules": [{"tagStatus": "any", "maximumNumberOfImages": 1}] * 2}},
        "At most one rule with tagStatus `any`",
    ),
    "a rule for tagged images without prefixes": (
        REPOSITORY,
        {"lifecyclePolicy": {"rules": [{"maximumNumberOfImages": 1}]}},
        "tagPrefixList cannot be empty",
    ),
    "a rule without a measure": (
        REPOSITORY,
        {"lifecyclePolicy": {"rules": [{"tagStatus": "any"}]}},
        "`maximumNumberOfImages` or `maximumAgeLimit`",
    ),
    "an image with what only docker-build takes": (IMAGE, {"secrets": {}}, "awsx:ecr:Image has no argument secrets"),
}


async def _raised() -> dict[str, str]:
    import pulumi
    from pulumi.runtime import mocks

    from runtime.local.awsx import COMPONENTS
    from runtime.local.awsx.fargate_task import FargateTaskDefinition

    class Nothing(mocks.Mocks):
        def new_resource(self, args: Any) -> tuple[str, dict[str, Any]]:
            return args.name, args.inputs

        def call(self, args: Any) -> tuple[dict[str, Any], list[Any]]:
            zones = ["eu-south-1a", "eu-south-1b", "eu-south-1c"]
            return {"names": zones, "vpcId": "vpc-1", "region": "eu-south-1"}, []

    pulumi.runtime.set_mocks(Nothing())
    messages: dict[str, str] = {}
    for name, (token, inputs, _) in CASES.items():
        given = {key: pulumi.Output.from_input(3) if value is OUTPUT else value for key, value in inputs.items()}
        make: Any = {**COMPONENTS, TASK: FargateTaskDefinition}[token]
        try:
            make(name, given, pulumi.ResourceOptions())
        except Exception as error:
            messages[name] = str(error)
    return messages


if __name__ == "__main__":
    print(json.dumps(asyncio.run(_raised())), flush=True)  # noqa: T201 - the answer
    os._exit(0)  # children of components that were refused half-way are still registering
