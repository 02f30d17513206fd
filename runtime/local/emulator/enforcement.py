"""Adapts IAM policies to an emulator that enforces them in another way than AWS."""

import json
from collections.abc import Callable
from typing import Any

from runtime.local.resources.iam import document


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
                    if "ecs:UpdateService" in statement["Action"]:
                        cluster = statement["Condition"]["ArnEquals"]["ecs:cluster"]
                        allowed = {"Effect": "Allow", "Action": statement["Action"], "Resource": [cluster]}
                        text = json.dumps({"Version": "2012-10-17", "Statement": [allowed]})
                        iam.put_role_policy(RoleName=name, PolicyName="by-cluster", PolicyDocument=text)
