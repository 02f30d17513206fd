"""The HTTP API in front of the handlers, and the consumer of dead letters."""

import json
from collections.abc import Mapping

import pulumi
import pulumi_aws as aws

from components.algorithm.algorithm_service import AlgorithmService
from components.cluster import Cluster
from components.functions.callbacks import Callbacks
from components.functions.handler_function import HandlerFunction, HandlerFunctionArgs
from components.functions.scaler import Scaler
from components.functions.sweeper import Sweeper
from components.functions.traces import Traces
from components.parts import sizes
from components.parts.api.access import custom_domain
from components.parts.api.routes import routes
from components.parts.handlers.concurrency import reservations
from components.parts.handlers.permissions import PUBLISHERS, permissions
from components.parts.names import logical_name
from components.parts.policies import allow, document
from components.processing_api import beside, environments
from components.processing_api.args import ProcessingApiArgs
from components.processing_api.gateway import create_api, create_stage
from components.processing_api.surroundings import surroundings
from components.results.results_fanout import ResultsFanout
from runtime.contracts.variables import handler_names

# API Gateway waits 30 s for an answer; a long poll takes 20.
TIMEOUT = 29
# Removing up to 90,000 queues takes longer than any answer. Lambda allows no more.
TIMEOUTS = {handler_names.CLEANUP: 900}
MEMORY_MIB = {handler_names.PROXY: sizes.POLL_MIB}


class ProcessingApi(pulumi.ComponentResource):
    """An HTTP API whose routes are Lambda functions, each with a role of its own."""

    api: aws.apigatewayv2.Api
    endpoint: pulumi.Output[str]
    operators_resource: pulumi.Output[str]
    functions: dict[str, HandlerFunction]
    services: Mapping[str, AlgorithmService]
    cluster: Cluster
    callbacks: Callbacks | None
    traces: Traces | None
    scaler: Scaler
    sweeper: Sweeper
    domain_target: pulumi.Output[str] | None

    def __init__(self, name: str, args: ProcessingApiArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("imaging:index:ProcessingApi", name, {}, opts)
        self.services, self.cluster = args.services, args.cluster
        # Asked once, because each call waits for everything before it.
        region = aws.get_region(opts=pulumi.InvokeOptions(parent=self)).region
        account = aws.get_caller_identity(opts=pulumi.InvokeOptions(parent=self)).account_id
        outward = args.outward
        self.traces = beside.create_traces(args, self) if outward.collector else None
        self.callbacks = beside.create_callbacks(args, self.traces, self) if outward.callback_hosts else None
        reserved = reservations(args.limits.executions, args.fanout.capacity)
        self.scaler = beside.create_scaler(args, region, account, reserved.get(handler_names.SCALER), self)
        environment = environments.of_each(args)
        own = environments.own(args, self.scaler, self.callbacks, self.traces)
        statements = permissions(surroundings(args, region, account, self.scaler, self.callbacks, self.traces))
        sweeping = statements.pop(handler_names.SWEEPER)
        self.sweeper = beside.create_sweeper(args, account, environment, sweeping, self)
        self.functions = {
            handler: HandlerFunction(
                handler.replace("_", "-"),
                HandlerFunctionArgs(
                    handler=handler,
                    bundle=args.bundle,
                    environment={**environment, **own.get(handler, {})},
                    statements=statements[handler],
                    timeout=TIMEOUTS.get(handler, TIMEOUT),
                    log_retention_days=args.log_retention_days,
                    architecture=args.architecture,
                    reserved=reserved.get(handler),
                    memory_mib=MEMORY_MIB.get(handler, sizes.FUNCTION_MIB),
                ),
                pulumi.ResourceOptions(parent=self),
            )
            for handler in statements
        }
        self.api = create_api(name, args.cors_origins, self)
        cleanup = self._cleanup(name, len(args.fanout.shards))
        browsers = bool(args.cors_origins)
        functions = {handler: each.function for handler, each in self.functions.items()}
        made = routes(name, self.api, functions, args.access, self, browsers=browsers, after=cleanup)
        stage = create_stage(name, self.api, args, self, made)
        self._dead_letters(args.services)
        self._publishers(name, args.fanout)
        self.endpoint, self.domain_target = self.api.api_endpoint, None
        # what an operator's policy allows: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-control-access-using-iam-policies-to-invoke-api.html
        self.operators_resource = pulumi.Output.concat(self.api.execution_arn, "/*/*/operations/*")
        if args.access.domain:
            self.domain_target = custom_domain(name, self.api, stage, args.access, self)
            self.endpoint = pulumi.Output.from_input(f"https://{args.access.domain}")
        self.register_outputs({"endpoint": self.endpoint})

    def _cleanup(self, name: str, shards: int) -> aws.lambda_.Invocation:
        """Delete the clients' queues with the stack: the engine does not know them, as they are made at run time.

        It is called as well if the number of shards changes, and fails if clients live on one that would go. The engine
        deletes only after every update has succeeded.
        """
        return aws.lambda_.Invocation(
            f"{name}-cleanup",
            function_name=self.functions[handler_names.CLEANUP].function.name,
            input=json.dumps({"shards": shards}),
            lifecycle_scope="CRUD",
            # from then on no client is placed on a shard that is going
            opts=pulumi.ResourceOptions(parent=self, depends_on=[self.functions[handler_names.PROVISION]]),
        )

    def _dead_letters(self, services: Mapping[str, AlgorithmService]) -> None:
        for algorithm, service in services.items():
            aws.lambda_.EventSourceMapping(
                f"{logical_name(algorithm)}-dead-letters",
                event_source_arn=service.queues.dead_letters.arn,
                function_name=self.functions[handler_names.DEAD_LETTERS].function.arn,
                batch_size=10,
                function_response_types=["ReportBatchItemFailures"],
                opts=pulumi.ResourceOptions(parent=self),
            )

    def _publishers(self, name: str, fanout: ResultsFanout) -> None:
        """Let the handlers that end jobs publish on every distribution's topic."""
        functions = {**self.functions, handler_names.SWEEPER: self.sweeper.function}
        roles = [functions[handler].role.arn for handler in PUBLISHERS]
        for distribution, topic in fanout.distributions.items():
            aws.sns.TopicPolicy(
                f"{name}-{logical_name(distribution)}",
                arn=topic.arn,
                policy=document(allow(["sns:Publish"], [topic.arn], principal={"AWS": roles})),
                opts=pulumi.ResourceOptions(parent=self),
            )
