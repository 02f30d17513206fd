"""The CloudWatch metrics that alarms and dashboards use."""

from collections.abc import Mapping
from dataclasses import dataclass

import pulumi

from runtime.contracts.variables import handler_names


@dataclass(frozen=True, slots=True)
class Series:
    """One metric, and the statistic that makes one value of a minute's values."""

    namespace: str
    name: str
    dimensions: Mapping[str, pulumi.Input[str]]
    stat: str = "Sum"


def namespace() -> str:
    """Return the namespace of the stack's own metrics."""
    return f"{pulumi.get_project()}/{pulumi.get_stack()}"


def queue(name: pulumi.Input[str], metric: str, stat: str) -> Series:
    """Return a metric of an SQS queue."""
    return Series("AWS/SQS", metric, {"QueueName": name}, stat)


def function(name: pulumi.Input[str], metric: str) -> Series:
    """Return a metric of a Lambda function."""
    return Series("AWS/Lambda", metric, {"FunctionName": name})


def scaler(stat: str) -> Series:
    """Return the metric that the scaler reports with each look at all services."""
    return Series(namespace(), "UnsteadyServices", {"Function": handler_names.SCALER}, stat)


def sweeper(metric: str, stat: str) -> Series:
    """Return a metric that the sweeper reports with each look at all jobs."""
    return Series(namespace(), metric, {"Function": handler_names.SWEEPER}, stat)
