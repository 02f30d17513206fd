"""Every statement of every role and of every resource's policy: actions, resources and conditions that AWS knows."""

import json
from typing import Any

import pytest

from tests.judges.authorization import faults

QUEUE = "arn:aws:sqs:eu-south-1:000000000000:q"
REFUSED: dict[str, tuple[dict[str, Any], str]] = {
    "an unknown action": ({"Action": ["sqs:RecieveMessage"], "Resource": [QUEUE]}, "is no action"),
    "an action of no resource": ({"Action": ["sns:Unsubscribe"], "Resource": ["arn:aws:sns:*:*:t"]}, "on * alone"),
    "another's resource": ({"Action": ["sns:Publish"], "Resource": [QUEUE]}, "is given no resource of its types"),
    "a bucket for its objects": ({"Action": ["s3:GetObject"], "Resource": ["arn:aws:s3:::b"]}, "is given no resource"),
    "objects for their bucket": ({"Action": ["s3:ListBucket"], "Resource": ["arn:aws:s3:::b/*"]}, "given no resource"),
    "all of a type": ({"Action": ["sqs:SendMessage"], "Resource": ["*"]}, "is allowed on all"),
    "another's condition": (
        {"Action": ["sqs:SendMessage"], "Resource": [QUEUE], "Condition": {"StringEquals": {"s3:prefix": "a"}}},
        "has no condition key s3:prefix",
    ),
    "a resource for no action": (
        {"Action": ["sqs:SendMessage"], "Resource": [QUEUE, "arn:aws:s3:::b"]},
        "arn:aws:s3:::b is of no type that the actions take",
    ),
}


def statements(stack: dict[str, Any]) -> list[tuple[str, bool, dict[str, Any]]]:
    """Return every statement with its policy's name, and whether * is the policy's own resource."""
    return [
        (each["name"], each["type"] == "aws:kms/key:Key", statement)
        for each in stack["resources"]
        if '"Statement"' in str(each["inputs"].get("policy"))
        for statement in json.loads(each["inputs"]["policy"])["Statement"]
    ]


def test_every_statement_says_what_aws_knows(stack: dict[str, Any]) -> None:
    judged = statements(stack)
    assert len(judged) > 30
    assert [(name, said) for name, own, each in judged for said in faults(each, own=own)] == []


@pytest.mark.parametrize("case", REFUSED)
def test_a_bad_statement_is_found(case: str) -> None:
    statement, words = REFUSED[case]
    assert words in "; ".join(faults(statement))


def test_wildcards_and_conditions_that_aws_knows_pass() -> None:
    own = {"Action": "s3:*", "Resource": ["arn:aws:s3:::b", "arn:aws:s3:::b/*"]}
    secure = {**own, "Condition": {"Bool": {"aws:SecureTransport": "false"}}}
    logs = "arn:aws:logs:eu-south-1:000000000000:log-group:/aws/lambda/f:*"
    assert faults(secure) == []
    assert faults({"Action": ["logs:PutLogEvents"], "Resource": [logs]}) == []
    assert faults({"Action": ["sqs:ListQueues"], "Resource": "*"}) == []
