"""What decides how many tasks each service has: one function, called each minute."""

from collections.abc import Mapping
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from components.algorithm_service import AlgorithmService
from components.cluster import Cluster
from components.handler_function import HandlerFunction, HandlerFunctionArgs
from components.handler_permissions import each_queue
from components.job_store import JobStore
from components.json_text import json_text
from components.metrics import namespace
from components.policies import allow, assumed_by, document
from components.tags import stack_tags

# Shorter than a minute: a call that hangs has ended when the next one begins.
TIMEOUT = 55
EVERY = "rate(1 minute)"


@dataclass(frozen=True, slots=True, kw_only=True)
class ScalerArgs:
    """Arguments of a Scaler."""

    bundle: str
    """Path of the zip with all handlers."""
    store: JobStore
    """The jobs table: where the services are, and what was seen of them last."""
    services: Mapping[str, AlgorithmService]
    """The algorithms' services by name."""
    cluster: Cluster
    """Where the services run."""
    reserved: int | None = None
    """Executions that are kept free for it."""
    log_retention_days: int
    """Days that its log is kept."""
    architecture: str
    """CPU of the function: ARM64 or X86_64."""


class Scaler(pulumi.ComponentResource):
    """The function `scaler`, its schedule, and the only role that may change a service's number of tasks."""

    function: HandlerFunction
    schedule: aws.scheduler.Schedule

    def __init__(self, name: str, args: ScalerArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("imaging:index:Scaler", name, {}, opts)
        child = pulumi.ResourceOptions(parent=self)
        here = aws.get_region(opts=pulumi.InvokeOptions(parent=self)).region
        account = aws.get_caller_identity(opts=pulumi.InvokeOptions(parent=self)).account_id
        services_arn = pulumi.Output.concat(
            # the cluster's other service, the PACS API's, is named otherwise
            f"arn:aws:ecs:{here}:{account}:service/",
            args.cluster.cluster.name,
            "/*-service-*",
        )
        queues = [service.queues.requests.arn for service in args.services.values()]
        self.function = HandlerFunction(
            name,
            HandlerFunctionArgs(
                handler="scaler",
                bundle=args.bundle,
                environment={"TABLE_NAME": args.store.table.name, "METRICS_NAMESPACE": namespace()},
                statements=[
                    allow(["dynamodb:BatchGetItem", "dynamodb:PutItem"], [args.store.table.arn]),
                    *each_queue(
                        ["sqs:GetQueueAttributes"],
                        queues,
                        f"arn:aws:sqs:{here}:{account}:*-requests-*.fifo",
                        stack_tags(""),
                    ),
                    allow(
                        ["ecs:DescribeServices", "ecs:UpdateService"],
                        [services_arn],
                        conditions={"ArnEquals": {"ecs:cluster": args.cluster.cluster.arn}},
                    ),
                ],
                timeout=TIMEOUT,
                reserved=args.reserved,
                log_retention_days=args.log_retention_days,
                architecture=args.architecture,
            ),
            child,
        )
        self._calls_once(name)
        self.schedule = self._scheduled(name, account)
        self.register_outputs({"functionName": self.function.function.name})

    def _calls_once(self, name: str) -> None:
        """Have Lambda drop a call that failed or waited: the next minute sees what is so then."""
        aws.lambda_.FunctionEventInvokeConfig(
            f"{name}-calls",
            function_name=self.function.function.name,
            maximum_event_age_in_seconds=60,
            maximum_retry_attempts=0,
            opts=pulumi.ResourceOptions(parent=self),
        )

    def _scheduled(self, name: str, account: str) -> aws.scheduler.Schedule:
        child = pulumi.ResourceOptions(parent=self)
        role = aws.iam.Role(
            f"{name}-schedule-role",
            assume_role_policy=assumed_by(
                "scheduler.amazonaws.com", conditions={"StringEquals": {"aws:SourceAccount": account}}
            ),
            opts=child,
        )
        policy = aws.iam.RolePolicy(
            f"{name}-schedule-policy",
            role=role.name,
            policy=document(allow(["lambda:InvokeFunction"], [self.function.function.arn])),
            opts=child,
        )
        return aws.scheduler.Schedule(
            f"{name}-schedule",
            schedule_expression=EVERY,
            flexible_time_window=aws.scheduler.ScheduleFlexibleTimeWindowArgs(mode="OFF"),
            target=aws.scheduler.ScheduleTargetArgs(
                arn=self.function.function.arn,
                role_arn=role.arn,
                input=json_text({}),
                retry_policy=aws.scheduler.ScheduleTargetRetryPolicyArgs(
                    maximum_event_age_in_seconds=60, maximum_retry_attempts=0
                ),
            ),
            opts=pulumi.ResourceOptions(parent=self, depends_on=[policy]),
        )
