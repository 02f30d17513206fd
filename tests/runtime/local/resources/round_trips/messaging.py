"""Queues and topics."""

import json

from tests.runtime.local.resources.round_trips.world import Case, policy, queue, topic

CASES: dict[str, Case] = {
    "aws:sqs/queue:Queue": (
        lambda w: {
            "fifoQueue": True,
            "deduplicationScope": "messageGroup",
            "fifoThroughputLimit": "perMessageGroupId",
            "visibilityTimeoutSeconds": 60,
            "tags": {"a": "b"},
        },
        {"visibilityTimeoutSeconds": 90, "messageRetentionSeconds": 86400},
    ),
    "aws:sqs/queuePolicy:QueuePolicy": (
        lambda w: {"queueUrl": queue(w)[0], "policy": policy("sqs:SendMessage")},
        {"policy": policy("sqs:ReceiveMessage")},
    ),
    "aws:sqs/redriveAllowPolicy:RedriveAllowPolicy": (
        lambda w: {"queueUrl": queue(w)[0], "redriveAllowPolicy": json.dumps({"redrivePermission": "denyAll"})},
        {"redriveAllowPolicy": json.dumps({"redrivePermission": "allowAll"})},
    ),
    "aws:sns/topic:Topic": (
        lambda w: {"fifoTopic": True, "contentBasedDeduplication": False},
        {"contentBasedDeduplication": True},
    ),
    "aws:sns/topicPolicy:TopicPolicy": (
        lambda w: {"arn": topic(w), "policy": policy("sns:Publish")},
        {"policy": policy("sns:Subscribe")},
    ),
    "aws:sns/topicSubscription:TopicSubscription": (
        lambda w: {
            "topic": topic(w),
            "protocol": "sqs",
            "endpoint": queue(w)[1]["arn"],
            "rawMessageDelivery": True,
            "filterPolicy": '{"algorithm": ["a"]}',
        },
        {"filterPolicy": '{"algorithm": ["b"]}'},
    ),
}
