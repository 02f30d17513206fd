"""A client's queue and its subscription to the results topic of its shard."""

import json
import os
from typing import Any, Final

from botocore.exceptions import ClientError

from runtime.contracts import aws_codes, keys
from runtime.contracts.variables import handler_variables
from runtime.handlers.boto3_clients import boto3_client, ignore_missing
from runtime.handlers.problem import Problem

# The longest that SQS keeps a message.
RETENTION_SECONDS: Final = 14 * 24 * 3600
# The time for a client to acknowledge a result before it is delivered again.
VISIBILITY_SECONDS: Final = 30
# What SNS answers if the account has as many as it may: 10,000 filter policies until AWS grants more,
# https://docs.aws.amazon.com/sns/latest/dg/subscription-filter-policy-constraints.html
_QUOTAS: Final = {"FilterPolicyLimitExceeded", "SubscriptionLimitExceeded"}


def arn(client_id: str, topic_arn: str) -> str:
    """Return the ARN of the client's queue: it is in the account and region of the topic."""
    _, partition, _, region, account, _ = topic_arn.split(":", 5)
    return f"arn:{partition}:sqs:{region}:{account}:{name(client_id)}"


def name(client_id: str) -> str:
    """Return the name of the client's queue."""
    return f"{os.environ[handler_variables.CLIENT_QUEUE_PREFIX]}{client_id}.fifo"


def subscribed(topic_arn: str, subscriptions: list[dict[str, Any]]) -> dict[str, str]:
    """Return the subscriptions of this stack's clients among a topic's, by client_id, and no others."""
    start = arn("", topic_arn).removesuffix(".fifo")
    return {
        each["Endpoint"].removeprefix(start).removesuffix(".fifo"): each["SubscriptionArn"]
        for each in subscriptions
        if each["Endpoint"].startswith(start)
    }


def subscription(client_id: str, topic_arn: str) -> str | None:
    """Return the ARN of the client's subscription to a topic, if there is one."""
    for listed in boto3_client("sns").get_paginator("list_subscriptions_by_topic").paginate(TopicArn=topic_arn):
        if found := subscribed(topic_arn, listed["Subscriptions"]).get(client_id):
            return found
    return None


def create(client_id: str, topic_arn: str) -> str:
    """Make the queue, to which only the topic may send; return its address. Repeatable."""
    policy = {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Effect": "Allow",
                "Principal": {"Service": "sns.amazonaws.com"},
                "Action": "sqs:SendMessage",
                "Resource": arn(client_id, topic_arn),
                "Condition": {"ArnEquals": {"aws:SourceArn": topic_arn}},
            }
        ],
    }
    key = os.environ.get(handler_variables.CLIENT_QUEUE_KMS_KEY)
    attributes = {
        "FifoQueue": "true",
        "DeduplicationScope": "messageGroup",
        "FifoThroughputLimit": "perMessageGroupId",
        "MessageRetentionPeriod": str(RETENTION_SECONDS),
        "VisibilityTimeout": str(VISIBILITY_SECONDS),
        "Policy": json.dumps(policy),
        **({"KmsMasterKeyId": key} if key else {"SqsManagedSseEnabled": "true"}),
    }
    queue = boto3_client("sqs").create_queue(
        QueueName=name(client_id), Attributes=attributes, tags={"imaging:client": client_id}
    )
    return queue["QueueUrl"]


def subscribe(client_id: str, topic_arn: str) -> str:
    """Subscribe the client's queue to its results; return the subscription's ARN. Repeatable.

    What SNS cannot deliver goes to the stack's queue of undelivered results. Raises a Problem if the account's quota of
    filter policies or subscriptions is used up.
    """
    undelivered = {"deadLetterTargetArn": os.environ[handler_variables.UNDELIVERED_QUEUE_ARN]}
    attributes = {
        "RawMessageDelivery": "true",
        "FilterPolicy": json.dumps({keys.RESULT_ATTRIBUTES[0]: [client_id]}),
        "RedrivePolicy": json.dumps(undelivered),
    }
    try:
        subscription = boto3_client("sns").subscribe(
            TopicArn=topic_arn,
            Protocol="sqs",
            Endpoint=arn(client_id, topic_arn),
            Attributes=attributes,
            ReturnSubscriptionArn=True,
        )
    except ClientError as error:
        if aws_codes.code(error.response).removesuffix("Exception") not in _QUOTAS:
            raise
        message = "The account has no room for another filter policy of SNS; the operator can ask AWS for more."
        raise Problem("too_many_clients", message) from error
    return subscription["SubscriptionArn"]


def remove(queue_url: str | None, subscription_arn: str | None) -> None:
    """Remove the subscription and the queue, if they are there."""
    if subscription_arn:
        unsubscribe(boto3_client("sns"), subscription_arn)
    if queue_url:
        delete(boto3_client("sqs"), queue_url)


def unsubscribe(sns: Any, subscription_arn: str) -> None:
    """End the subscription, if it is there."""
    try:
        sns.unsubscribe(SubscriptionArn=subscription_arn)
    except ClientError as error:
        ignore_missing(error)


def delete(sqs: Any, queue_url: str) -> None:
    """Delete the queue, if it is there."""
    try:
        sqs.delete_queue(QueueUrl=queue_url)
    except ClientError as error:
        ignore_missing(error)
