"""Tells the receivers of callbacks that jobs have ended: a queue, a function, and a table with their secrets."""

from collections.abc import Sequence
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from components.encryption import Encryption
from components.functions.handler_function import HandlerFunction, HandlerFunctionArgs
from components.functions.traces import Traces
from components.jobs_table import JobsTable
from components.parts.handlers.subscriptions import subscribe
from components.parts.metrics import namespace
from components.parts.policies import allow
from components.results.results_fanout import ResultsFanout
from runtime.contracts import keys
from runtime.contracts.variables import handler_names, handler_variables

# An attempt takes at most 10 s, and a turn is held for 30 s.
TIMEOUT = 25
# Six times as long, as AWS advises: https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
VISIBILITY = 6 * TIMEOUT
# A callback is dead after a day; what the function could not handle at all is gone after two more.
RETENTION = 3 * 24 * 3600
# Calls on their way at the same time, whoever their receivers are; each client has two to each host.
AT_ONCE = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class CallbacksArgs:
    """Arguments of Callbacks."""

    bundle: str
    """Path of the zip with all handlers."""
    hosts: Sequence[str]
    """The hosts that may be called."""
    jobs_table: JobsTable
    """The jobs table, where it is noted what became of a callback."""
    fanout: ResultsFanout
    """The results topics."""
    traces: Traces | None = None
    """Who exports the spans of recorded jobs, if anybody does."""
    encryption: Encryption
    """How the queue is encrypted."""
    log_retention_days: int
    """Days that its log is kept."""
    architecture: str
    """CPU of the function: ARM64 or X86_64."""


class Callbacks(pulumi.ComponentResource):
    """Results with a callback go to a standard queue, from which the function `callbacks` sends them."""

    table: aws.dynamodb.Table
    queue: aws.sqs.Queue
    function: HandlerFunction

    def __init__(self, name: str, args: CallbacksArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("imaging:index:Callbacks", name, {}, opts)
        child = pulumi.ResourceOptions(parent=self)
        key = args.encryption.key_arn
        self.table = aws.dynamodb.Table(
            name,
            hash_key="pk",
            attributes=[aws.dynamodb.TableAttributeArgs(name="pk", type="S")],
            billing_mode="PAY_PER_REQUEST",
            ttl=aws.dynamodb.TableTtlArgs(attribute_name="expires", enabled=True),
            # no copies to restore from: a secret that is forgotten is forgotten
            server_side_encryption=aws.dynamodb.TableServerSideEncryptionArgs(enabled=True),
            opts=child,
        )
        self.queue = aws.sqs.Queue(
            f"{name}-queue",
            visibility_timeout_seconds=VISIBILITY,
            message_retention_seconds=RETENTION,
            opts=child,
            **args.encryption.of_queue(),
        )
        # SNS delivers the results that name a callback alone.
        subscribe(name, self.queue, args.fanout.distributions, {keys.CALLBACK_ATTRIBUTE: [{"exists": True}]}, self)
        self.function = HandlerFunction(
            f"{name}-function",
            HandlerFunctionArgs(
                handler=handler_names.CALLBACKS,
                bundle=args.bundle,
                environment={
                    **self.environment(args.hosts),
                    handler_variables.TABLE_NAME: args.jobs_table.table.name,
                    handler_variables.CALLBACKS_QUEUE_URL: self.queue.url,
                    handler_variables.METRICS_NAMESPACE: namespace(),
                    **(args.traces.environment if args.traces else {}),
                },
                statements=[
                    allow(["dynamodb:DeleteItem", "dynamodb:GetItem", "dynamodb:PutItem"], [self.table.arn]),
                    allow(["dynamodb:UpdateItem"], [args.jobs_table.table.arn]),
                    allow(
                        [
                            "sqs:ChangeMessageVisibility",
                            "sqs:DeleteMessage",
                            "sqs:GetQueueAttributes",
                            "sqs:ReceiveMessage",
                        ],
                        [self.queue.arn],
                    ),
                    *([allow(["sqs:SendMessage"], [args.traces.queue.arn])] if args.traces else []),
                    *([allow(["kms:Decrypt", "kms:GenerateDataKey"], [key])] if key else []),
                ],
                timeout=TIMEOUT,
                log_retention_days=args.log_retention_days,
                architecture=args.architecture,
                memory_mib=256,
            ),
            child,
        )
        aws.lambda_.EventSourceMapping(
            f"{name}-source",
            event_source_arn=self.queue.arn,
            function_name=self.function.function.arn,
            batch_size=1,  # a receiver that hangs holds up no other callback
            function_response_types=["ReportBatchItemFailures"],
            scaling_config=aws.lambda_.EventSourceMappingScalingConfigArgs(maximum_concurrency=AT_ONCE),
            opts=child,
        )
        self.register_outputs({"queueUrl": self.queue.url})

    def environment(self, hosts: Sequence[str]) -> dict[str, pulumi.Input[str]]:
        """Return the variables of those who keep callbacks and of those who send them."""
        return {handler_variables.CALLBACKS_TABLE: self.table.name, handler_variables.CALLBACK_HOSTS: ",".join(hosts)}
