"""The network of the tasks: a VPC of the stack's own, or an existing one."""

from collections.abc import Sequence
from dataclasses import dataclass

import pulumi
import pulumi_aws as aws
import pulumi_awsx as awsx

from components.parts import sizes

NAT = {
    "none": awsx.ec2.NatGatewayStrategy.NONE,
    "single": awsx.ec2.NatGatewayStrategy.SINGLE,
    "one-per-az": awsx.ec2.NatGatewayStrategy.ONE_PER_AZ,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkArgs:
    """Arguments of a Network."""

    nat: str = "single"
    """NAT gateways of a new VPC: none, single or one-per-az. With none, AWS is reached through interface endpoints."""
    zones: int = 2
    """Availability zones of a new VPC."""
    vpc_id: str = ""
    """An existing VPC, which is used as it is."""
    public_subnet_ids: Sequence[str] = ()
    """Public subnets of the existing VPC."""
    private_subnet_ids: Sequence[str] = ()
    """Private subnets of the existing VPC, with a way out."""

    def __post_init__(self) -> None:
        if bool(self.vpc_id) != bool(self.public_subnet_ids and self.private_subnet_ids):
            raise ValueError("vpc_id and both public_subnet_ids and private_subnet_ids must be given together")


class Network(pulumi.ComponentResource):
    """The VPC, its subnets, and a security group for tasks, which lets nothing in."""

    vpc_id: pulumi.Input[str]
    public_subnet_ids: pulumi.Input[Sequence[pulumi.Input[str]]]
    private_subnet_ids: pulumi.Input[Sequence[pulumi.Input[str]]]
    gateways: Sequence[pulumi.Input[pulumi.Resource]]
    has_nat: bool
    task_group: aws.ec2.SecurityGroup

    def __init__(self, name: str, args: NetworkArgs, opts: pulumi.ResourceOptions | None = None) -> None:
        super().__init__("imaging:index:Network", name, {}, opts)
        child = pulumi.ResourceOptions(parent=self)
        self.has_nat = bool(args.vpc_id) or args.nat != "none"
        if args.vpc_id:
            self.vpc_id = args.vpc_id
            self.public_subnet_ids, self.private_subnet_ids = args.public_subnet_ids, args.private_subnet_ids
            self.gateways = []
        else:
            vpc = awsx.ec2.Vpc(
                name,
                number_of_availability_zones=args.zones,
                nat_gateways=awsx.ec2.NatGatewayConfigurationArgs(strategy=NAT[args.nat]),
                subnet_strategy=awsx.ec2.SubnetAllocationStrategy.AUTO,
                enable_dns_hostnames=True,
                opts=child,
            )
            self.vpc_id = vpc.vpc_id
            self.public_subnet_ids, self.private_subnet_ids = vpc.public_subnet_ids, vpc.private_subnet_ids
            self.gateways = [vpc.internet_gateway]
            self._endpoints(name, vpc, args.nat)
        self.task_group = self.closed_group(f"{name}-tasks", "Tasks: nothing comes in, HTTPS goes out", self)
        self.register_outputs({"vpcId": self.vpc_id})

    def closed_group(self, name: str, description: str, parent: pulumi.Resource) -> aws.ec2.SecurityGroup:
        """Make a security group that lets nothing in and HTTPS out."""
        child = pulumi.ResourceOptions(parent=parent)
        group = aws.ec2.SecurityGroup(name, vpc_id=self.vpc_id, description=description, opts=child)
        aws.vpc.SecurityGroupEgressRule(
            f"{name}-https-out",
            security_group_id=group.id,
            ip_protocol="tcp",
            from_port=443,
            to_port=443,
            cidr_ipv4="0.0.0.0/0",  # AWS's own addresses: the services have no fixed ranges
            opts=child,
        )
        return group

    def _endpoints(self, name: str, vpc: awsx.ec2.Vpc, nat: str) -> None:
        child = pulumi.ResourceOptions(parent=self)
        region = aws.get_region(opts=pulumi.InvokeOptions(parent=self)).region
        tables = vpc.route_tables.apply(lambda tables: [table.id for table in tables])
        for service in ("s3", "dynamodb"):
            aws.ec2.VpcEndpoint(
                f"{name}-{service}",
                vpc_id=vpc.vpc_id,
                service_name=f"com.amazonaws.{region}.{service}",
                vpc_endpoint_type="Gateway",
                route_table_ids=tables,
                opts=child,
            )
        if nat != "none":
            return
        group = aws.ec2.SecurityGroup(
            f"{name}-endpoints", vpc_id=vpc.vpc_id, description="Interface endpoints: HTTPS from the VPC", opts=child
        )
        aws.vpc.SecurityGroupIngressRule(
            f"{name}-endpoints-https-in",
            security_group_id=group.id,
            ip_protocol="tcp",
            from_port=443,
            to_port=443,
            cidr_ipv4=vpc.vpc.cidr_block,
            opts=child,
        )
        for service in sizes.INTERFACES:
            aws.ec2.VpcEndpoint(
                f"{name}-{service.replace('.', '-')}",
                vpc_id=vpc.vpc_id,
                service_name=f"com.amazonaws.{region}.{service}",
                vpc_endpoint_type="Interface",
                private_dns_enabled=True,
                subnet_ids=vpc.private_subnet_ids,
                security_group_ids=[group.id],
                opts=child,
            )
