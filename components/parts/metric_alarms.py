"""Alarms on one metric each, as AWS or the stack reports it."""

from dataclasses import dataclass
from typing import Literal

import pulumi
import pulumi_aws as aws

from components.parts.metrics import Series

MINUTE = 60

Missing = Literal["notBreaching", "breaching"]


@dataclass(frozen=True, slots=True, kw_only=True)
class MetricAlarms:
    """Makes alarms that tell one topic, as children of one resource."""

    topic: aws.sns.Topic
    parent: pulumi.Resource

    def above(self, name: str, series: Series, limit: float, minutes: tuple[int, int], description: str) -> None:
        """Alarm if the metric is above the limit; a missing value means that nothing happened."""
        self._alarm(
            name,
            series,
            comparison="GreaterThanThreshold",
            limit=limit,
            minutes=minutes,
            description=description,
            missing="notBreaching",
        )

    def below(self, name: str, series: Series, limit: float, minutes: tuple[int, int], description: str) -> None:
        """Alarm if the metric is below the limit, or nobody reports it."""
        self._alarm(
            name,
            series,
            comparison="LessThanThreshold",
            limit=limit,
            minutes=minutes,
            description=description,
            missing="breaching",
        )

    def _alarm(
        self,
        name: str,
        series: Series,
        *,
        comparison: str,
        limit: float,
        minutes: tuple[int, int],
        description: str,
        missing: Missing,
    ) -> None:
        wrong, last = minutes
        aws.cloudwatch.MetricAlarm(
            name,
            alarm_description=description,
            namespace=series.namespace,
            metric_name=series.name,
            dimensions=series.dimensions,
            statistic=series.stat,
            period=MINUTE,
            comparison_operator=comparison,
            threshold=limit,
            datapoints_to_alarm=wrong,
            evaluation_periods=last,
            treat_missing_data=missing,
            alarm_actions=[self.topic.arn],
            ok_actions=[self.topic.arn],
            opts=pulumi.ResourceOptions(parent=self.parent),
        )
