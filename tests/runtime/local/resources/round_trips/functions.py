"""Functions, and what calls them."""

import json

from tests.runtime.local.resources.round_trips.world import Case, function, queue, role

CASES: dict[str, Case] = {
    "aws:lambda/function:Function": (
        lambda w: {
            "code": w.code("def handler(event, context): return 1"),
            "handler": "main.handler",
            "runtime": "python3.13",
            "role": role(w)[1]["arn"],
            "timeout": 29,
            "environment": {"variables": {"A": "1"}},
        },
        {"timeout": 20},
    ),
    "aws:lambda/permission:Permission": (
        lambda w: {
            "function": function(w)[0],
            "action": "lambda:InvokeFunction",
            "principal": "apigateway.amazonaws.com",
            "sourceArn": "arn:aws:execute-api:eu-south-1:000000000000:a/*",
        },
        {},
    ),
    "aws:lambda/eventSourceMapping:EventSourceMapping": (
        lambda w: {
            "eventSourceArn": queue(w)[1]["arn"],
            "functionName": function(w)[1]["arn"],
            "batchSize": 10,
            "functionResponseTypes": ["ReportBatchItemFailures"],
        },
        {"batchSize": 5},
    ),
    "aws:scheduler/schedule:Schedule": (
        lambda w: {
            "scheduleExpression": "rate(1 minute)",
            "flexibleTimeWindow": {"mode": "OFF"},
            "target": {
                "arn": function(w)[1]["arn"],
                "roleArn": role(w)[1]["arn"],
                "input": "{}",
                "retryPolicy": {"maximumEventAgeInSeconds": 60, "maximumRetryAttempts": 0},
            },
        },
        {"scheduleExpression": "rate(2 minutes)"},
    ),
    "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig": (
        lambda w: {
            "functionName": function(w)[0],
            "maximumEventAgeInSeconds": 60,
            "maximumRetryAttempts": 0,
        },
        {"maximumRetryAttempts": 1},
    ),
    "aws:lambda/invocation:Invocation": (
        lambda w: {"functionName": function(w)[0], "input": json.dumps({"a": 1})},
        {"input": json.dumps({"a": 2})},
    ),
}
