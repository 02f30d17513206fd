"""A schedule that calls a function each minute. It drops a call that fails, because the next one looks again."""

import pulumi
import pulumi_aws as aws

from components.parts.json_text import json_text
from components.parts.policies import allow, assumed_by, document

# Shorter than a minute, so that a call that hangs ends before the next one begins.
TIMEOUT = 55
EVERY = "rate(1 minute)"


def each_minute(
    name: str, called: aws.lambda_.Function, account: str, parent: pulumi.Resource
) -> aws.scheduler.Schedule:
    """Make the schedule and its role as children of `parent`; their names begin with `name`."""
    child = pulumi.ResourceOptions(parent=parent)
    aws.lambda_.FunctionEventInvokeConfig(
        f"{name}-calls",
        function_name=called.name,
        maximum_event_age_in_seconds=60,
        maximum_retry_attempts=0,
        opts=child,
    )
    role = aws.iam.Role(
        f"{name}-schedule-role",
        assume_role_policy=assumed_by(
            "scheduler.amazonaws.com", conditions={"StringEquals": {"aws:SourceAccount": account}}
        ),
        opts=child,
    )
    policy = aws.iam.RolePolicy(
        f"{name}-schedule-policy",
        role=role.name,
        policy=document(allow(["lambda:InvokeFunction"], [called.arn])),
        opts=child,
    )
    return aws.scheduler.Schedule(
        f"{name}-schedule",
        schedule_expression=EVERY,
        flexible_time_window=aws.scheduler.ScheduleFlexibleTimeWindowArgs(mode="OFF"),
        target=aws.scheduler.ScheduleTargetArgs(
            arn=called.arn,
            role_arn=role.arn,
            input=json_text({}),
            retry_policy=aws.scheduler.ScheduleTargetRetryPolicyArgs(
                maximum_event_age_in_seconds=60, maximum_retry_attempts=0
            ),
        ),
        opts=pulumi.ResourceOptions(parent=parent, depends_on=[policy]),
    )
