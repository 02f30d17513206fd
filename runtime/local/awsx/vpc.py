"""awsx.ec2.Vpc: public and private subnets in each zone, with NAT gateways by strategy."""

from typing import Any

import pulumi
import pulumi_aws as aws

from runtime.local.awsx.arguments import keywords
from runtime.local.awsx.base import Component
from runtime.local.awsx.subnets import blocks, nat_strategy, zone_names
from runtime.local.resources.base import nested

ANYWHERE = "0.0.0.0/0"
# Arguments that the VPC takes unchanged.
OWN = ("enableDnsHostnames", "enableDnsSupport", "instanceTenancy")
LAYOUT = ("availabilityZoneNames", "numberOfAvailabilityZones", "cidrBlock", "natGateways", "subnetStrategy")


class Vpc(Component):
    """Expands `awsx:ec2:Vpc`. Without specs of subnets, the strategies Auto and Legacy lay them out alike."""

    kind = "awsx:ec2:Vpc"
    supports = (*LAYOUT, *OWN, "tags")
    plain = LAYOUT
    exclude = (("availabilityZoneNames", "numberOfAvailabilityZones"),)

    def __init__(self, name: str, inputs: dict[str, Any], opts: pulumi.ResourceOptions) -> None:
        super().__init__(name, inputs, opts)
        if (layout := inputs.get("subnetStrategy", "Legacy")) not in ("Auto", "Legacy"):
            raise NotImplementedError(f"subnetStrategy {layout} is not supported by the stand-in")
        offered: list[str] = []
        if inputs.get("availabilityZoneNames") is None:
            offered = list(aws.get_availability_zones(opts=pulumi.InvokeOptions(parent=self)).names)
        zones = zone_names(offered, inputs.get("availabilityZoneNames"), inputs.get("numberOfAvailabilityZones"))
        addresses: list[Any] = nested(inputs, "natGateways").get("elasticIpAllocationIds") or []
        strategy = nat_strategy(nested(inputs, "natGateways"), len(zones))
        cidr = inputs.get("cidrBlock", "10.0.0.0/16")
        division = blocks(cidr, len(zones))
        self.tags: dict[str, Any] = inputs.get("tags") or {}
        own = keywords({key: inputs[key] for key in OWN if key in inputs})
        self.vpc = aws.ec2.Vpc(name, cidr_block=cidr, tags={"Name": name, **self.tags}, opts=self.child, **own)
        self.inside = pulumi.ResourceOptions(parent=self.vpc)
        self.gateway = aws.ec2.InternetGateway(
            name, vpc_id=self.vpc.id, tags={"Name": name, **self.tags}, opts=self.inside
        )
        self.subnets: dict[str, list[aws.ec2.Subnet]] = {"public": [], "private": []}
        self.tables: list[aws.ec2.RouteTable] = []
        self.associations: list[aws.ec2.RouteTableAssociation] = []
        self.routes: list[aws.ec2.Route] = []
        self.nats: list[aws.ec2.NatGateway] = []
        self.eips: list[aws.ec2.Eip] = []
        for number, (zone, (private, public)) in enumerate(zip(zones, division, strict=True), 1):
            table = self._subnet(f"{name}-public-{number}", "public", zone, public)
            self._route(f"{name}-public-{number}", table, gateway_id=self.gateway.id)
            if strategy == "OnePerAz" or (strategy == "Single" and number == 1):
                self._nat(f"{name}-{number}", self.subnets["public"][-1], addresses[number - 1 : number])
            table = self._subnet(f"{name}-private-{number}", "private", zone, private)
            if self.nats:
                self._route(f"{name}-private-{number}", table, nat_gateway_id=self.nats[-1].id)
        pairs = zip(self.subnets["public"], self.subnets["private"], strict=True)
        self.done(
            vpc=self.vpc,
            vpcId=self.vpc.id,
            internetGateway=self.gateway,
            subnets=[subnet for pair in pairs for subnet in pair],
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

    def _subnet(self, name: str, kind: str, zone: str, cidr: str) -> aws.ec2.RouteTable:
        tags = {**self.tags, "Name": name, "SubnetType": kind.capitalize()}
        subnet = aws.ec2.Subnet(
            name,
            vpc_id=self.vpc.id,
            availability_zone=zone,
            cidr_block=cidr,
            map_public_ip_on_launch=kind == "public",
            tags=tags,
            opts=self.inside,
        )
        inner = pulumi.ResourceOptions(parent=subnet)
        table = aws.ec2.RouteTable(name, vpc_id=self.vpc.id, tags=tags, opts=inner)
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

    def _nat(self, name: str, subnet: aws.ec2.Subnet, allocation_ids: list[Any]) -> None:
        options = pulumi.ResourceOptions(parent=subnet)
        tags = {**self.tags, "Name": name}
        address: Any = allocation_ids[0] if allocation_ids else None
        if address is None:
            elastic_ip = aws.ec2.Eip(name, tags=tags, opts=options)
            self.eips.append(elastic_ip)
            address = elastic_ip.allocation_id
        self.nats.append(aws.ec2.NatGateway(name, subnet_id=subnet.id, allocation_id=address, tags=tags, opts=options))
