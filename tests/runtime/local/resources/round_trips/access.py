"""Roles, keys and log groups, alarms and dashboards."""

import json

from tests.runtime.local.resources.round_trips.world import TRUST, Case, policy, role

CASES: dict[str, Case] = {
    "aws:iam/role:Role": (
        lambda w: {"assumeRolePolicy": json.dumps(TRUST)},
        {"assumeRolePolicy": json.dumps(TRUST).replace("lambda", "ecs-tasks")},
    ),
    "aws:iam/rolePolicy:RolePolicy": (
        lambda w: {"role": role(w)[0], "policy": policy("s3:GetObject")},
        {"policy": policy("s3:PutObject")},
    ),
    "aws:iam/rolePolicyAttachment:RolePolicyAttachment": (
        lambda w: {
            "role": role(w)[0],
            "policyArn": "arn:aws:iam::aws:policy/service-role/AmazonECSTaskExecutionRolePolicy",
        },
        {},
    ),
    "aws:cloudwatch/logGroup:LogGroup": (lambda w: {"retentionInDays": 7}, {"retentionInDays": 14}),
    "aws:cloudwatch/dashboard:Dashboard": (
        lambda w: {"dashboardBody": json.dumps({"widgets": []})},
        {"dashboardBody": json.dumps({"widgets": [{"type": "text", "properties": {"markdown": "a"}}]})},
    ),
    "aws:cloudwatch/metricAlarm:MetricAlarm": (
        lambda w: {
            "comparisonOperator": "GreaterThanThreshold",
            "evaluationPeriods": 1,
            "namespace": "AWS/SQS",
            "metricName": "ApproximateNumberOfMessagesVisible",
            "dimensions": {"QueueName": "q"},
            "period": 60,
            "statistic": "Maximum",
            "threshold": 1,
        },
        {"threshold": 2},
    ),
    "aws:kms/key:Key": (
        lambda w: {"description": "one", "policy": policy("kms:*"), "enableKeyRotation": True},
        {"description": "two"},
    ),
}
