"""How many tasks an algorithm has: the platform's one scaling policy, as AWS runs it."""

from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from algorithms.declaration import Resources
from algorithms.scaling import target_backlog
from components.metrics import Series, expression, queue, service

NAMESPACE = "ecs"
DIMENSION = "ecs:service:DesiredCount"
PERIOD = 60
# A task takes about a minute to be there: before that, another look at the backlog says nothing new.
OUT_COOLDOWN = 60
IN_COOLDOWN = 300
# An empty queue for so many minutes takes the last task away.
IDLE_MINUTES = 5
# In CloudWatch's metric math. A queue or a service that has been silent has no data points: none of either counts as
# none. At zero tasks there is nothing to take away, and tracking has nothing to multiply: an alarm that stays repeats
# its action every minute, and data points are late, so either would stop a task that the router has just woken.
BACKLOG = (
    "IF(FILL(desired, 0) < 1, {target}, "
    "(FILL(visible, 0) + FILL(held, 0)) / IF(FILL(running, 0) < 1, 1, FILL(running, 0)))"
)
WAITING = "IF(FILL(desired, 0) < 1, FILL(visible, 0), 0)"
JOBS = "IF(FILL(desired, 0) < 1, 1, FILL(visible, 0) + FILL(held, 0))"


@dataclass(frozen=True, slots=True, kw_only=True)
class AutoscalingArgs:
    """Arguments of an Autoscaling."""

    resources: Resources
    """The algorithm's declaration: bounds, acceptable latency, typical seconds."""
    cluster_name: pulumi.Input[str]
    """The cluster of the service."""
    service_name: pulumi.Input[str]
    """The service whose tasks are counted."""
    queue_name: pulumi.Input[str]
    """The requests queue whose messages are counted."""


class Autoscaling(pulumi.ComponentResource):
    """Target tracking on the backlog per task; where the service may stand at zero, a step from it and one back."""

    target: aws.appautoscaling.Target

    def __init__(self, name: str, args: AutoscalingArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("imaging:index:Autoscaling", name, {}, opts)
        self.target = aws.appautoscaling.Target(
            name,
            min_capacity=args.resources.min_tasks,
            max_capacity=args.resources.max_tasks,
            resource_id=pulumi.Output.concat("service/", args.cluster_name, "/", args.service_name),
            scalable_dimension=DIMENSION,
            service_namespace=NAMESPACE,
            opts=pulumi.ResourceOptions(parent=self),
        )
        visible = queue("visible", args.queue_name, "ApproximateNumberOfMessagesVisible")
        held = queue("held", args.queue_name, "ApproximateNumberOfMessagesNotVisible")
        running = service("running", args.cluster_name, args.service_name, "RunningTaskCount")
        desired = service("desired", args.cluster_name, args.service_name, "DesiredTaskCount")
        self._track(name, args.resources, [visible, held, running, desired])
        if args.resources.min_tasks == 0:
            self._from_zero(name, [visible, desired])
            self._to_zero(name, [visible, held, desired])
        self.register_outputs({"resourceId": self.target.resource_id})

    def _track(self, name: str, resources: Resources, series: list[Series]) -> None:
        target = target_backlog(resources)
        metrics = [each.tracked() for each in series]
        metrics.append(
            aws.appautoscaling.PolicyTargetTrackingScalingPolicyConfigurationCustomizedMetricSpecificationMetricArgs(
                id="backlog", expression=BACKLOG.format(target=target), label="Jobs per running task", return_data=True
            )
        )
        specification = (
            aws.appautoscaling.PolicyTargetTrackingScalingPolicyConfigurationCustomizedMetricSpecificationArgs(
                metrics=metrics
            )
        )
        aws.appautoscaling.Policy(
            f"{name}-backlog",
            policy_type="TargetTrackingScaling",
            resource_id=self.target.resource_id,
            scalable_dimension=DIMENSION,
            service_namespace=NAMESPACE,
            target_tracking_scaling_policy_configuration=aws.appautoscaling.PolicyTargetTrackingScalingPolicyConfigurationArgs(
                target_value=target,
                customized_metric_specification=specification,
                scale_out_cooldown=OUT_COOLDOWN,
                scale_in_cooldown=IN_COOLDOWN,
            ),
            opts=pulumi.ResourceOptions(parent=self),
        )

    def _from_zero(self, name: str, series: list[Series]) -> None:
        # Tracking multiplies what there is, and zero stays zero. The router wakes the service at once; this is what
        # starts it where that failed. Two minutes, so that a service just woken is not given a second task: one is
        # added rather than set, because data points are late and must never take tasks away.
        policy = self._step(f"{name}-from-zero", "ChangeInCapacity", 1, OUT_COOLDOWN, lower="0")
        aws.cloudwatch.MetricAlarm(
            f"{name}-from-zero",
            alarm_description="Jobs wait and no task is wanted: starts one. Not a fault.",
            comparison_operator="GreaterThanOrEqualToThreshold",
            threshold=1,
            evaluation_periods=2,
            treat_missing_data="notBreaching",
            metric_queries=[
                *(each.queried() for each in series),
                expression("waiting", WAITING, "Jobs waiting at zero tasks"),
            ],
            alarm_actions=[policy.arn],
            opts=pulumi.ResourceOptions(parent=self),
        )

    def _to_zero(self, name: str, series: list[Series]) -> None:
        policy = self._step(f"{name}-to-zero", "ExactCapacity", 0, OUT_COOLDOWN, upper="0")
        aws.cloudwatch.MetricAlarm(
            f"{name}-to-zero",
            alarm_description=f"No job for {IDLE_MINUTES} minutes: stops the last task. Not a fault.",
            comparison_operator="LessThanOrEqualToThreshold",
            threshold=0,
            evaluation_periods=IDLE_MINUTES,
            treat_missing_data="notBreaching",
            metric_queries=[
                *(each.queried() for each in series),
                expression("jobs", JOBS, "Jobs waiting and running, where there is a task"),
            ],
            alarm_actions=[policy.arn],
            opts=pulumi.ResourceOptions(parent=self),
        )

    def _step(
        self,
        name: str,
        kind: str,
        adjustment: int,
        cooldown: int,
        *,
        lower: str | None = None,
        upper: str | None = None,
    ) -> aws.appautoscaling.Policy:
        step = aws.appautoscaling.PolicyStepScalingPolicyConfigurationStepAdjustmentArgs(
            scaling_adjustment=adjustment, metric_interval_lower_bound=lower, metric_interval_upper_bound=upper
        )
        return aws.appautoscaling.Policy(
            name,
            policy_type="StepScaling",
            resource_id=self.target.resource_id,
            scalable_dimension=DIMENSION,
            service_namespace=NAMESPACE,
            step_scaling_policy_configuration=aws.appautoscaling.PolicyStepScalingPolicyConfigurationArgs(
                adjustment_type=kind, cooldown=cooldown, metric_aggregation_type="Maximum", step_adjustments=[step]
            ),
            opts=pulumi.ResourceOptions(parent=self),
        )
