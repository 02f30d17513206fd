"""The function that decides how many tasks each service has; it is called each minute."""

from collections.abc import Mapping
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from components.algorithm.algorithm_service import AlgorithmService
from components.cluster import Cluster
from components.functions.handler_function import HandlerFunction, HandlerFunctionArgs
from components.jobs_table import JobsTable
from components.parts.handlers.schedule import TIMEOUT, each_minute
from components.parts.handlers.surroundings import each_queue
from components.parts.metrics import namespace
from components.parts.policies import allow
from components.parts.tags import stack_tags
from runtime.contracts.variables import handler_names, handler_variables


@dataclass(frozen=True, slots=True, kw_only=True)
class ScalerArgs:
    """Arguments of a Scaler."""

    region: str
    """The region's name."""
    account: str
    """The account's number."""
    bundle: str
    """Path of the zip with all handlers."""
    jobs_table: JobsTable
    """The jobs table: the service records, and what the scaler saw last."""
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
    services_arn: pulumi.Output[str]

    def __init__(self, name: str, args: ScalerArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("imaging:index:Scaler", name, {}, opts)
        child = pulumi.ResourceOptions(parent=self)
        here, account = args.region, args.account
        self.services_arn = pulumi.Output.concat(
            # the cluster's other service, the PACS API's, does not match this name
            f"arn:aws:ecs:{here}:{account}:service/",
            args.cluster.cluster.name,
            "/*-service-*",
        )
        queues = [queue.arn for service in args.services.values() for queue in service.queues.received]
        self.function = HandlerFunction(
            name,
            HandlerFunctionArgs(
                handler=handler_names.SCALER,
                bundle=args.bundle,
                environment={
                    handler_variables.TABLE_NAME: args.jobs_table.table.name,
                    handler_variables.METRICS_NAMESPACE: namespace(),
                },
                statements=[
                    allow(["dynamodb:BatchGetItem", "dynamodb:PutItem"], [args.jobs_table.table.arn]),
                    *each_queue(
                        ["sqs:GetQueueAttributes"],
                        queues,
                        f"arn:aws:sqs:{here}:{account}:*-requests-*.fifo",
                        stack_tags(""),
                    ),
                    allow(
                        ["ecs:DescribeServices", "ecs:UpdateService"],
                        [self.services_arn],
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
        self.schedule = each_minute(name, self.function.function, account, self)
        self.register_outputs({"functionName": self.function.function.name})
