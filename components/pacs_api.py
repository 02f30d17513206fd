"""The PACS API: a service behind a load balancer that shows what is in the existing bucket."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws
import pulumi_awsx as awsx

from components.api_access import ApiAccess
from components.balancer_log import BalancerLog, BalancerLogArgs
from components.buckets import ExistingBucket
from components.cluster import Cluster
from components.network import Network
from components.task import container, task, task_role

PORT = 8080
# A task that starts is not replaced for so long, whatever the load balancer finds.
START_SECONDS = 60
TLS_POLICY = "ELBSecurityPolicy-TLS13-1-2-2021-06"


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
    """Where it passes jobs on to."""
    access: ApiAccess
    """Who may call it: it checks JSON web tokens itself, and nothing in another mode, which needs `internal`."""
    tasks: int
    """Number of tasks."""
    internal: bool = True
    """Whether the load balancer is reachable from inside the VPC only."""
    allowed_cidrs: Sequence[str] = ()
    """Address ranges that may reach the load balancer."""
    certificate_arn: str = ""
    """Certificate of the HTTPS listener."""
    allow_http: bool = False
    """Serve plain HTTP where there is no certificate."""
    cors_origins: Sequence[pulumi.Input[str]] = ()
    """Origins of pages that may call it."""
    log_retention_days: int
    """Days that its logs are kept."""
    stop_timeout_seconds: int
    """How long a task may take to stop."""
    architecture: str
    """CPU of its tasks: ARM64 or X86_64."""

    def __post_init__(self) -> None:
        if not self.certificate_arn and not self.allow_http:
            raise ValueError("give certificate_arn, or set allow_http to serve images over plain HTTP")


class PacsApi(pulumi.ComponentResource):
    """A load balancer, and tasks that only it may call."""

    balancer: awsx.lb.ApplicationLoadBalancer
    service: awsx.ecs.FargateService
    url: pulumi.Output[str]

    def __init__(self, name: str, args: PacsApiArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("imaging:index:PacsApi", name, {}, opts)
        child = pulumi.ResourceOptions(parent=self)
        secure = bool(args.certificate_arn)
        front, back = self._groups(name, args, 443 if secure else 80)
        log = BalancerLog(f"{name}-log", BalancerLogArgs(retention_days=args.log_retention_days), child)
        check = aws.lb.TargetGroupHealthCheckArgs(path="/health", matcher="200", interval=15, timeout=5)
        self.balancer = awsx.lb.ApplicationLoadBalancer(
            name,
            internal=args.internal,
            subnet_ids=args.network.private_subnet_ids if args.internal else args.network.public_subnet_ids,
            security_groups=[front.id],
            drop_invalid_header_fields=True,
            access_logs=aws.lb.LoadBalancerAccessLogsArgs(bucket=log.bucket.id, enabled=True),
            # the container's own port: a service finds its container by it
            default_target_group=awsx.lb.TargetGroupArgs(
                port=PORT, protocol="HTTP", target_type="ip", deregistration_delay=30, health_check=check
            ),
            listener=awsx.lb.ListenerArgs(
                port=443 if secure else 80,
                protocol="HTTPS" if secure else "HTTP",
                certificate_arn=args.certificate_arn or None,
                ssl_policy=TLS_POLICY if secure else None,
            ),
            # AWS tries the bucket when the log is switched on
            opts=pulumi.ResourceOptions(parent=self, depends_on=[log.ready]),
        )
        self.service = self._service(name, args, back)
        address = self.balancer.load_balancer.apply(lambda balancer: balancer.dns_name)
        self.url = pulumi.Output.concat("https://" if secure else "http://", address)
        self.register_outputs({"url": self.url})

    def _groups(self, name: str, args: PacsApiArgs, port: int) -> tuple[aws.ec2.SecurityGroup, aws.ec2.SecurityGroup]:
        """Make the load balancer's group and the tasks' group, which lets in the load balancer alone."""
        child = pulumi.ResourceOptions(parent=self)
        front = aws.ec2.SecurityGroup(
            f"{name}-front", vpc_id=args.network.vpc_id, description="PACS API load balancer", opts=child
        )
        for number, cidr in enumerate(args.allowed_cidrs):
            aws.vpc.SecurityGroupIngressRule(
                f"{name}-front-in-{number}",
                security_group_id=front.id,
                ip_protocol="tcp",
                from_port=port,
                to_port=port,
                cidr_ipv4=cidr,
                opts=child,
            )
        back = args.network.closed_group(f"{name}-tasks", "PACS API tasks: called by the load balancer alone", self)
        aws.vpc.SecurityGroupEgressRule(
            f"{name}-front-out",
            security_group_id=front.id,
            ip_protocol="tcp",
            from_port=PORT,
            to_port=PORT,
            referenced_security_group_id=back.id,
            opts=child,
        )
        aws.vpc.SecurityGroupIngressRule(
            f"{name}-tasks-in",
            security_group_id=back.id,
            ip_protocol="tcp",
            from_port=PORT,
            to_port=PORT,
            referenced_security_group_id=front.id,
            opts=child,
        )
        return front, back

    def _service(self, name: str, args: PacsApiArgs, group: aws.ec2.SecurityGroup) -> awsx.ecs.FargateService:
        child = pulumi.ResourceOptions(parent=self)
        logs = aws.cloudwatch.LogGroup(f"{name}-logs", retention_in_days=args.log_retention_days, opts=child)
        role, allowed = task_role(f"{name}-task", args.pacs_bucket.reading(), self)
        port = awsx.ecs.TaskDefinitionPortMappingArgs(
            container_port=PORT, host_port=PORT, target_group=self.balancer.default_target_group
        )
        api = container(
            "pacs-api",
            args.image,
            ["python", "-m", "runtime.pacs"],
            {
                "PACS_BUCKET": args.pacs_bucket.id,
                "PACS_KEY_PATTERN": args.pacs_key_pattern,
                "PROCESSING_API_BASE": args.processing_api,
                "PORT": str(PORT),
                "CORS_ORIGINS": pulumi.Output.all(*args.cors_origins).apply(",".join),
                **_tokens(args.access),
            },
            args.stop_timeout_seconds,
            [port],
        )
        # Without NAT only a public subnet leads to the processing API; the group lets in the load balancer alone.
        public = not args.network.has_nat
        return awsx.ecs.FargateService(
            name,
            cluster=args.cluster.cluster.arn,
            desired_count=args.tasks,
            continue_before_steady_state=True,
            health_check_grace_period_seconds=START_SECONDS,
            capacity_provider_strategies=[
                aws.ecs.ServiceCapacityProviderStrategyArgs(capacity_provider="FARGATE", weight=1)
            ],
            platform_version="LATEST",
            enable_ecs_managed_tags=True,
            propagate_tags="SERVICE",
            deployment_circuit_breaker=aws.ecs.ServiceDeploymentCircuitBreakerArgs(enable=True, rollback=True),
            network_configuration=aws.ecs.ServiceNetworkConfigurationArgs(
                subnets=args.network.public_subnet_ids if public else args.network.private_subnet_ids,
                security_groups=[group.id],
                assign_public_ip=public,
            ),
            task_definition_args=task(
                api, vcpu=0.5, memory_mib=1024, role=role, logs=logs, architecture=args.architecture
            ),
            opts=pulumi.ResourceOptions(parent=self, depends_on=[args.cluster.capacity, allowed]),
        )


def _tokens(access: ApiAccess) -> dict[str, pulumi.Input[str]]:
    """Return what tells it whose JSON web tokens to take."""
    if access.mode != "jwt":
        return {}
    return {"JWT_ISSUER": access.issuer, "JWT_AUDIENCES": json.dumps(list(access.audiences))}
