"""The HTTP API in front of the handlers, and the consumer of dead letters."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws

from components.algorithm_service import AlgorithmService
from components.callbacks import Callbacks, CallbacksArgs
from components.cluster import Cluster
from components.encryption import Encryption
from components.handler_function import HandlerFunction, HandlerFunctionArgs
from components.jobs_table import JobsTable
from components.network import Network
from components.output_bucket import OutputBucket
from components.parts import sizes
from components.parts.api_access import ApiAccess, access_log, custom_domain
from components.parts.api_limits import ApiLimits
from components.parts.api_routes import routes
from components.parts.concurrency import reservations
from components.parts.handler_permissions import PUBLISHERS, Statements, Surroundings, permissions
from components.parts.names import client_queue_prefix, logical_name
from components.parts.outward import Outward
from components.parts.policies import allow, document
from components.parts.tags import stack_tags
from components.results_fanout import ResultsFanout
from components.scaler import Scaler, ScalerArgs
from components.sweeper import Sweeper, SweeperArgs
from components.traces import Traces, TracesArgs
from runtime.contracts import handler_names, handler_variables, keys

# API Gateway waits 30 s for an answer; a long poll takes 20.
TIMEOUT = 29
# Removing up to 90,000 queues takes longer than any answer. Lambda allows no more.
TIMEOUTS = {handler_names.CLEANUP: 900}
MEMORY_MIB = {handler_names.PROXY: sizes.POLL_MIB}


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcessingApiArgs:
    """Arguments of a ProcessingApi."""

    bundle: str
    """Path of the zip with all handlers."""
    jobs_table: JobsTable
    """The jobs table."""
    outputs: OutputBucket
    """Where results are, to sign their URLs."""
    fanout: ResultsFanout
    """The results topics: shards, on which clients are placed, and those of the distributions."""
    services: Mapping[str, AlgorithmService]
    """The algorithms' services by name."""
    cluster: Cluster
    """Where the services run."""
    url_seconds: int
    """How long a presigned URL is valid."""
    cors_origins: Sequence[pulumi.Input[str]]
    """Origins of pages that may call the API."""
    access: ApiAccess
    """Who may call it at all, before the client's token is checked, and under which name."""
    encryption: Encryption
    """How queues and topics are encrypted."""
    limits: ApiLimits
    """How much it takes."""
    outward: Outward
    """Whom the stack calls of its own accord."""
    network: Network
    """Where the stack's collector of traces is called from."""
    log_retention_days: int
    """Days that logs are kept."""
    architecture: str
    """CPU of the functions: ARM64 or X86_64."""


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
        self._region = aws.get_region(opts=pulumi.InvokeOptions(parent=self)).region
        self._account = aws.get_caller_identity(opts=pulumi.InvokeOptions(parent=self)).account_id
        self.traces = self._traces(args) if args.outward.collector else None
        self.callbacks = self._callbacks(args) if args.outward.callback_hosts else None
        environment = self._environment(args)
        reserved = reservations(args.limits.executions, args.fanout.capacity)
        traced = self.traces.environment if self.traces else {}
        self.scaler = self._scaler(args, reserved.get(handler_names.SCALER))
        sending: dict[str, pulumi.Input[str]] = {
            handler_variables.SCALER_FUNCTION: self.scaler.function.function.name,
            handler_variables.MAX_OPEN_JOBS: str(args.limits.open_jobs),
        }
        own = {
            handler_names.FAILURES: sending,
            handler_names.SYSTEM: {handler_variables.OPERATORS_SCOPE: scope}
            if (scope := args.access.operators_scope)
            else {},
            handler_names.ROUTER: {
                **sending,
                **(self.callbacks.environment(args.outward.callback_hosts) if self.callbacks else {}),
                **({**traced, handler_variables.TRACE_PERCENT: str(args.outward.trace_percent)} if traced else {}),
            },
            handler_names.PROXY: traced,
            handler_names.PROVISION: {
                handler_variables.UNDELIVERED_QUEUE_ARN: args.fanout.undelivered.arn,
                handler_variables.MAX_CLIENTS_PER_SUBJECT: str(args.limits.clients_per_subject),
            },
        }
        statements = permissions(self._surroundings(args))
        self.sweeper = self._sweeper(args, environment, statements.pop(handler_names.SWEEPER))
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
        self.api = self._api(name, args)
        cleanup = self._cleanup(name, len(args.fanout.shards))
        browsers = bool(args.cors_origins)
        functions = {handler: each.function for handler, each in self.functions.items()}
        made = routes(name, self.api, functions, args.access, self, browsers=browsers, after=cleanup)
        stage = self._stage(name, args, made)
        self._dead_letters(args.services)
        self._publishers(name, args.fanout)
        self.endpoint, self.domain_target = self.api.api_endpoint, None
        # what an operator's policy allows: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-control-access-using-iam-policies-to-invoke-api.html
        self.operators_resource = pulumi.Output.concat(self.api.execution_arn, "/*/*/operations/*")
        if args.access.domain:
            self.domain_target = custom_domain(name, self.api, stage, args.access, self)
            self.endpoint = pulumi.Output.from_input(f"https://{args.access.domain}")
        self.register_outputs({"endpoint": self.endpoint})

    def _callbacks(self, args: ProcessingApiArgs) -> Callbacks:
        arguments = CallbacksArgs(
            bundle=args.bundle,
            hosts=args.outward.callback_hosts,
            jobs_table=args.jobs_table,
            fanout=args.fanout,
            traces=self.traces,
            encryption=args.encryption,
            log_retention_days=args.log_retention_days,
            architecture=args.architecture,
        )
        return Callbacks("callbacks", arguments, pulumi.ResourceOptions(parent=self))

    def _traces(self, args: ProcessingApiArgs) -> Traces:
        arguments = TracesArgs(
            bundle=args.bundle,
            outward=args.outward,
            network=args.network,
            jobs_table=args.jobs_table,
            fanout=args.fanout,
            encryption=args.encryption,
            log_retention_days=args.log_retention_days,
            architecture=args.architecture,
        )
        return Traces("traces", arguments, pulumi.ResourceOptions(parent=self))

    def _scaler(self, args: ProcessingApiArgs, reserved: int | None) -> Scaler:
        arguments = ScalerArgs(
            region=self._region,
            account=self._account,
            bundle=args.bundle,
            jobs_table=args.jobs_table,
            services=args.services,
            cluster=args.cluster,
            reserved=reserved,
            log_retention_days=args.log_retention_days,
            architecture=args.architecture,
        )
        return Scaler("scaler", arguments, pulumi.ResourceOptions(parent=self))

    def _sweeper(
        self, args: ProcessingApiArgs, environment: Mapping[str, pulumi.Input[str]], statements: Statements
    ) -> Sweeper:
        arguments = SweeperArgs(
            account=self._account,
            bundle=args.bundle,
            environment=environment,
            statements=statements,
            job_max_age_seconds=args.limits.job_max_age_seconds,
            log_retention_days=args.log_retention_days,
            architecture=args.architecture,
        )
        return Sweeper("sweeper", arguments, pulumi.ResourceOptions(parent=self))

    def _environment(self, args: ProcessingApiArgs) -> dict[str, pulumi.Input[str]]:
        environment: dict[str, pulumi.Input[str]] = {
            handler_variables.TABLE_NAME: args.jobs_table.table.name,
            handler_variables.OUTPUT_BUCKET: args.outputs.bucket.id,
            **args.fanout.environment,
            handler_variables.CLIENT_QUEUE_PREFIX: client_queue_prefix(),
            handler_variables.CLIENTS_PER_SHARD: str(args.fanout.clients_per_shard),
            handler_variables.CLIENT_IDLE_SECONDS: str(args.limits.client_idle_days * 24 * 3600),
            handler_variables.URL_SECONDS: str(args.url_seconds),
        }
        if args.access.mode == "open":
            environment["ALLOWED_CIDRS"] = ",".join(args.access.allowed_cidrs)
        key = args.encryption.key_arn
        return {**environment, handler_variables.CLIENT_QUEUE_KMS_KEY: key} if key else environment

    def _surroundings(self, args: ProcessingApiArgs) -> Surroundings:
        here, account = self._region, self._account
        return Surroundings(
            table_arn=args.jobs_table.table.arn,
            bucket_arn=args.outputs.bucket.arn,
            shards=args.fanout.shard_resources,
            request_queue_arns=[queue.arn for service in args.services.values() for queue in service.queues.received],
            dead_letter_arns=[service.queues.dead_letters.arn for service in args.services.values()],
            client_queues_arn=f"arn:aws:sqs:{here}:{account}:{client_queue_prefix()}*",
            any_queue_arn=f"arn:aws:sqs:{here}:{account}:*",
            own_tags=stack_tags(""),
            services_arn=self.scaler.services_arn,
            cluster_arn=args.cluster.cluster.arn,
            scaler_arn=self.scaler.function.function.arn,
            callbacks_arn=self.callbacks.table.arn if self.callbacks else None,
            traces_arn=self.traces.queue.arn if self.traces else None,
            key_arn=args.encryption.key_arn,
        )

    def _api(self, name: str, args: ProcessingApiArgs) -> aws.apigatewayv2.Api:
        cors = aws.apigatewayv2.ApiCorsConfigurationArgs(
            allow_origins=list(args.cors_origins),
            allow_methods=["DELETE", "GET", "OPTIONS", "POST"],
            allow_headers=list(keys.CALL_HEADERS),
            max_age=3600,
        )
        return aws.apigatewayv2.Api(
            name,
            protocol_type="HTTP",
            cors_configuration=cors if args.cors_origins else None,
            opts=pulumi.ResourceOptions(parent=self),
        )

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

    def _stage(self, name: str, args: ProcessingApiArgs, after: Sequence[pulumi.Resource]) -> aws.apigatewayv2.Stage:
        return aws.apigatewayv2.Stage(
            f"{name}-stage",
            api_id=self.api.id,
            name="$default",
            auto_deploy=True,
            default_route_settings=args.limits.of_each_route(),
            route_settings=args.limits.of_routes(),
            access_log_settings=access_log(name, args.log_retention_days, self),
            # API Gateway refuses settings of a route that is not there yet.
            opts=pulumi.ResourceOptions(parent=self, depends_on=list(after)),
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
