"""IAM policies: statements that name their resources, as JSON with sorted keys."""

from collections.abc import Mapping, Sequence
from typing import Any

import pulumi

from components.parts.json_text import json_text

Document = pulumi.Output[str]


def allow(
    actions: Sequence[str],
    resources: Sequence[pulumi.Input[str]] | pulumi.Output[list[str]],
    *,
    conditions: Mapping[str, Any] | None = None,
    principal: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """Return a statement that allows the actions on the resources."""
    named = resources if isinstance(resources, pulumi.Output) else list(resources)
    statement: dict[str, Any] = {"Effect": "Allow", "Action": list(actions), "Resource": named}
    if principal:
        statement["Principal"] = dict(principal)
    if conditions:
        statement["Condition"] = dict(conditions)
    return statement


def document(*statements: Mapping[str, Any]) -> Document:
    """Return a policy of the statements."""
    return json_text({"Version": "2012-10-17", "Statement": list(statements)})


def assumed_by(service: str, conditions: Mapping[str, Any] | None = None) -> Document:
    """Return the policy that lets one AWS service assume a role."""
    statement: dict[str, Any] = {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"Service": service}}
    return document({**statement, "Condition": dict(conditions)} if conditions else statement)


def tls_only(bucket_arn: pulumi.Input[str]) -> dict[str, Any]:
    """Return the statement that refuses every call to a bucket over plain HTTP."""
    return {
        "Effect": "Deny",
        "Principal": "*",
        "Action": "s3:*",
        "Resource": [bucket_arn, pulumi.Output.concat(bucket_arn, "/*")],
        "Condition": {"Bool": {"aws:SecureTransport": "false"}},
    }


def topic_may_send(queue_arn: pulumi.Input[str], topics: pulumi.Input[str] | pulumi.Output[list[str]]) -> Document:
    """Return the queue policy that lets only this topic, or these, deliver to the queue.

    ArnEquals takes wildcards as ArnLike does:
    https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
    """
    return document(
        allow(
            ["sqs:SendMessage"],
            [queue_arn],
            principal={"Service": "sns.amazonaws.com"},
            conditions={"ArnEquals": {"aws:SourceArn": topics}},
        )
    )
