"""Queues, topics, tables and buckets."""

import json
from typing import Any

from runtime.local.resources.constraints.rules import Rule, between, both, holds, length, matches, one_of, policy

KEYS = ("hashKey", "rangeKey")
FIFO_NAME = r"[A-Za-z0-9_-]{1,75}\.fifo"


def _fifo_name(inputs: dict[str, Any]) -> bool:
    return bool(inputs.get("fifoQueue") or inputs.get("fifoTopic")) == str(inputs.get("name", "")).endswith(".fifo")


def _throughput(queue: dict[str, Any]) -> bool:
    return queue.get("fifoThroughputLimit") != "perMessageGroupId" or queue.get("deduplicationScope") == "messageGroup"


def _one_encryption(queue: dict[str, Any]) -> bool:
    return not (queue.get("sqsManagedSseEnabled") and queue.get("kmsMasterKeyId"))


def _same_kind(queue: dict[str, Any]) -> bool:
    target = json.loads(queue.get("redrivePolicy") or "{}").get("deadLetterTargetArn")
    return target is None or target.endswith(".fifo") == bool(queue.get("fifoQueue"))


def _attributes(table: dict[str, Any]) -> bool:
    keys = {table[key] for key in KEYS if table.get(key)}
    for index in table.get("globalSecondaryIndexes") or ():
        keys |= {key["attributeName"] for key in index.get("keySchemas") or ()}
    return {attribute["name"] for attribute in table.get("attributes") or ()} == keys


def _no_capacity(table: dict[str, Any]) -> bool:
    capacity = table.get("readCapacity") or table.get("writeCapacity")
    return not capacity or table.get("billingMode", "PROVISIONED") == "PROVISIONED"


TABLE: dict[str, dict[str, Rule]] = {
    "aws:sqs/queue:Queue": {
        "name": matches(
            rf"[A-Za-z0-9_-]{{1,80}}|{FIFO_NAME}", "up to 80 letters, digits, hyphens and underscores, .fifo included"
        ),
        "visibilityTimeoutSeconds": between(0, 43_200),
        "messageRetentionSeconds": between(60, 1_209_600),
        "receiveWaitTimeSeconds": between(0, 20),
        "delaySeconds": between(0, 900),
        "kmsDataKeyReusePeriodSeconds": between(60, 86_400),
        "": both(
            holds(_fifo_name, "a FIFO queue's name must end in .fifo, and no other's"),
            holds(_throughput, "fifoThroughputLimit perMessageGroupId needs deduplicationScope messageGroup"),
            holds(_one_encryption, "sqsManagedSseEnabled and kmsMasterKeyId exclude each other"),
            holds(_same_kind, "redrivePolicy must name a dead-letter queue of the same kind, FIFO or not"),
        ),
    },
    "aws:sns/topic:Topic": {
        "name": matches(
            r"[A-Za-z0-9_-]{1,256}|[A-Za-z0-9_-]{1,251}\.fifo", "up to 256 letters, digits, hyphens and underscores"
        ),
        "": holds(_fifo_name, "a FIFO topic's name must end in .fifo, and no other's"),
    },
    "aws:sns/topicPolicy:TopicPolicy": {"policy": length(30_720)},
    "aws:sns/topicSubscription:TopicSubscription": {
        "filterPolicy": holds(lambda text: len(json.loads(text)) <= 5, "must have at most 5 keys"),
        "": holds(
            lambda inputs: not str(inputs["topic"]).endswith(".fifo") or inputs["protocol"] == "sqs",
            "a FIFO topic delivers to the protocol sqs only",
        ),
    },
    "aws:dynamodb/table:Table": {
        "name": matches(r"[A-Za-z0-9_.-]{3,255}", "3 to 255 letters, digits and _.-"),
        "billingMode": one_of("PROVISIONED", "PAY_PER_REQUEST"),
        "": both(
            holds(_attributes, "attributes must declare the attributes of the keys and no others"),
            holds(_no_capacity, "billingMode PAY_PER_REQUEST takes no capacity"),
        ),
    },
    "aws:s3/bucket:Bucket": {
        "bucket": matches(
            r"(?!xn--|sthree-)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]",
            "3 to 63 of lower-case letters, digits, . and -",
        )
    },
    "aws:s3/bucketPolicy:BucketPolicy": {"policy": policy(20 * 1024)},
    "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": {
        "rules[].id": length(255),
        "rules[].expiration.days": between(1, 2**31 - 1),
        "rules[].abortIncompleteMultipartUpload.daysAfterInitiation": between(1, 2**31 - 1),
    },
    "aws:s3/bucketCorsConfiguration:BucketCorsConfiguration": {
        "corsRules[].allowedOrigins[]": holds(lambda origin: origin.count("*") <= 1, "must have at most one *"),
        "corsRules[].allowedMethods[]": one_of("GET", "PUT", "HEAD", "POST", "DELETE"),
    },
}
