"""What each handler may do in AWS: the actions that its code calls, on the resources that it calls them on."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pulumi

from components.policies import allow

Statements = list[dict[str, Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """What the handlers work on."""

    table_arn: pulumi.Input[str]
    """The jobs table."""
    bucket_arn: pulumi.Input[str]
    """The output bucket."""
    topic_arns: Sequence[pulumi.Input[str]]
    """The results topics."""
    request_queue_arns: Sequence[pulumi.Input[str]]
    """The algorithms' requests queues."""
    dead_letter_arns: Sequence[pulumi.Input[str]]
    """Their dead-letter queues."""
    client_queues_arn: pulumi.Input[str]
    """The clients' queues, which are made at run time: an ARN that ends in *."""


def permissions(around: Surroundings) -> dict[str, Statements]:
    """Return the statements of each handler."""
    table = [around.table_arn]
    outputs: list[pulumi.Input[str]] = [pulumi.Output.concat(around.bucket_arn, "/results/*")]
    seen = allow(["dynamodb:GetItem", "dynamodb:UpdateItem"], table)
    write = allow(["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:UpdateItem"], table)
    write_and_delete = allow(
        ["dynamodb:DeleteItem", "dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:UpdateItem"], table
    )
    return {
        "router": [write, *_each(["sqs:SendMessage"], around.request_queue_arns)],
        "provision": [
            write_and_delete,
            allow(
                [
                    "sqs:CreateQueue",
                    "sqs:DeleteQueue",
                    "sqs:GetQueueAttributes",
                    "sqs:SetQueueAttributes",
                    "sqs:TagQueue",
                ],
                [around.client_queues_arn],
            ),
            allow(["sns:Subscribe"], around.topic_arns),
            # a subscription's own ARN is its topic's with a random end
            allow(["sns:Unsubscribe"], [pulumi.Output.concat(arn, "*") for arn in around.topic_arns]),
        ],
        "proxy": [
            seen,
            allow(
                ["sqs:ChangeMessageVisibility", "sqs:DeleteMessage", "sqs:ReceiveMessage"],
                [around.client_queues_arn],
            ),
            allow(["s3:GetObject"], outputs),
        ],
        "sign": [seen, allow(["s3:GetObject"], outputs)],
        "jobs": [seen, allow(["s3:GetObject"], outputs), allow(["sns:Publish"], around.topic_arns)],
        "catalogue": [],
        "dead_letters": [
            write,
            allow(["s3:GetObject"], outputs),
            allow(["s3:ListBucket"], [around.bucket_arn]),  # without it a missing manifest would look forbidden
            allow(["sns:Publish"], around.topic_arns),
            *_each(["sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ReceiveMessage"], around.dead_letter_arns),
        ],
    }


def _each(actions: Sequence[str], arns: Sequence[pulumi.Input[str]]) -> Statements:
    # A statement without a resource is no statement: there may be no algorithm installed.
    return [allow(actions, arns)] if arns else []
