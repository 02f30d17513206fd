"""The PACS API: a service behind a load balancer that shows what is in the existing bucket."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws
import pulumi_awsx as awsx

from components.cluster import Cluster
from components.network import Network
from components.pacs.pacs_balancer import PacsBalancer, PacsBalancerArgs
from components.parts import sizes
from components.parts.api.access import ApiAccess
from components.parts.buckets import ExistingBucket
from components.parts.fargate.service import fargate_service
from components.parts.fargate.task import container, task, task_role
from components.parts.pacs_exposure import PacsExposure
from runtime.contracts.variables import pacs_variables

PORT = 8080
# ECS does not replace a new task for so many seconds, whatever the load balancer's health check finds.
START_SECONDS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class PacsApiArgs:
    """Arguments of a PacsApi."""

    image: pulumi.Input[str]
    """Container image of the platform."""
    cluster: Cluster
    """Where its tasks run."""
    network: Network
    """The subnets of the load balancer and of the tasks."""
    pacs_bucket: ExistingBucket
    """The bucket that it shows."""
    pacs_key_pattern: str
    """Where an image lies in that bucket."""
    processing_api: pulumi.Input[str]
    """Address of the processing API, to which it passes jobs on."""
    access: ApiAccess
    """Who may call it: it checks JSON web tokens itself; in other modes it checks nothing and needs `internal`."""
    uploads: bool = False
    """Whether its callers may store images in the bucket."""
    patient_columns: bool = False
    """Whether its list of studies names patients."""
    tasks: int
    """Number of tasks."""
    exposure: PacsExposure
    """How its load balancer is reached."""
    cors_origins: Sequence[pulumi.Input[str]] = ()
    """Origins of pages that may call it."""
    log_retention_days: int
    """Days that its logs are kept."""
    stop_timeout_seconds: int
    """Seconds that a task may take to stop."""
    architecture: str
    """CPU of its tasks: ARM64 or X86_64."""


class PacsApi(pulumi.ComponentResource):
    """A load balancer, and tasks that only it may call."""

    balancer: PacsBalancer
    tasks: int
    service: awsx.ecs.FargateService

    def __init__(self, name: str, args: PacsApiArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("imaging:index:PacsApi", name, {}, opts)
        group = args.network.closed_group(f"{name}-tasks", "PACS API tasks: called by the load balancer alone", self)
        self.tasks = args.tasks
        self.balancer = PacsBalancer(
            name,
            PacsBalancerArgs(
                network=args.network,
                exposure=args.exposure,
                tasks=group,
                port=PORT,
                log_retention_days=args.log_retention_days,
            ),
            pulumi.ResourceOptions(parent=self),
        )
        self.service = self._service(name, args, group)
        self.register_outputs({"url": self.balancer.url})

    def _service(self, name: str, args: PacsApiArgs, group: aws.ec2.SecurityGroup) -> awsx.ecs.FargateService:
        child = pulumi.ResourceOptions(parent=self)
        logs = aws.cloudwatch.LogGroup(f"{name}-logs", retention_in_days=args.log_retention_days, opts=child)
        storing = args.pacs_bucket.storing(args.pacs_key_pattern) if args.uploads else []
        role, allowed = task_role(f"{name}-task", [*args.pacs_bucket.reading(), *storing], self)
        port = awsx.ecs.TaskDefinitionPortMappingArgs(
            container_port=PORT, host_port=PORT, target_group=self.balancer.balancer.default_target_group
        )
        api = container(
            "pacs-api",
            image=args.image,
            command=["python", "-m", "runtime.pacs"],
            environment={
                pacs_variables.PACS_BUCKET: args.pacs_bucket.id,
                pacs_variables.PACS_KEY_PATTERN: args.pacs_key_pattern,
                pacs_variables.PROCESSING_API_BASE: args.processing_api,
                pacs_variables.PORT: str(PORT),
                pacs_variables.MEMORY_MIB: str(sizes.PACS_MIB),
                pacs_variables.CORS_ORIGINS: pulumi.Output.all(*args.cors_origins).apply(",".join),
                **_tokens(args.access),
                **({pacs_variables.UPLOADS: "true"} if args.uploads else {}),
                **({pacs_variables.PATIENT_COLUMNS: "true"} if args.patient_columns else {}),
            },
            stop_timeout=args.stop_timeout_seconds,
            logs=logs,
            ports=[port],
        )
        # Without NAT only a public subnet reaches the processing API; the group lets in the load balancer alone.
        public = not args.network.has_nat
        return fargate_service(
            name,
            cluster=args.cluster.cluster,
            tasks=args.tasks,
            health_check_grace_period_seconds=START_SECONDS,
            capacity_provider_strategies=[
                aws.ecs.ServiceCapacityProviderStrategyArgs(capacity_provider="FARGATE", weight=1)
            ],
            subnets=args.network.public_subnet_ids if public else args.network.private_subnet_ids,
            group=group,
            public=public,
            task_definition_args=task(
                api,
                vcpu=sizes.PACS_VCPU,
                memory_mib=sizes.PACS_MIB,
                role=role,
                architecture=args.architecture,
            ),
            opts=pulumi.ResourceOptions(
                parent=self, depends_on=[args.cluster.capacity, allowed, *self.balancer.listeners]
            ),
        )


def _tokens(access: ApiAccess) -> dict[str, pulumi.Input[str]]:
    """Return the variables that say whose JSON web tokens it takes."""
    if access.mode != "jwt":
        return {}
    return {pacs_variables.JWT_ISSUER: access.issuer, pacs_variables.JWT_AUDIENCES: json.dumps(list(access.audiences))}
