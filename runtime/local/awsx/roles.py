"""The roles that awsx creates for a task if the program gives no others."""

import hashlib
import json
from typing import Any

import pulumi
import pulumi_aws as aws

from runtime.local.awsx.arguments import keywords, only_one

EXECUTION_POLICY = "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy"
ASSUME = json.dumps(
    {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Action": "sts:AssumeRole",
                "Effect": "Allow",
                "Principal": {"Service": "ecs-tasks.amazonaws.com"},
                "Sid": "",
            }
        ],
    }
)


def role(
    name: str, inputs: dict[str, Any] | None, policies: list[str], child: pulumi.ResourceOptions
) -> pulumi.Input[str] | None:
    """Return the ARN of an existing role, or of a new one with `policies`; None if it is skipped."""
    inputs = inputs or {}
    only_one(inputs, "roleArn", "args")
    if inputs.get("skip"):
        return None
    if inputs.get("roleArn") is not None:
        return inputs["roleArn"]
    arguments: dict[str, Any] = inputs.get("args") or {}
    policies = arguments.get("policyArns", policies)
    role = aws.iam.Role(name, assume_role_policy=ASSUME, opts=child, **keywords(arguments, leave=("policyArns",)))
    for policy in policies:
        digest = hashlib.sha1(policy.encode()).hexdigest()[:8]  # noqa: S324 - awsx's name
        aws.iam.RolePolicyAttachment(f"{name}-{digest}", role=role.name, policy_arn=policy, opts=child)
    return role.arn
