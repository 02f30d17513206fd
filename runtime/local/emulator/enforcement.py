"""Adapts IAM policies to an emulator that enforces them in another way than AWS."""

import json
from collections.abc import Callable, Iterable
from typing import Any

from runtime.local.resources.iam import document

# AWS allows these calls by another action; the emulator needs the call's own name, and for two of them no resource.
EMULATOR_ACTIONS = {
    "sqs:ChangeMessageVisibility": ("sqs:ChangeMessageVisibilityBatch", None),
    "sqs:DeleteMessage": ("sqs:DeleteMessageBatch", None),
    "sqs:SendMessage": ("sqs:SendMessageBatch", None),
    "sns:Publish": ("sns:PublishBatch", None),
    "dynamodb:PartiQLInsert": ("dynamodb:BatchExecuteStatement", "*"),
    "dynamodb:PartiQLUpdate": ("dynamodb:BatchExecuteStatement", "*"),
}
Statement = dict[str, Any]


def by_the_calls_names(statements: Iterable[Statement]) -> list[Statement]:
    """Return statements that allow by the calls' own names what `statements` allow."""
    return [
        {"Effect": "Allow", "Action": action, "Resource": resource or statement["Resource"]}
        for statement in statements
        for allowed in statement["Action"]
        if allowed in EMULATOR_ACTIONS
        for action, resource in [EMULATOR_ACTIONS[allowed]]
    ]


def adapt_roles(boto3_client: Callable[[str], Any]) -> None:
    """Allow by the calls' own names what the roles of this account allow."""
    iam = boto3_client("iam")
    for page in iam.get_paginator("list_roles").paginate():
        for role in page["Roles"]:
            name = role["RoleName"]
            statements: list[Statement] = []
            for policy in iam.list_role_policies(RoleName=name)["PolicyNames"]:
                found = iam.get_role_policy(RoleName=name, PolicyName=policy)["PolicyDocument"]
                statements += by_the_calls_names(json.loads(document(found))["Statement"])
            if statements:
                text = json.dumps({"Version": "2012-10-17", "Statement": statements})
                iam.put_role_policy(RoleName=name, PolicyName="by-call", PolicyDocument=text)


def judge_services_by_their_cluster(boto3_client: Callable[[str], Any]) -> None:
    """Allow on a cluster what a role may do to services in it: the emulator checks these calls by their cluster."""
    iam = boto3_client("iam")
    for page in iam.get_paginator("list_roles").paginate():
        for role in page["Roles"]:
            name = role["RoleName"]
            for policy in iam.list_role_policies(RoleName=name)["PolicyNames"]:
                policy_document = json.loads(
                    document(iam.get_role_policy(RoleName=name, PolicyName=policy)["PolicyDocument"])
                )
                for statement in policy_document["Statement"]:
                    if "ecs:DescribeServices" in statement["Action"]:
                        cluster = statement["Condition"]["ArnEquals"]["ecs:cluster"]
                        allowed = {"Effect": "Allow", "Action": statement["Action"], "Resource": [cluster]}
                        text = json.dumps({"Version": "2012-10-17", "Statement": [allowed]})
                        iam.put_role_policy(RoleName=name, PolicyName="by-cluster", PolicyDocument=text)
