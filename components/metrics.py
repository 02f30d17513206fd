"""CloudWatch's metrics as the program uses them: in scaling, in alarms and on the dashboard."""

from collections.abc import Mapping
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws
from pulumi_aws.appautoscaling import (
    PolicyTargetTrackingScalingPolicyConfigurationCustomizedMetricSpecificationMetricArgs as Tracked,
)
from pulumi_aws.appautoscaling import (
    PolicyTargetTrackingScalingPolicyConfigurationCustomizedMetricSpecificationMetricMetricStatArgs as TrackedStat,
)
from pulumi_aws.appautoscaling import (
    PolicyTargetTrackingScalingPolicyConfigurationCustomizedMetricSpecificationMetricMetricStatMetricArgs as Metric,
)
from pulumi_aws.appautoscaling import (
    PolicyTargetTrackingScalingPolicyConfigurationCustomizedMetricSpecificationMetricMetricStatMetricDimensionArgs as Dim,  # noqa: E501
)

PERIOD = 60


@dataclass(frozen=True, slots=True)
class Series:
    """One metric under a short id."""

    id: str
    namespace: str
    name: str
    dimensions: Mapping[str, pulumi.Input[str]]
    stat: str = "Maximum"

    def tracked(self) -> Tracked:
        """Return it as a part of a target tracking policy."""
        dimensions = [Dim(name=name, value=value) for name, value in self.dimensions.items()]
        metric = Metric(namespace=self.namespace, metric_name=self.name, dimensions=dimensions)
        return Tracked(id=self.id, metric_stat=TrackedStat(metric=metric, stat=self.stat), return_data=False)

    def queried(self) -> aws.cloudwatch.MetricAlarmMetricQueryArgs:
        """Return it as a part of an alarm on an expression."""
        metric = aws.cloudwatch.MetricAlarmMetricQueryMetricArgs(
            namespace=self.namespace,
            metric_name=self.name,
            dimensions=self.dimensions,
            period=PERIOD,
            stat=self.stat,
        )
        return aws.cloudwatch.MetricAlarmMetricQueryArgs(id=self.id, metric=metric, return_data=False)


def namespace() -> str:
    """Return where the metrics of this stack's own making are."""
    return f"{pulumi.get_project()}/{pulumi.get_stack()}"


def expression(identity: str, text: str, label: str) -> aws.cloudwatch.MetricAlarmMetricQueryArgs:
    """Return the expression on which an alarm decides."""
    return aws.cloudwatch.MetricAlarmMetricQueryArgs(id=identity, expression=text, label=label, return_data=True)


def queue(identity: str, name: pulumi.Input[str], metric: str) -> Series:
    """Return a metric of an SQS queue."""
    return Series(identity, "AWS/SQS", metric, {"QueueName": name})


def service(identity: str, cluster: pulumi.Input[str], name: pulumi.Input[str], metric: str) -> Series:
    """Return a metric of an ECS service, as Container Insights counts it."""
    return Series(
        identity, "ECS/ContainerInsights", metric, {"ClusterName": cluster, "ServiceName": name}, stat="Average"
    )
