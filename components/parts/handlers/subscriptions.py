"""Subscribes a queue of a function to the results of every distribution; SNS delivers what a filter lets in."""

import json
from collections.abc import Mapping
from typing import Any

import pulumi
import pulumi_aws as aws

from components.parts.names import logical_name
from components.parts.policies import topic_may_send


def subscribe(
    name: str,
    queue: aws.sqs.Queue,
    topics: Mapping[str, aws.sns.Topic],
    delivered: Mapping[str, Any],
    parent: pulumi.Resource,
) -> None:
    """Subscribe a queue to the topics of distributions by their names; `delivered` is the filter policy.

    A FIFO topic delivers to standard queues, too: https://docs.aws.amazon.com/sns/latest/dg/sns-fifo-topics.html
    """
    arns = [topic.arn for topic in topics.values()]
    policy = aws.sqs.QueuePolicy(
        f"{name}-queue-policy",
        queue_url=queue.url,
        policy=topic_may_send(queue.arn, pulumi.Output.all(*arns).apply(list[str])),
        opts=pulumi.ResourceOptions(parent=parent),
    )
    for distribution, topic in topics.items():
        aws.sns.TopicSubscription(
            f"{name}-{logical_name(distribution)}",
            topic=topic.arn,
            protocol="sqs",
            endpoint=queue.arn,
            filter_policy=json.dumps(delivered),
            opts=pulumi.ResourceOptions(parent=parent, depends_on=[policy]),
        )
