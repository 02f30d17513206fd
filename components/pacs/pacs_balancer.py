"""The load balancer of the PACS API: its callers, its listeners and its name."""

from collections.abc import Sequence
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws
import pulumi_awsx as awsx

from components.network import Network
from components.pacs.balancer_groups import BalancerGroups, BalancerGroupsArgs
from components.pacs.balancer_log import BalancerLog, BalancerLogArgs
from components.parts.pacs_exposure import HTTP, HTTPS, PacsExposure

TLS_POLICY = "ELBSecurityPolicy-TLS13-1-2-2021-06"


@dataclass(frozen=True, slots=True, kw_only=True)
class PacsBalancerArgs:
    """Arguments of a PacsBalancer."""

    network: Network
    """The load balancer's VPC and subnets."""
    exposure: PacsExposure
    """How it is reached."""
    tasks: aws.ec2.SecurityGroup
    """Security group of the tasks, which lets in the load balancer alone."""
    port: int
    """Port of the tasks."""
    log_retention_days: int
    """Days that the log of calls is kept."""


class PacsBalancer(pulumi.ComponentResource):
    """A load balancer that forwards every call, and a listener for each way in.

    Attributes
    ----------
    balancer : the load balancer, with the target group of the tasks.
    listeners : the listeners, which must exist before a service joins the target group.
    gateways : the VPC's internet gateway, which CloudFront needs.
    url : its own address, with the domain or the name that AWS gave it.
    """

    balancer: awsx.lb.ApplicationLoadBalancer
    listeners: list[aws.lb.Listener]
    gateways: Sequence[pulumi.Input[pulumi.Resource]]
    url: pulumi.Output[str]

    def __init__(self, name: str, args: PacsBalancerArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("imaging:index:PacsBalancer", name, {}, opts)
        exposure, network = args.exposure, args.network
        self.gateways = network.gateways
        log = BalancerLog(
            f"{name}-log",
            BalancerLogArgs(retention_days=args.log_retention_days),
            pulumi.ResourceOptions(parent=self),
        )
        groups = BalancerGroups(
            name,
            BalancerGroupsArgs(network=network, exposure=exposure, tasks=args.tasks, port=args.port),
            pulumi.ResourceOptions(parent=self),
        )
        check = aws.lb.TargetGroupHealthCheckArgs(path="/health", matcher="200", interval=15, timeout=5)
        self.balancer = awsx.lb.ApplicationLoadBalancer(
            name,
            internal=exposure.internal,
            subnet_ids=network.private_subnet_ids if exposure.internal else network.public_subnet_ids,
            security_groups=groups.ids,
            drop_invalid_header_fields=True,
            access_logs=aws.lb.LoadBalancerAccessLogsArgs(bucket=log.bucket.id, enabled=True),
            # the container's own port, by which a service finds its container
            default_target_group=awsx.lb.TargetGroupArgs(
                port=args.port, protocol="HTTP", target_type="ip", deregistration_delay=30, health_check=check
            ),
            listeners=[],  # awsx numbers them, so removing one would rename the others
            # AWS writes to the bucket as soon as the log is switched on
            opts=pulumi.ResourceOptions(parent=self, depends_on=[log.ready]),
        )
        self.listeners = []
        if exposure.site or not exposure.domain:
            self.listeners.append(self._listener(f"{name}-http"))
        if exposure.domain:
            self.listeners.append(self._listener(f"{name}-https", certificate_arn=exposure.certificate_arn))
        named = f"https://{exposure.domain}" if exposure.domain else pulumi.Output.concat("http://", self.dns_name)
        self.url = pulumi.Output.from_input(named)
        self.register_outputs({"url": self.url})

    @property
    def arn(self) -> pulumi.Output[str]:
        """Return its ARN."""
        return self.balancer.load_balancer.apply(lambda balancer: balancer.arn)

    @property
    def name(self) -> pulumi.Output[str]:
        """Return its name in the account."""
        return self.balancer.load_balancer.apply(lambda balancer: balancer.name)

    @property
    def arn_suffix(self) -> pulumi.Output[str]:
        """Return its name in CloudWatch."""
        return self.balancer.load_balancer.apply(lambda balancer: balancer.arn_suffix)

    @property
    def dns_name(self) -> pulumi.Output[str]:
        """Return the name that AWS gave it."""
        return self.balancer.load_balancer.apply(lambda balancer: balancer.dns_name)

    def _listener(self, name: str, certificate_arn: str | None = None) -> aws.lb.Listener:
        forward = aws.lb.ListenerDefaultActionArgs(
            type="forward", target_group_arn=self.balancer.default_target_group.apply(lambda group: group.arn)
        )
        return aws.lb.Listener(
            name,
            load_balancer_arn=self.arn,
            port=HTTPS if certificate_arn else HTTP,
            protocol="HTTPS" if certificate_arn else "HTTP",
            certificate_arn=certificate_arn,
            ssl_policy=TLS_POLICY if certificate_arn else None,
            default_actions=[forward],
            opts=pulumi.ResourceOptions(parent=self),
        )
