"""awsx.ec2.Vpc: public and private subnets in each zone, with NAT gateways as asked."""

import ipaddress
from typing import Any

import pulumi
import pulumi_aws as aws

from runtime.local.awsx.base import Component
from runtime.local.resources.base import nested

KNOWN = (
    "cidrBlock",
    "numberOfAvailabilityZones",
    "natGateways",
    "enableDnsHostnames",
    "enableDnsSupport",
    "subnetStrategy",
    "tags",
)
ANYWHERE = "0.0.0.0/0"


def blocks(cidr: str, zones: int) -> list[tuple[str, str]]:
    """Return each zone's private and public block: half and an eighth of its share of the VPC."""
    share = 1 << (zones - 1).bit_length()
    network = ipaddress.ip_network(cidr)
    pairs: list[tuple[str, str]] = []
    for zone in list(network.subnets(new_prefix=network.prefixlen + share.bit_length() - 1))[:zones]:
        private, rest = zone.subnets(prefixlen_diff=1)
        pairs.append((str(private), str(next(iter(rest.subnets(prefixlen_diff=2))))))
    return pairs


class Vpc(Component):
    """Expands `awsx:ec2:Vpc`."""

    def __init__(self, name: str, inputs: dict[str, Any], opts: pulumi.ResourceOptions) -> None:
        super().__init__("awsx:ec2:Vpc", name, inputs, KNOWN, opts)
        child, tags = self.child, inputs.get("tags")
        count = int(inputs.get("numberOfAvailabilityZones", 3))
        strategy = nested(inputs, "natGateways").get("strategy", "OnePerAz")
        cidr = inputs.get("cidrBlock", "10.0.0.0/16")
        self.vpc = aws.ec2.Vpc(
            name,
            cidr_block=cidr,
            enable_dns_hostnames=inputs.get("enableDnsHostnames", True),
            enable_dns_support=inputs.get("enableDnsSupport", True),
            tags={**(tags or {}), "Name": name},
            opts=child,
        )
        self.gateway = aws.ec2.InternetGateway(name, vpc_id=self.vpc.id, tags=tags, opts=child)
        zones = aws.get_availability_zones(opts=pulumi.InvokeOptions(parent=self)).names[:count]
        self.subnets: dict[str, list[aws.ec2.Subnet]] = {"public": [], "private": []}
        self.tables: list[aws.ec2.RouteTable] = []
        self.associations: list[aws.ec2.RouteTableAssociation] = []
        self.routes: list[aws.ec2.Route] = []
        self.nats: list[aws.ec2.NatGateway] = []
        self.eips: list[aws.ec2.Eip] = []
        for number, (zone, (private, public)) in enumerate(zip(zones, blocks(cidr, count), strict=True), 1):
            table = self._subnet(f"{name}-public-{number}", "public", zone, public, tags)
            self._route(f"{name}-public-{number}", table, gateway_id=self.gateway.id)
            if strategy == "OnePerAz" or (strategy == "Single" and number == 1):
                self._nat(f"{name}-{number}", self.subnets["public"][-1], tags)
            table = self._subnet(f"{name}-private-{number}", "private", zone, private, tags)
            if self.nats:
                self._route(f"{name}-private-{number}", table, nat_gateway_id=self.nats[-1].id)
        self.done(
            vpc=self.vpc,
            vpcId=self.vpc.id,
            internetGateway=self.gateway,
            subnets=[*self.subnets["public"], *self.subnets["private"]],
            publicSubnets=self.subnets["public"],
            privateSubnets=self.subnets["private"],
            isolatedSubnets=[],
            publicSubnetIds=[subnet.id for subnet in self.subnets["public"]],
            privateSubnetIds=[subnet.id for subnet in self.subnets["private"]],
            isolatedSubnetIds=[],
            routeTables=self.tables,
            routeTableAssociations=self.associations,
            routes=self.routes,
            natGateways=self.nats,
            eips=self.eips,
            vpcEndpoints=[],
            subnetLayout=[],
        )

    def _subnet(self, name: str, kind: str, zone: str, cidr: str, tags: Any) -> aws.ec2.RouteTable:
        subnet = aws.ec2.Subnet(
            name,
            vpc_id=self.vpc.id,
            availability_zone=zone,
            cidr_block=cidr,
            map_public_ip_on_launch=kind == "public",
            tags={**(tags or {}), "Name": name, "SubnetType": kind.capitalize()},
            opts=self.child,
        )
        inner = pulumi.ResourceOptions(parent=subnet)
        table = aws.ec2.RouteTable(name, vpc_id=self.vpc.id, tags={**(tags or {}), "Name": name}, opts=inner)
        self.associations.append(
            aws.ec2.RouteTableAssociation(
                name, subnet_id=subnet.id, route_table_id=table.id, opts=pulumi.ResourceOptions(parent=table)
            )
        )
        self.subnets[kind].append(subnet)
        self.tables.append(table)
        return table

    def _route(self, name: str, table: aws.ec2.RouteTable, **target: Any) -> None:
        options = pulumi.ResourceOptions(parent=table)
        route = aws.ec2.Route(name, route_table_id=table.id, destination_cidr_block=ANYWHERE, opts=options, **target)
        self.routes.append(route)

    def _nat(self, name: str, subnet: aws.ec2.Subnet, tags: Any) -> None:
        options = pulumi.ResourceOptions(parent=subnet)
        address = aws.ec2.Eip(name, tags=tags, opts=options)
        self.eips.append(address)
        self.nats.append(
            aws.ec2.NatGateway(name, subnet_id=subnet.id, allocation_id=address.allocation_id, tags=tags, opts=options)
        )
