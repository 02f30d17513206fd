"""One Lambda function of the handlers' bundle, with a role and a log group of its own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pulumi
import pulumi_aws as aws

from components.parts import sizes
from components.parts.policies import allow, assumed_by, document

RUNTIME = "python3.13"
ARCHITECTURES = {"ARM64": "arm64", "X86_64": "x86_64"}


@dataclass(frozen=True, slots=True, kw_only=True)
class HandlerFunctionArgs:
    """Arguments of a HandlerFunction."""

    handler: str
    """Name of the module in runtime.handlers."""
    bundle: str
    """Path of the zip with all handlers."""
    environment: Mapping[str, pulumi.Input[str]]
    """Variables of the function."""
    statements: Sequence[Mapping[str, Any]]
    """What its role may do, besides writing its own log."""
    timeout: int
    """Seconds after which a call is stopped."""
    log_retention_days: int
    """Days that its logs are kept."""
    architecture: str
    """CPU: ARM64 or X86_64; the bundle has no compiled code."""
    memory_mib: int = sizes.FUNCTION_MIB
    """Its memory, and with it its share of a CPU."""
    reserved: int | None = None
    """Executions at once that are reserved for it, and its maximum; None: what the account has left."""
    vpc: aws.lambda_.FunctionVpcConfigArgs | None = None
    """Where in a VPC it is; None: outside, where it reaches the internet and nothing private."""


class HandlerFunction(pulumi.ComponentResource):
    """A Lambda function whose role allows what its handler does, and no more."""

    function: aws.lambda_.Function
    role: aws.iam.Role

    def __init__(self, name: str, args: HandlerFunctionArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("imaging:index:HandlerFunction", name, {}, opts)
        child = pulumi.ResourceOptions(parent=self)
        logs = aws.cloudwatch.LogGroup(f"{name}-logs", retention_in_days=args.log_retention_days, opts=child)
        self.role = aws.iam.Role(f"{name}-role", assume_role_policy=assumed_by("lambda.amazonaws.com"), opts=child)
        own_log = allow(["logs:CreateLogStream", "logs:PutLogEvents"], [pulumi.Output.concat(logs.arn, ":*")])
        policy = aws.iam.RolePolicy(
            f"{name}-policy", role=self.role.name, policy=document(own_log, *args.statements), opts=child
        )
        self.function = aws.lambda_.Function(
            name,
            runtime=RUNTIME,
            architectures=[ARCHITECTURES[args.architecture]],
            handler=f"runtime.handlers.{args.handler}.handler",
            code=pulumi.FileArchive(args.bundle),
            role=self.role.arn,
            memory_size=args.memory_mib,
            reserved_concurrent_executions=args.reserved,
            timeout=args.timeout,
            vpc_config=args.vpc,
            environment=aws.lambda_.FunctionEnvironmentArgs(variables=dict(args.environment)),
            logging_config=aws.lambda_.FunctionLoggingConfigArgs(log_format="JSON", log_group=logs.name),
            opts=pulumi.ResourceOptions(parent=self, depends_on=[policy]),
        )
        self.register_outputs({"functionName": self.function.name})
