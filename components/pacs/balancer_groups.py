"""The security groups of the PACS API's load balancer: its callers, its tasks, CloudFront."""

from dataclasses import dataclass
from typing import Any

import pulumi
import pulumi_aws as aws

from components.network import Network
from components.parts.pacs_exposure import HTTP, HTTPS, PacsExposure

# The addresses from which CloudFront calls origins; AWS keeps the list.
CLOUDFRONT = "com.amazonaws.global.cloudfront.origin-facing"


@dataclass(frozen=True, slots=True, kw_only=True)
class BalancerGroupsArgs:
    """Arguments of BalancerGroups."""

    network: Network
    """The VPC of the groups."""
    exposure: PacsExposure
    """Who may reach the load balancer."""
    tasks: aws.ec2.SecurityGroup
    """The tasks' group, which lets in the load balancer alone."""
    port: int
    """Port of the tasks."""


class BalancerGroups(pulumi.ComponentResource):
    """One group for the callers and the tasks, and one for CloudFront if it serves the API."""

    ids: list[pulumi.Output[str]]

    def __init__(self, name: str, args: BalancerGroupsArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("imaging:index:BalancerGroups", name, {}, opts)
        self._vpc = args.network.vpc_id
        front = self._group(f"{name}-front", "PACS API load balancer")
        for number, cidr in enumerate(args.exposure.allowed_cidrs if args.exposure.direct else ()):
            port = HTTPS if args.exposure.domain else HTTP
            self._enter(f"{name}-front-in-{number}", front, port, cidr_ipv4=cidr)
        aws.vpc.SecurityGroupEgressRule(
            f"{name}-front-out",
            security_group_id=front.id,
            ip_protocol="tcp",
            from_port=args.port,
            to_port=args.port,
            referenced_security_group_id=args.tasks.id,
            opts=pulumi.ResourceOptions(parent=self),
        )
        self._enter(f"{name}-tasks-in", args.tasks, args.port, referenced_security_group_id=front.id)
        self.ids = [front.id, *([self._cloudfront(name)] if args.exposure.site else [])]
        self.register_outputs({})

    def _cloudfront(self, name: str) -> pulumi.Output[str]:
        """Make CloudFront's own group: its prefix list counts as 55 of the 60 rules that a group may have."""
        group = self._group(f"{name}-cloudfront", "PACS API load balancer: called by CloudFront")
        inside = pulumi.InvokeOutputOptions(parent=self)
        addresses = aws.ec2.get_managed_prefix_list_output(name=CLOUDFRONT, opts=inside)
        self._enter(f"{name}-cloudfront-in", group, HTTP, prefix_list_id=addresses.id)
        return group.id

    def _group(self, name: str, description: str) -> aws.ec2.SecurityGroup:
        return aws.ec2.SecurityGroup(
            name, vpc_id=self._vpc, description=description, opts=pulumi.ResourceOptions(parent=self)
        )

    def _enter(self, name: str, group: aws.ec2.SecurityGroup, port: int, **source: Any) -> None:
        aws.vpc.SecurityGroupIngressRule(
            name,
            security_group_id=group.id,
            ip_protocol="tcp",
            from_port=port,
            to_port=port,
            opts=pulumi.ResourceOptions(parent=self),
            **source,
        )
