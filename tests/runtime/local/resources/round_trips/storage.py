"""Buckets and tables."""

from tests.runtime.local.resources.round_trips.world import Case, bucket, policy

OWNER, AT = {"attributeName": "owner", "keyType": "HASH"}, {"attributeName": "at", "keyType": "RANGE"}

CASES: dict[str, Case] = {
    "aws:dynamodb/table:Table": (
        lambda w: {
            "hashKey": "pk",
            "attributes": [{"name": "pk", "type": "S"}],
            "billingMode": "PAY_PER_REQUEST",
            "ttl": {"attributeName": "expires", "enabled": True},
            "pointInTimeRecovery": {"enabled": True},
            "deletionProtectionEnabled": True,
        },
        {
            "deletionProtectionEnabled": False,
            "attributes": [{"name": "pk", "type": "S"}, {"name": "owner", "type": "S"}, {"name": "at", "type": "N"}],
            "globalSecondaryIndexes": [
                {"name": "by-owner", "keySchemas": [OWNER, AT], "projectionType": "KEYS_ONLY"},
                {"name": "by-time", "keySchemas": [{**AT, "keyType": "HASH"}], "projectionType": "KEYS_ONLY"},
            ],
        },
    ),
    "aws:dynamodb/tableItem:TableItem": (
        lambda w: {
            "tableName": w.id("aws:dynamodb/table:Table", "t", hashKey="pk", attributes=[{"name": "pk", "type": "S"}]),
            "hashKey": "pk",
            "item": '{"pk": {"S": "route#a"}, "url": {"S": "u"}}',
        },
        {"item": '{"pk": {"S": "route#a"}, "url": {"S": "v"}}'},
    ),
    "aws:s3/bucket:Bucket": (lambda w: {"tags": {"a": "b"}}, {"tags": {"a": "c"}}),
    "aws:s3/bucketPolicy:BucketPolicy": (
        lambda w: {"bucket": bucket(w), "policy": policy("s3:GetObject")},
        {"policy": policy("s3:PutObject")},
    ),
    "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": (
        lambda w: {"bucket": bucket(w), "blockPublicAcls": True},
        {"blockPublicPolicy": True},
    ),
    "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": (
        lambda w: {"bucket": bucket(w), "rules": [{"applyServerSideEncryptionByDefault": {"sseAlgorithm": "AES256"}}]},
        {"rules": [{"applyServerSideEncryptionByDefault": {"sseAlgorithm": "aws:kms", "kmsMasterKeyId": "k"}}]},
    ),
    "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": (
        lambda w: {
            "bucket": bucket(w),
            "rules": [{"id": "e", "status": "Enabled", "filter": {"prefix": ""}, "expiration": {"days": 7}}],
        },
        {"rules": [{"id": "e", "status": "Enabled", "filter": {"prefix": ""}, "expiration": {"days": 9}}]},
    ),
    "aws:s3/bucketCorsConfiguration:BucketCorsConfiguration": (
        lambda w: {
            "bucket": bucket(w),
            "corsRules": [{"allowedMethods": ["GET"], "allowedOrigins": ["*"], "maxAgeSeconds": 60}],
        },
        {"corsRules": [{"allowedMethods": ["GET"], "allowedOrigins": ["https://a.example"], "maxAgeSeconds": 60}]},
    ),
    "aws:s3/bucketObjectv2:BucketObjectv2": (
        lambda w: {"bucket": w.id("aws:s3/bucket:Bucket", "b"), "key": "a/b.txt", "content": "one"},
        {"content": "two"},
    ),
}
