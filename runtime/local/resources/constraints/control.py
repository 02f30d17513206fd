"""Permissions, keys, logs, alarms and scaling."""

import json
from typing import Any

from runtime.local.resources.constraints.rules import Rule, between, both, holds, length, matches, one_of, policy

RETENTION = (0, 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653)
QUERY_ID = matches(r"[a-z][A-Za-z0-9_]{0,254}", "an id that begins with a lower-case letter")
DAY = 86_400


def _changeable(key_policy: str) -> bool:
    return "kms:*" in key_policy or "kms:PutKeyPolicy" in key_policy


def _returns_once(alarm: dict[str, Any]) -> bool:
    queries: list[dict[str, Any]] = alarm.get("metricQueries") or []
    return not queries or len([query for query in queries if query.get("returnData")]) == 1


def _period_once(alarm: dict[str, Any]) -> bool:
    return not (alarm.get("metricQueries") and (alarm.get("period") or alarm.get("metricName")))


def _within_a_day(alarm: dict[str, Any]) -> bool:
    return alarm.get("period", 0) * alarm.get("evaluationPeriods", 1) <= DAY


def _datapoints(alarm: dict[str, Any]) -> bool:
    return (alarm.get("datapointsToAlarm") or 1) <= alarm.get("evaluationPeriods", 1)


TABLE: dict[str, dict[str, Rule]] = {
    "aws:iam/role:Role": {
        "name": matches(r"[\w+=,.@-]{1,64}", "1 to 64 letters, digits and +=,.@-_"),
        "assumeRolePolicy": policy(2048),
        "maxSessionDuration": between(3600, 43_200),
        "description": length(1000),
    },
    "aws:iam/rolePolicy:RolePolicy": {
        "name": matches(r"[\w+=,.@-]{1,128}", "1 to 128 letters, digits and +=,.@-_"),
        "policy": policy(10_240),
    },
    "aws:kms/key:Key": {
        "deletionWindowInDays": between(7, 30),
        "description": length(8192),
        "policy": both(policy(32 * 1024), holds(_changeable, "must leave its account able to change it")),
    },
    "aws:cloudwatch/logGroup:LogGroup": {
        "name": matches(r"[.\-_/#A-Za-z0-9]{1,512}", "1 to 512 letters, digits and .-_/#"),
        "retentionInDays": one_of(*RETENTION),
    },
    "aws:cloudwatch/metricAlarm:MetricAlarm": {
        "name": length(255, 1),
        "alarmDescription": length(1024),
        "evaluationPeriods": between(1, DAY),
        "metricQueries": length(10),
        "metricQueries[].id": QUERY_ID,
        "metricQueries[].expression": length(2048),
        "treatMissingData": one_of("missing", "ignore", "breaching", "notBreaching"),
        "": both(
            holds(_returns_once, "exactly one of metricQueries must return data"),
            holds(_period_once, "period and metricName exclude metricQueries"),
            holds(_within_a_day, "period times evaluationPeriods must be at most one day"),
            holds(_datapoints, "datapointsToAlarm must be at most evaluationPeriods"),
        ),
    },
    "aws:cloudwatch/dashboard:Dashboard": {
        "dashboardName": matches(r"[A-Za-z0-9_-]{1,255}", "1 to 255 letters, digits, hyphens and underscores"),
        "dashboardBody": holds(lambda text: len(json.loads(text)["widgets"]) <= 500, "must have at most 500 widgets"),
    },
    "aws:scheduler/schedule:Schedule": {
        "name": matches(r"[0-9A-Za-z_.-]{1,64}", "1 to 64 letters, digits, hyphens, underscores and periods"),
        "target.retryPolicy.maximumEventAgeInSeconds": between(60, DAY),
        "target.retryPolicy.maximumRetryAttempts": between(0, 185),
    },
    "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig": {
        "maximumEventAgeInSeconds": between(60, 21_600),
        "maximumRetryAttempts": between(0, 2),
    },
}
