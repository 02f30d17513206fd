"""The function that sends, publishes or ends stuck jobs; the schedule calls it each minute."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pulumi
import pulumi_aws as aws

from components.functions.handler_function import HandlerFunction, HandlerFunctionArgs
from components.parts.handlers.schedule import TIMEOUT, each_minute
from components.parts.metrics import namespace
from runtime.contracts.variables import handler_names, handler_variables


@dataclass(frozen=True, slots=True, kw_only=True)
class SweeperArgs:
    """Arguments of a Sweeper."""

    account: str
    """The account's number."""
    bundle: str
    """Path of the zip with all handlers."""
    environment: Mapping[str, pulumi.Input[str]]
    """Variables that every handler has."""
    statements: Sequence[dict[str, Any]]
    """What its role may do."""
    job_max_age_seconds: int
    """Seconds after its acceptance in which a job ends in any case."""
    log_retention_days: int
    """Days that its log is kept."""
    architecture: str
    """CPU of the function: ARM64 or X86_64."""


class Sweeper(pulumi.ComponentResource):
    """The function `sweeper` and its schedule."""

    function: HandlerFunction
    schedule: aws.scheduler.Schedule

    def __init__(self, name: str, args: SweeperArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("imaging:index:Sweeper", name, {}, opts)
        self.function = HandlerFunction(
            name,
            HandlerFunctionArgs(
                handler=handler_names.SWEEPER,
                bundle=args.bundle,
                environment={
                    **args.environment,
                    handler_variables.METRICS_NAMESPACE: namespace(),
                    handler_variables.JOB_MAX_AGE_SECONDS: str(args.job_max_age_seconds),
                },
                statements=list(args.statements),
                timeout=TIMEOUT,
                log_retention_days=args.log_retention_days,
                architecture=args.architecture,
            ),
            pulumi.ResourceOptions(parent=self),
        )
        self.schedule = each_minute(name, self.function.function, args.account, self)
        self.register_outputs({"functionName": self.function.function.name})
