"""Exports the jobs' traces: a queue of what has ended, and a function in the VPC that tells the collector."""

from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from components.encryption import Encryption
from components.functions.handler_function import HandlerFunction, HandlerFunctionArgs
from components.jobs_table import JobsTable
from components.network import Network
from components.parts.handlers.subscriptions import subscribe
from components.parts.metrics import namespace
from components.parts.outward import Outward
from components.parts.policies import allow
from components.results.results_fanout import ResultsFanout
from runtime.contracts import headers
from runtime.contracts.variables import handler_names, handler_variables

# The collector has 10 s.
TIMEOUT = 25
# Six times as long, as AWS advises: https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
VISIBILITY = 6 * TIMEOUT
# Spans are dropped after a quarter of an hour; what the function could not handle at all is gone after an hour.
RETENTION = 3600
# A call of the collector for so many ended jobs, or for what has ended within so many seconds.
BATCH, WINDOW_SECONDS = 50, 2
# The fewest that Lambda allows.
AT_ONCE = 2
# https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html#configuration-vpc-permissions
INTERFACES = [
    "ec2:AssignPrivateIpAddresses",
    "ec2:CreateNetworkInterface",
    "ec2:DeleteNetworkInterface",
    "ec2:DescribeNetworkInterfaces",
    "ec2:DescribeSubnets",
    "ec2:UnassignPrivateIpAddresses",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class TracesArgs:
    """Arguments of Traces."""

    bundle: str
    """Path of the zip with all handlers."""
    outward: Outward
    """The collector, and how many jobs are recorded."""
    network: Network
    """Where the collector is called from."""
    jobs_table: JobsTable
    """The jobs table, which has the hops of each job."""
    fanout: ResultsFanout
    """The results topics."""
    encryption: Encryption
    """How the queue is encrypted."""
    log_retention_days: int
    """Days that its log is kept."""
    architecture: str
    """CPU of the function: ARM64 or X86_64."""


class Traces(pulumi.ComponentResource):
    """Results of recorded jobs go to a standard queue, from which the function `traces` exports their spans."""

    queue: aws.sqs.Queue
    function: HandlerFunction

    def __init__(self, name: str, args: TracesArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("imaging:index:Traces", name, {}, opts)
        child = pulumi.ResourceOptions(parent=self)
        self.queue = aws.sqs.Queue(
            f"{name}-queue",
            visibility_timeout_seconds=VISIBILITY,
            message_retention_seconds=RETENTION,
            opts=child,
            **args.encryption.of_queue(),
        )
        # SNS delivers the results of recorded jobs alone.
        subscribe(name, self.queue, args.fanout.distributions, {headers.TRACEPARENT: [{"suffix": "-01"}]}, self)
        self.function = HandlerFunction(
            f"{name}-function",
            HandlerFunctionArgs(
                handler=handler_names.TRACES,
                bundle=args.bundle,
                environment={
                    handler_variables.TABLE_NAME: args.jobs_table.table.name,
                    handler_variables.METRICS_NAMESPACE: namespace(),
                    handler_variables.OTLP_ENDPOINT: args.outward.collector,
                    handler_variables.OTLP_HEADERS: pulumi.Output.secret(args.outward.collector_headers),
                },
                statements=[
                    allow(["dynamodb:BatchGetItem"], [args.jobs_table.table.arn]),
                    allow(["sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ReceiveMessage"], [self.queue.arn]),
                    allow(INTERFACES, ["*"]),  # AWS makes the interfaces for the function and names none of them before
                    *([allow(["kms:Decrypt"], [key])] if (key := args.encryption.key_arn) else []),
                ],
                timeout=TIMEOUT,
                log_retention_days=args.log_retention_days,
                architecture=args.architecture,
                memory_mib=256,
                vpc=self._place(name, args),
            ),
            child,
        )
        aws.lambda_.EventSourceMapping(
            f"{name}-source",
            event_source_arn=self.queue.arn,
            function_name=self.function.function.arn,
            batch_size=BATCH,
            maximum_batching_window_in_seconds=WINDOW_SECONDS,
            function_response_types=["ReportBatchItemFailures"],
            scaling_config=aws.lambda_.EventSourceMappingScalingConfigArgs(maximum_concurrency=AT_ONCE),
            opts=child,
        )
        self.register_outputs({"queueUrl": self.queue.url})

    @property
    def environment(self) -> dict[str, pulumi.Input[str]]:
        """Return the variable of those who hand spans over."""
        return {handler_variables.TRACES_QUEUE_URL: self.queue.url}

    def _place(self, name: str, args: TracesArgs) -> aws.lambda_.FunctionVpcConfigArgs:
        """Return where in the VPC the function is: with HTTPS out, for the table, and the collector's port."""
        group = args.network.closed_group(name, "The export of traces: nothing comes in", self)
        port = args.outward.collector_port
        if port != 443:
            aws.vpc.SecurityGroupEgressRule(
                f"{name}-collector-out",
                security_group_id=group.id,
                ip_protocol="tcp",
                from_port=port,
                to_port=port,
                cidr_ipv4="0.0.0.0/0",  # the collector's name may stand for any address
                opts=pulumi.ResourceOptions(parent=self),
            )
        return aws.lambda_.FunctionVpcConfigArgs(
            subnet_ids=args.network.private_subnet_ids, security_group_ids=[group.id]
        )
