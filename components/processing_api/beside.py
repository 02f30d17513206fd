"""The components beside the handlers of routes: what runs by the clock, and what calls others."""

from collections.abc import Mapping

import pulumi

from components.functions.callbacks import Callbacks, CallbacksArgs
from components.functions.scaler import Scaler, ScalerArgs
from components.functions.sweeper import Sweeper, SweeperArgs
from components.functions.traces import Traces, TracesArgs
from components.parts.handlers.surroundings import Statements
from components.processing_api.args import ProcessingApiArgs


def create_traces(args: ProcessingApiArgs, parent: pulumi.Resource) -> Traces:
    """Create what tells a collector of traces."""
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
    return Traces("traces", arguments, pulumi.ResourceOptions(parent=parent))


def create_callbacks(args: ProcessingApiArgs, traces: Traces | None, parent: pulumi.Resource) -> Callbacks:
    """Create what calls receivers when jobs have ended."""
    arguments = CallbacksArgs(
        bundle=args.bundle,
        hosts=args.outward.callback_hosts,
        jobs_table=args.jobs_table,
        fanout=args.fanout,
        traces=traces,
        encryption=args.encryption,
        log_retention_days=args.log_retention_days,
        architecture=args.architecture,
    )
    return Callbacks("callbacks", arguments, pulumi.ResourceOptions(parent=parent))


def create_scaler(
    args: ProcessingApiArgs, region: str, account: str, reserved: int | None, parent: pulumi.Resource
) -> Scaler:
    """Create what sets how many tasks each service has."""
    arguments = ScalerArgs(
        region=region,
        account=account,
        bundle=args.bundle,
        jobs_table=args.jobs_table,
        services=args.services,
        cluster=args.cluster,
        reserved=reserved,
        log_retention_days=args.log_retention_days,
        architecture=args.architecture,
    )
    return Scaler("scaler", arguments, pulumi.ResourceOptions(parent=parent))


def create_sweeper(
    args: ProcessingApiArgs,
    account: str,
    environment: Mapping[str, pulumi.Input[str]],
    statements: Statements,
    parent: pulumi.Resource,
) -> Sweeper:
    """Create what ends, tells and removes what nobody else looks after."""
    arguments = SweeperArgs(
        account=account,
        bundle=args.bundle,
        environment=environment,
        statements=statements,
        job_max_age_seconds=args.limits.job_max_age_seconds,
        log_retention_days=args.log_retention_days,
        architecture=args.architecture,
    )
    return Sweeper("sweeper", arguments, pulumi.ResourceOptions(parent=parent))
