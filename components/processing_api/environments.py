"""The environment variables of the handlers."""

import pulumi

from components.functions.callbacks import Callbacks
from components.functions.scaler import Scaler
from components.functions.traces import Traces
from components.parts.names import client_queue_prefix
from components.processing_api.args import ProcessingApiArgs
from runtime.contracts.variables import handler_names, handler_variables

Environment = dict[str, pulumi.Input[str]]


def of_each(args: ProcessingApiArgs) -> Environment:
    """Return what every handler has."""
    environment: Environment = {
        handler_variables.TABLE_NAME: args.jobs_table.table.name,
        handler_variables.OUTPUT_BUCKET: args.outputs.bucket.id,
        **args.fanout.environment,
        handler_variables.CLIENT_QUEUE_PREFIX: client_queue_prefix(),
        handler_variables.CLIENTS_PER_SHARD: str(args.fanout.clients_per_shard),
        handler_variables.CLIENT_IDLE_SECONDS: str(args.limits.client_idle_days * 24 * 3600),
        handler_variables.URL_SECONDS: str(args.url_seconds),
    }
    if args.access.mode == "open":
        environment[handler_variables.ALLOWED_CIDRS] = ",".join(args.access.allowed_cidrs)
    if key := args.encryption.key_arn:
        environment[handler_variables.CLIENT_QUEUE_KMS_KEY] = key
    return environment


def own(
    args: ProcessingApiArgs, scaler: Scaler, callbacks: Callbacks | None, traces: Traces | None
) -> dict[str, Environment]:
    """Return what single handlers have beside that."""
    traced: Environment = dict(traces.environment) if traces else {}
    sending: Environment = {
        handler_variables.SCALER_FUNCTION: scaler.function.function.name,
        handler_variables.MAX_OPEN_JOBS: str(args.limits.open_jobs),
    }
    scope = args.access.operators_scope
    return {
        handler_names.FAILURES: sending,
        handler_names.SYSTEM: {handler_variables.OPERATORS_SCOPE: scope} if scope else {},
        handler_names.ROUTER: {
            **sending,
            **(callbacks.environment(args.outward.callback_hosts) if callbacks else {}),
            **({**traced, handler_variables.TRACE_PERCENT: str(args.outward.trace_percent)} if traced else {}),
        },
        handler_names.PROXY: traced,
        handler_names.PROVISION: {
            handler_variables.UNDELIVERED_QUEUE_ARN: args.fanout.undelivered.arn,
            handler_variables.MAX_CLIENTS_PER_SUBJECT: str(args.limits.clients_per_subject),
        },
    }
