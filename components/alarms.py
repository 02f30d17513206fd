"""What tells an operator that something is wrong: one topic, and the alarms that speak on it."""

import math
from dataclasses import dataclass
from typing import Any

import pulumi
import pulumi_aws as aws

from algorithms.scaling import late_after
from components.algorithm_service import AlgorithmService
from components.encryption import Encryption
from components.metrics import Series, expression, queue, service
from components.names import logical_name
from components.pacs_api import PacsApi
from components.processing_api import ProcessingApi

MINUTE = 60
# A first task takes a minute or two to be there, and a deployment replaces tasks for some minutes.
PATIENCE_MINUTES = 5
UNSTEADY_MINUTES = 15


@dataclass(frozen=True, slots=True, kw_only=True)
class AlarmsArgs:
    """Arguments of Alarms."""

    api: ProcessingApi
    """The processing API, its functions and the services that it sends jobs to."""
    pacs: PacsApi
    """The PACS API."""
    encryption: Encryption
    """How the topic is encrypted."""
    email: str = ""
    """Who is told by mail; the address must confirm it once."""


class Alarms(pulumi.ComponentResource):
    """Dead letters, late jobs, services without their tasks, failing functions, errors that callers see."""

    topic: aws.sns.Topic

    def __init__(self, name: str, args: AlarmsArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("imaging:index:Alarms", name, {}, opts)
        child = pulumi.ResourceOptions(parent=self)
        self.topic = aws.sns.Topic(name, opts=child, **args.encryption.of_alarm_topic())
        if args.email:
            aws.sns.TopicSubscription(
                f"{name}-email", topic=self.topic.arn, protocol="email", endpoint=args.email, opts=child
            )
        self._cluster = args.api.cluster.cluster.name
        for algorithm, each in args.api.services.items():
            self._of_algorithm(logical_name(algorithm), each)
        self._steady("pacs-api", args.pacs.service.service.apply(lambda made: made.name))
        for handler, function in args.api.functions.items():
            errors = Series("errors", "AWS/Lambda", "Errors", {"FunctionName": function.function.name}, "Sum")
            self._single(f"{handler.replace('_', '-')}-errors", errors, 0, 1, f"The function {handler} failed.")
        answers = Series("errors", "AWS/ApiGateway", "5xx", {"ApiId": args.api.api.id}, "Sum")
        self._single("processing-api-5xx", answers, 0, 1, "The processing API answered 5xx.")
        balancer = {"LoadBalancer": args.pacs.balancer.arn_suffix}
        self._expression(
            "pacs-api-5xx",
            [
                Series("own", "AWS/ApplicationELB", "HTTPCode_ELB_5XX_Count", balancer, "Sum"),
                Series("target", "AWS/ApplicationELB", "HTTPCode_Target_5XX_Count", balancer, "Sum"),
            ],
            "FILL(own, 0) + FILL(target, 0)",
            1,
            "The PACS API, or its load balancer, answered 5xx.",
        )
        self.register_outputs({"topicArn": self.topic.arn})

    def _of_algorithm(self, base: str, made: AlgorithmService) -> None:
        dead = made.queues.dead_letters.name
        # The handler takes a dead letter away within seconds: what it received counts, too. Messages that SQS itself
        # moves are not among those sent.
        self._expression(
            f"{base}-dead-letters",
            [
                queue("visible", dead, "ApproximateNumberOfMessagesVisible"),
                Series("received", "AWS/SQS", "NumberOfMessagesReceived", {"QueueName": dead}, "Sum"),
            ],
            "FILL(visible, 0) + FILL(received, 0)",
            1,
            f"A job of {base} could not be processed after several attempts; its client was told.",
        )
        age = queue("age", made.queues.requests.name, "ApproximateAgeOfOldestMessage")
        limit = math.ceil(late_after(made.algorithm.resources))
        self._single(f"{base}-late", age, limit, PATIENCE_MINUTES, f"Jobs of {base} are later than {limit} s.")
        self._steady(base, made.service_name)

    def _steady(self, base: str, name: pulumi.Input[str]) -> None:
        self._expression(
            f"{base}-unsteady",
            [
                service("desired", self._cluster, name, "DesiredTaskCount"),
                service("running", self._cluster, name, "RunningTaskCount"),
            ],
            "FILL(desired, 0) - FILL(running, 0)",
            UNSTEADY_MINUTES,
            f"{base} has had fewer tasks than it should for {UNSTEADY_MINUTES} minutes.",
        )

    def _expression(self, name: str, series: list[Series], text: str, periods: int, description: str) -> None:
        self._alarm(
            name,
            periods,
            description,
            comparison_operator="GreaterThanThreshold",
            threshold=0,
            metric_queries=[*(each.queried() for each in series), expression("value", text, description)],
        )

    def _single(self, name: str, series: Series, threshold: float, periods: int, description: str) -> None:
        self._alarm(
            name,
            periods,
            description,
            comparison_operator="GreaterThanThreshold",
            threshold=threshold,
            namespace=series.namespace,
            metric_name=series.name,
            dimensions=series.dimensions,
            statistic=series.stat,
            period=MINUTE,
        )

    def _alarm(self, name: str, periods: int, description: str, **rule: Any) -> None:
        aws.cloudwatch.MetricAlarm(
            name,
            alarm_description=description,
            evaluation_periods=periods,
            treat_missing_data="notBreaching",  # no data: nothing happened
            alarm_actions=[self.topic.arn],
            ok_actions=[self.topic.arn],
            opts=pulumi.ResourceOptions(parent=self),
            **rule,
        )
